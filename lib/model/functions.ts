import type { Expression, FunctionText, Name } from "../dsl/ast.js";
import { evaluate } from "../dsl/evaluate.js";
import { parseFunctions } from "../dsl/function-texts.js";
import { callableNames, mathConstants } from "../dsl/functions.js";
import { rewrite, walk } from "../dsl/traverse.js";
import { InternalError } from "../errors.js";
import type { Source } from "../source.js";
import {
  callees,
  checkBody,
  complainTo,
  refuseRecursion,
  type FunctionContext,
  type FunctionTable,
} from "./function-checks.js";
import { isAttributeName } from "./names.js";
import type { FunctionArgument, FunctionDefinition, ValueType } from "./types.js";

/** What a text of functions defines. */
export interface DefinedFunctions {
  readonly source: Source;
  readonly definitions: FunctionTable;
  /** Names of functions that could not be read: their uses are no further mistakes. */
  readonly lost: readonly string[];
}

/**
 * Read and check a text of functions, one per line: `f(x, y) = x^2 + y : float, float, int`.
 *
 * A body is made of the arguments of its function, numbers, `pi`, `E`, constants of the network, built-in functions
 * and functions of the user, in any order but without recursion. A local function hides a global one of its name.
 */
export function defineFunctions(
  text: string | readonly string[],
  context: FunctionContext,
): DefinedFunctions {
  const { owner, report } = context;
  const name = owner === null ? "global functions" : `${owner}, functions`;
  const source = { name, text: typeof text === "string" ? text : text.join("\n") };
  const { items, lost } = parseFunctions(source, report);
  const heads = new Map<string, FunctionDefinition>();
  const kept = items.filter((item) => {
    const definition = checkHead(item, heads, context);
    if (definition !== null) heads.set(item.name.name, definition);
    return definition !== null;
  });
  const known = new Map([...context.globals, ...heads]);
  const constants = new Set(context.constants);
  for (const item of kept) {
    checkBody(item, { ...context, known, constants, lost: new Set(lost) });
  }
  const recursive = refuseRecursion(kept, heads, report);
  const definitions = new Map([...heads].filter(([key]) => !recursive.has(key)));
  return { source, definitions, lost: [...lost, ...recursive] };
}

/** Names, number of arguments and types; null when nothing can be called by this name. */
function checkHead(
  { name, parameters, types, body }: FunctionText,
  local: FunctionTable,
  { owner, globals, report }: FunctionContext,
): FunctionDefinition | null {
  const complain = complainTo(report);
  if (!isFunctionName(name.name)) {
    complain("RESERVED_NAME", { name: name.name }, name.span);
    return null;
  }
  if (local.has(name.name) || (owner === null && globals.has(name.name))) {
    complain("DUPLICATE_FUNCTION", { name: name.name, owner }, name.span);
    return null;
  }
  if (parameters.length === 0) complain("NO_ARGUMENT", { name: name.name }, name.span);
  for (const [i, parameter] of parameters.entries()) {
    if (parameters.slice(0, i).some((earlier) => earlier.name === parameter.name)) {
      const problem = { name: parameter.name, function: name.name };
      complain("DUPLICATE_ARGUMENT", problem, parameter.span);
    } else if (booleanWords.has(parameter.name)) {
      complain("RESERVED_NAME", { name: parameter.name }, parameter.span);
    }
  }
  const expected = parameters.length + 1;
  if (types.length > 0 && types.length !== expected) {
    const problem = { name: name.name, expected, given: types.length };
    complain("FUNCTION_TYPES", problem, types[0]!.span);
  }
  const [result, ...rest] = types.map(typeOf);
  const typed = parameters.map((parameter, i): FunctionArgument => ({
    name: parameter.name,
    type: rest[i] ?? "float",
  }));
  return { name: name.name, parameters: typed, result: result ?? "float", body };
}

const booleanWords: ReadonlySet<string> = new Set(["True", "False", "true", "false"]);

/** Names of the language and of simulations are taken; those of constants of mathematics are no functions. */
function isFunctionName(name: string): boolean {
  return isAttributeName(name) && !callableNames().includes(name);
}

function typeOf({ name }: Name): ValueType {
  return name === "int" || name === "bool" ? name : "float";
}

/**
 * Choose the functions that a model needs: all its own, and the global ones among `calls` with those they call. When a
 * global function calls one that the model hides by its own, the hidden one gets a name that no text can contain.
 *
 * @param calls Names of the functions that the texts of the model call.
 */
export function functionsOfModel(
  local: FunctionTable,
  globals: FunctionTable,
  calls: Iterable<string>,
): FunctionTable {
  const chosen = new Map<string, FunctionDefinition>();
  const keyOf = (name: string): string => (local.has(name) ? `global ${name}` : name);
  const addGlobal = (name: string): void => {
    const definition = globals.get(name);
    const key = keyOf(name);
    if (definition === undefined || chosen.has(key)) return;
    const body = renameCalls(definition.body, (callee) =>
      globals.has(callee) ? keyOf(callee) : callee,
    );
    chosen.set(key, { ...definition, name: key, body });
    for (const callee of callees(definition.body)) addGlobal(callee);
  };
  const addUse = (name: string): void => {
    if (!local.has(name)) addGlobal(name);
  };
  for (const [name, definition] of local) {
    chosen.set(name, definition);
    for (const callee of callees(definition.body)) addUse(callee);
  }
  for (const name of calls) addUse(name);
  return chosen;
}

function renameCalls(body: Expression, rename: (name: string) => string): Expression {
  return rewrite(body, (node) => {
    if (node.kind !== "call") return node;
    const name = rename(node.name);
    return name === node.name ? node : { ...node, name };
  });
}

/** List the constants of the network that functions use: names in their bodies that are no arguments. */
export function constantsOf(functions: FunctionTable, constants: Iterable<string>): Set<string> {
  const known = new Set(constants);
  const used = new Set<string>();
  for (const { parameters, body } of functions.values()) {
    const hidden = new Set([...parameters.map(({ name }) => name), ...mathConstants.keys()]);
    walk(body, (node) => {
      if (node.kind !== "name" || hidden.has(node.name)) return;
      if (known.has(node.name)) used.add(node.name);
    });
  }
  return used;
}

/**
 * Compute a function for one value of each argument, in double precision. Arguments and result take the types of the
 * definition, as in generated code: `int` truncates and keeps to 32 bits, `bool` is 0 or 1.
 *
 * @param functions Definitions by name, for the functions that the body calls.
 * @param constants Values of the constants of the network.
 */
export function evaluateFunction(
  definition: FunctionDefinition,
  functions: FunctionTable,
  constants: ReadonlyMap<string, number>,
  operands: readonly number[],
): number {
  const { name, parameters, body, result } = definition;
  const bound = new Map(
    parameters.map((parameter, i) => [
      parameter.name,
      convert(parameter.type, operands[i] ?? Number.NaN),
    ]),
  );
  const value = evaluate(body, {
    name: (symbol) => bound.get(symbol) ?? mathConstants.get(symbol) ?? constants.get(symbol),
    call: (callee, values) => {
      const called = functions.get(callee);
      return called && evaluateFunction(called, functions, constants, values);
    },
  });
  if (value === undefined) throw new InternalError(`the function ${name} has no value`);
  return convert(result, value);
}

function convert(type: ValueType, value: number): number {
  if (type === "float") return value;
  if (type === "bool") return Number(value !== 0);
  // The bitwise operator turns a not-a-number and a negative zero into 0.
  return Math.max(-2147483648, Math.min(2147483647, value)) | 0;
}
