import { nearest, type Code, type Problems } from "../diagnostics.js";
import type { Call, Expression, Name, RandomTerm } from "../dsl/ast.js";
import {
  builtins,
  callableNames,
  CHOICE,
  distributions,
  findBuiltin,
  isDistribution,
  mathConstants,
  type DistributionName,
} from "../dsl/functions.js";
import type { Report } from "../dsl/lexer.js";
import { print } from "../dsl/print.js";
import { rewrite } from "../dsl/traverse.js";
import type { Span } from "../source.js";
import type { Attribute, Locality, RandomSlot } from "./types.js";

/** Draws per model: the number of a draw has eight bits in the random key. */
const MOST_DRAWS = 256;

/** What the names of one model mean, and what its texts have used so far. */
export interface Scope {
  /** The model as messages name it: `neuron "LIF"`. */
  readonly model: string;
  readonly type: "rate" | "spike";
  readonly attributes: Map<string, Attribute>;
  readonly constants: ReadonlySet<string>;
  readonly usedConstants: Set<string>;
  readonly random: RandomSlot[];
  /** Names that unreadable statements seem to declare: their uses are no further mistakes. */
  readonly lost: ReadonlySet<string>;
  readonly report: Report;
}

/** Where an expression stands, and what it may contain there. */
export interface Place {
  /** As messages name it: `the spike condition`. */
  readonly where: string;
  readonly random: boolean;
  readonly conditional: boolean;
  /** The variable that the expression determines; null for a condition. */
  readonly variable: { readonly name: string; readonly locality: Locality } | null;
}

/** Report a mistake. */
export function complain<C extends Code>(
  scope: Scope,
  code: C,
  problem: Problems[C],
  span: Span | null,
): void {
  scope.report({ code, problem, span });
}

/** Names of the clock, in every expression. */
const clockNames: ReadonlySet<string> = new Set(["t", "dt"]);

/** What comes with later versions of the language, by the name that calls for it. */
const laterFunctions: ReadonlySet<string> = new Set(["sum", "mean", "norm1", "norm2"]);
const laterNames: ReadonlySet<string> = new Set(["t_last", "r"]);

/** Check every name and call of an expression, and number its random terms. */
export function resolve(scope: Scope, expression: Expression, place: Place): Expression {
  const change = (node: Expression): Expression => {
    switch (node.kind) {
      case "name":
        checkName(scope, node, place);
        return node;
      case "call":
        return resolveCall(scope, node, place);
      case "conditional":
        if (!place.conditional) {
          const problem = { construct: "a conditional", where: place.where };
          complain(scope, "NOT_ALLOWED_HERE", problem, node.span);
        }
        return node;
      case "number":
      case "boolean":
      case "gradient":
      case "unary":
      case "binary":
      case "comparison":
      case "random":
        return node;
    }
  };
  // What such a call stands for is not made of values.
  const descends = (node: Expression): boolean =>
    node.kind !== "call" || !laterFunctions.has(node.name);
  return rewrite(expression, change, descends);
}

function checkName(scope: Scope, { name, span }: Name, { variable }: Place): void {
  const attribute = scope.attributes.get(name);
  if (attribute !== undefined) {
    if (variable?.locality === "global" && attribute.locality === "local") {
      complain(scope, "LOCAL_IN_GLOBAL", { name, variable: variable.name }, span);
    }
    return;
  }
  if (clockNames.has(name) || mathConstants.has(name) || scope.lost.has(name)) return;
  if (scope.constants.has(name)) {
    scope.usedConstants.add(name);
    return;
  }
  const { model } = scope;
  if (scope.type === "spike" && laterNames.has(name)) {
    complain(scope, "UNSUPPORTED", { construct: `"${name}" of a spiking neuron` }, span);
  } else if (name.startsWith("d") && scope.attributes.has(name.slice(1))) {
    complain(scope, "GRADIENT_ON_RIGHT", { name: name.slice(1) }, span);
  } else {
    complain(scope, "UNKNOWN_NAME", { name, model, nearest: nearestName(scope, name) }, span);
  }
}

/** The known name that an unknown one was most likely meant to be. */
export function nearestName(scope: Scope, name: string): string | null {
  return nearest(name, [
    ...scope.attributes.keys(),
    ...scope.constants,
    ...clockNames,
    ...mathConstants.keys(),
  ]);
}

function resolveCall(scope: Scope, call: Call, place: Place): Expression {
  const { name, nameSpan } = call;
  const { model } = scope;
  if (scope.attributes.has(name)) {
    complain(scope, "NOT_A_FUNCTION", { name, model }, nameSpan);
    return call;
  }
  if (isDistribution(name)) return randomTerm(scope, call, name, place);
  if (laterFunctions.has(name)) {
    complain(scope, "UNSUPPORTED", { construct: print(call) }, call.span);
    return call;
  }
  if (name === CHOICE) {
    checkCount(scope, call, 3, 3);
    return call;
  }
  const builtin = findBuiltin(name);
  if (builtin === null) {
    const near = nearest(name, callableNames());
    complain(scope, "UNKNOWN_FUNCTION", { name, model, nearest: near }, nameSpan);
    return call;
  }
  const { arity, variadic } = { variadic: false, ...builtins[builtin] };
  if (variadic && call.operands.length === 1 && call.operands[0]!.kind === "name") {
    complain(scope, "UNSUPPORTED", { construct: print(call) }, call.span);
    return call;
  }
  checkCount(scope, call, arity, variadic ? Infinity : arity);
  return call;
}

function checkCount(scope: Scope, call: Call, least: number, most: number): boolean {
  const { name, operands, span } = call;
  const given = operands.length;
  if (given >= least && given <= most) return true;
  complain(scope, "WRONG_NUMBER_OF_OPERANDS", { name, least, most, given }, span);
  return false;
}

/** Each occurrence is a draw of its own, even if another one reads the same. */
function randomTerm(
  scope: Scope,
  call: Call,
  distribution: DistributionName,
  place: Place,
): RandomTerm | Call {
  const names = distributions[distribution].parameters;
  if (!place.random) {
    const problem = { construct: "a random term", where: place.where };
    complain(scope, "NOT_ALLOWED_HERE", problem, call.span);
    return call;
  }
  if (!checkCount(scope, call, names.length, names.length)) return call;
  const parameters = call.operands.map((operand, i) => {
    const value = drawParameter(scope, operand);
    if (value === null) {
      const problem = { distribution, parameter: names[i]! };
      complain(scope, "RANDOM_OPERAND", problem, operand.span);
    }
    return value ?? 0;
  });
  const slot = scope.random.length;
  if (slot === MOST_DRAWS) {
    complain(scope, "TOO_MANY_DRAWS", { model: scope.model, most: MOST_DRAWS }, call.span);
  }
  const locality = place.variable?.locality ?? "local";
  scope.random.push({ distribution, parameters, locality, call });
  return { kind: "random", slot, call, span: call.span };
}

/** A number with its sign, or the name of something that all neurons share; null for anything else. */
function drawParameter(scope: Scope, operand: Expression): number | string | null {
  if (operand.kind === "number") return operand.value;
  if (operand.kind === "unary" && operand.operator === "-" && operand.operand.kind === "number") {
    return -operand.operand.value;
  }
  if (operand.kind !== "name") return null;
  const { name } = operand;
  if (clockNames.has(name)) return null;
  return scope.attributes.get(name)?.locality === "local" ? null : name;
}
