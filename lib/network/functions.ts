import type { TypedArray } from "../array/input.js";
import type { Diagnostic } from "../diagnostics.js";
import { parseFunctions } from "../dsl/function-texts.js";
import { EquationError, problem } from "../errors.js";
import { defineFunctions, evaluateFunction } from "../model/functions.js";
import type { FunctionDefinition } from "../model/types.js";
import type { NetworkState } from "./state.js";
import { unowned } from "./unowned.js";

/** A function of a model or of all models, called from outside: of numbers, or element by element of lists of one length. */
export type HostFunction = (
  ...args: readonly (number | readonly number[] | TypedArray)[]
) => number | Float64Array;

type FunctionTable = ReadonlyMap<string, FunctionDefinition>;

/**
 * Add a function that the models made from now on can call, in all networks.
 *
 * @throws {EquationError} DUPLICATE_FUNCTION, or another mistake of the text.
 * @example addFunction("sigmoid(x, slope) = 1.0 / (1.0 + exp(-x / slope))");
 */
export function addFunction(definition: string): void {
  const diagnostics: Diagnostic[] = [];
  const { definitions } = defineFunctions(definition, {
    owner: null,
    globals: unowned.functions,
    constants: unowned.constants.keys(),
    report: (diagnostic) => void diagnostics.push(diagnostic),
  });
  if (diagnostics.length > 0) throw new EquationError(diagnostics);
  for (const [name, added] of definitions) unowned.functions.set(name, added);
}

/**
 * The function of a network by this name.
 *
 * @throws {SimulatorError} NO_SUCH_FUNCTION.
 */
export function globalFunction(name: string, state: NetworkState): HostFunction {
  const definition = state.functions.get(name);
  if (definition === undefined) {
    throw problem("NO_SUCH_FUNCTION", { name, names: [...state.functions.keys()] });
  }
  return hostFunction(definition, state.functions, state);
}

/** Names of the functions that a text defines. */
export function functionNames(text: string | readonly string[]): readonly string[] {
  const source = { name: "functions", text: typeof text === "string" ? text : text.join("\n") };
  return parseFunctions(source, () => undefined).items.map(({ name }) => name.name);
}

/**
 * Make a function callable, with the constants of a network as they are at the call.
 *
 * @param functions Those that its body calls.
 */
export function hostFunction(
  definition: FunctionDefinition,
  functions: FunctionTable,
  state: NetworkState,
): HostFunction {
  const { name, parameters } = definition;
  return (...args) => {
    state.requireCompiled(name);
    const given = args.length;
    if (given !== parameters.length) {
      const count = parameters.length;
      throw problem("WRONG_NUMBER_OF_OPERANDS", { name, least: count, most: count, given });
    }
    const lists = args.map((value) => argument(name, value));
    const lengths = lists.flatMap((list) => (typeof list === "number" ? [] : [list.length]));
    const [length] = lengths;
    if (lengths.some((other) => other !== length)) {
      throw problem("UNEQUAL_ARGUMENTS", { name, lengths });
    }
    const constants = new Map([...state.constants].map(([key, { value }]) => [key, value]));
    const evaluate = (i: number): number => {
      const operands = lists.map((list) => (typeof list === "number" ? list : list[i]!));
      return evaluateFunction(definition, functions, constants, operands);
    };
    if (length === undefined) return evaluate(0);
    return Float64Array.from({ length }, (_, i) => evaluate(i));
  };
}

/**
 * Define a method for each function: `pop.f(1.0)`.
 *
 * @returns The names that the object has already, which cannot be called this way.
 */
export function defineMethods(
  target: object,
  names: readonly string[],
  find: (name: string) => HostFunction,
): readonly string[] {
  const hidden = names.filter((name) => name in target);
  for (const name of names) {
    if (hidden.includes(name)) continue;
    const value: HostFunction = (...args) => find(name)(...args);
    Object.defineProperty(target, name, { configurable: true, value });
  }
  return hidden;
}

function argument(name: string, value: unknown): number | ArrayLike<number> {
  if (typeof value === "number") return value;
  const isList =
    Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
  const list = isList ? Array.from(value as ArrayLike<unknown>) : [value];
  if (isList && list.every((entry) => typeof entry === "number")) return list;
  throw problem("INVALID_ARGUMENT", { name, value: String(value) });
}
