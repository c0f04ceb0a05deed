import { nearest, type Code, type Problems } from "../diagnostics.js";
import type { Call, Expression, FunctionText, Name } from "../dsl/ast.js";
import {
  builtins,
  callableNames,
  CHOICE,
  findBuiltin,
  isDistribution,
  mathConstants,
} from "../dsl/functions.js";
import type { Report } from "../dsl/lexer.js";
import { walk } from "../dsl/traverse.js";
import type { Span } from "../source.js";
import type { FunctionDefinition } from "./types.js";

/** Definitions by name. */
export type FunctionTable = ReadonlyMap<string, FunctionDefinition>;

/** What the bodies of functions may use beside their arguments and each other. */
export interface FunctionContext {
  /** Whose functions these are, in messages: `neuron "LIF"`. Null for global ones. */
  readonly owner: string | null;
  /** Global functions that exist already. */
  readonly globals: FunctionTable;
  /** Names of the constants of the network. */
  readonly constants: Iterable<string>;
  readonly report: Report;
}

/** What a body is checked against. */
export interface BodyContext extends FunctionContext {
  /** Functions of the user, local ones hiding global ones. */
  readonly known: FunctionTable;
  readonly constants: ReadonlySet<string>;
  /** Functions that could not be read. */
  readonly lost: ReadonlySet<string>;
}

/** Report every name and call of a body that means nothing in a function. */
export function checkBody({ name, parameters, body }: FunctionText, context: BodyContext): void {
  const { owner, constants, known, lost } = context;
  const complain = complainTo(context.report);
  const model = `the function "${name.name}"${owner === null ? "" : ` of ${owner}`}`;
  const refuse = (construct: string, span: Span): void =>
    complain("NOT_ALLOWED_HERE", { construct, where: model }, span);
  const names = new Set(parameters.map((parameter) => parameter.name));

  const checkName = (node: Name): void => {
    if (names.has(node.name) || constants.has(node.name) || mathConstants.has(node.name)) return;
    if (node.name === "t" || node.name === "dt") {
      refuse(`"${node.name}"`, node.span);
      return;
    }
    const near = nearest(node.name, [...names, ...constants, ...mathConstants.keys()]);
    complain("UNKNOWN_NAME", { name: node.name, model, nearest: near }, node.span);
  };
  const checkCall = (call: Call): void => {
    if (lost.has(call.name)) return;
    if (names.has(call.name)) {
      complain("NOT_A_FUNCTION", { name: call.name, model }, call.nameSpan);
    } else if (isDistribution(call.name)) {
      refuse("a random term", call.span);
    } else {
      const range = operandRange(call.name, known);
      const given = call.operands.length;
      if (range === null) {
        const near = nearest(call.name, [...known.keys(), ...callableNames()]);
        complain("UNKNOWN_FUNCTION", { name: call.name, model, nearest: near }, call.nameSpan);
      } else if (given < range.least || given > range.most) {
        complain("WRONG_NUMBER_OF_OPERANDS", { name: call.name, ...range, given }, call.span);
      }
    }
  };
  walk(body, (node) => {
    if (node.kind === "name") checkName(node);
    else if (node.kind === "call") checkCall(node);
    else if (node.kind === "remote") refuse(`"${node.side}.${node.name}"`, node.span);
    else if (node.kind === "input") refuse("an input", node.span);
    else if (node.kind === "reduction") refuse("a global operation", node.span);
  });
}

/** How many operands a function takes; null for what is none. */
function operandRange(name: string, known: FunctionTable): { least: number; most: number } | null {
  if (name === CHOICE) return { least: 3, most: 3 };
  const builtin = findBuiltin(name);
  if (builtin !== null) {
    const { arity, variadic } = { variadic: false, ...builtins[builtin] };
    return { least: arity, most: variadic ? Infinity : arity };
  }
  const arity = known.get(name)?.parameters.length;
  return arity === undefined ? null : { least: arity, most: arity };
}

/**
 * Report each function that leads back to itself, once per circle.
 *
 * @returns the names of all functions in circles.
 */
export function refuseRecursion(
  items: readonly FunctionText[],
  local: FunctionTable,
  report: Report,
): ReadonlySet<string> {
  const refused = new Set<string>();
  for (const { name } of items) {
    if (refused.has(name.name)) continue;
    const circle = circleOf(name.name, local);
    if (circle === null) continue;
    complainTo(report)("RECURSIVE_FUNCTION", { circle }, name.span);
    for (const member of circle) refused.add(member);
  }
  return refused;
}

/** The way from a function through calls back to itself: `f, g` when f calls g and g calls f. */
function circleOf(start: string, functions: FunctionTable): readonly string[] | null {
  const seen = new Set<string>();
  const search = (name: string, way: readonly string[]): readonly string[] | null => {
    for (const callee of callees(functions.get(name)!.body)) {
      if (callee === start) return way;
      if (seen.has(callee) || !functions.has(callee)) continue;
      seen.add(callee);
      const found = search(callee, [...way, callee]);
      if (found !== null) return found;
    }
    return null;
  };
  return search(start, [start]);
}

/** List the functions that a body calls, built-in ones included. */
export function callees(body: Expression): ReadonlySet<string> {
  const names = new Set<string>();
  walk(body, (node) => {
    if (node.kind === "call") names.add(node.name);
  });
  return names;
}

/** Report mistakes that have a place. */
export function complainTo(report: Report) {
  return <C extends Code>(code: C, problem: Problems[C], span: Span): void =>
    report({ code, problem, span });
}
