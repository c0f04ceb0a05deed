import type { Variable } from "../model/definition.js";

/**
 * Names of attributes, read from the literal text of a model by the type checker. What they yield exists; where a text is not
 * literal, any name is let through.
 */

type Blank = " " | "\t" | "\n";
type Operator = "*" | "/" | "+" | "-" | "(" | ")" | ":" | "<" | ">" | "!" | "^" | ",";

type Trim<S extends string> = S extends `${Blank}${infer R}`
  ? Trim<R>
  : S extends `${infer R}${Blank}`
    ? Trim<R>
    : S;

type Lines<S extends string> = S extends `${infer L}\n${infer R}`
  ? Lines<L> | Lines<R>
  : S extends `${infer L};${infer R}`
    ? Lines<L> | Lines<R>
    : S;

/** The text itself when it is one name, else nothing. */
type Word<S extends string> = S extends "" | `${string}${Blank | Operator}${string}` ? never : S;

/** What stands behind the last operator. */
type Last<S extends string> = S extends `${string}${Blank | Operator}${infer R}` ? Last<R> : S;

/** The subject of the left-hand side of `=`: `v` of `tau*dv/dt`, of `v +` (from `v += 1`) and of `v`. */
type Left<S extends string> = S extends `${infer Head}/dt${string}`
  ? Last<Trim<Head>> extends `d${infer N}`
    ? Word<N>
    : never
  : S extends `${infer N}${"+" | "-" | "*" | "/"}`
    ? Word<Trim<N>>
    : Word<S>;

type Subject<Line extends string> = Line extends `#${string}`
  ? never
  : Line extends `${infer L}=${string}`
    ? Left<Trim<L>>
    : never;

/** Names in a part of a model; `string` when it holds a text that the types do not know. */
type Names<X> = X extends string
  ? string extends X
    ? string
    : Subject<Trim<Lines<X>>>
  : X extends readonly (infer I)[]
    ? Names<I>
    : X extends Variable
      ? string
      : keyof X & string;

/** Names declared by the literal texts of a model's options. */
export type AttributesOf<O> =
  | Names<O extends { parameters: infer P } ? P : never>
  | Names<O extends { equations: infer E } ? E : never>;

/**
 * Accessors for the attributes of a model. One property cannot have a type for reading and another for writing, hence
 * `any`; `get` and `set` are the typed form. Without known names every name is let through.
 */
/* eslint-disable @typescript-eslint/no-explicit-any -- the two exceptions of the style guide, reason above */
export type Attributes<A extends string> = string extends A
  ? { [name: string]: any }
  : { [K in A]: any };
/* eslint-enable @typescript-eslint/no-explicit-any */
