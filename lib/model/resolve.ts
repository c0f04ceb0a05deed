import { nearest } from "../diagnostics.js";
import type { Call, Expression, InputSum, Name, Reduction, Remote } from "../dsl/ast.js";
import {
  builtins,
  callableNames,
  CHOICE,
  findBuiltin,
  isDistribution,
  mathConstants,
} from "../dsl/functions.js";
import { print } from "../dsl/print.js";
import { rewrite } from "../dsl/traverse.js";
import type { Span } from "../source.js";
import { checkReach, ownReach, remoteReach } from "./locality.js";
import { TARGET } from "./names.js";
import { allows, type Construct, type Place } from "./places.js";
import { randomTerm } from "./random-terms.js";
import { clockNames, complain, complainUnknown, type Scope } from "./scope.js";

/**
 * Check all that an expression refers to, and whether it may stand where it stands; number its random terms and note
 * what it uses. Nothing but random terms changes.
 */
export function resolve(scope: Scope, expression: Expression, place: Place): Expression {
  const change = (node: Expression): Expression => {
    switch (node.kind) {
      case "name":
        checkName(scope, node, place);
        return node;
      case "remote":
        checkRemote(scope, node, place);
        return node;
      case "input":
        checkInput(scope, node, place);
        return node;
      case "reduction":
        checkReduction(scope, node, place);
        return node;
      case "call":
        return resolveCall(scope, node, place);
      case "conditional":
        demand(scope, place, "conditional", "a conditional", node.span);
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
  return rewrite(expression, change);
}

/** Report what cannot be written in a place; tell whether it can. */
export function demand(
  scope: Scope,
  place: Place,
  construct: Construct,
  name: string,
  span: Span,
): boolean {
  if (allows(place, construct)) return true;
  complain(scope, "NOT_ALLOWED_HERE", { construct: name, where: place.where }, span);
  return false;
}

/** Names with a meaning of their own in some texts, of those that only spikes give a value. */
const spikeNames: ReadonlyMap<string, Construct> = new Map([
  ["t_last", "ownSpikeTime"],
  ["t_pre", "spikeTimes"],
  ["t_post", "spikeTimes"],
  ["spiked", "spiked"],
]);

function checkName(scope: Scope, node: Name, place: Place): void {
  const { name, span } = node;
  const attribute = scope.attributes.get(name);
  if (attribute !== undefined) {
    checkReach(scope, name, ownReach(scope, attribute.locality), place, span);
  } else if (clockNames.has(name) || mathConstants.has(name) || scope.lost.has(name)) {
    return;
  } else if (scope.constants.has(name)) {
    scope.uses.constants.add(name);
  } else if (spikeNames.has(name)) {
    checkSpikeName(scope, node, place, spikeNames.get(name)!);
  } else if (name === TARGET && scope.owner === "synapse") {
    demand(scope, place, "target", `"${name}"`, span);
  } else if (name.startsWith("d") && scope.attributes.has(name.slice(1))) {
    complain(scope, "GRADIENT_ON_RIGHT", { name: name.slice(1) }, span);
  } else {
    complainUnknown(scope, name, span);
  }
}

function checkSpikeName(scope: Scope, { name, span }: Name, place: Place, construct: Construct) {
  // `spiked` is a name of stop conditions and may be anything's name elsewhere.
  if (construct === "spiked" && !allows(place, construct)) {
    complainUnknown(scope, name, span);
  } else if (demand(scope, place, construct, `"${name}"`, span)) {
    if (scope.type === "rate") {
      const side = scope.owner === "synapse" ? "pre" : null;
      complain(scope, "NEEDS_SPIKES", { what: `"${name}"`, model: scope.model, side }, span);
    }
    const reach = name === "t_post" ? remoteReach("post") : ownReach(scope, "local");
    checkReach(scope, name, reach, place, span);
  }
}

function checkRemote(scope: Scope, node: Remote, place: Place): void {
  if (!demand(scope, place, "remote", `"${print(node)}"`, node.span)) return;
  checkReach(scope, print(node), remoteReach(node.side), place, node.span);
}

function checkInput(scope: Scope, node: InputSum, place: Place): void {
  const { side, target, span } = node;
  const text = print(node);
  if (side !== null) {
    if (!demand(scope, place, "remoteInput", `"${text}"`, span)) return;
    checkReach(scope, text, remoteReach(side), place, span);
    return;
  }
  if (!demand(scope, place, "input", `"${text}"`, span)) return;
  if (scope.type === "spike" && !scope.rateInputs) {
    const instead = target === null ? null : `g_${target}`;
    complain(scope, "SUM_OF_SPIKES", { text, instead }, span);
    return;
  }
  scope.uses.inputs.add(target);
  checkReach(scope, text, ownReach(scope, "local"), place, span);
}

function checkReduction(scope: Scope, node: Reduction, place: Place): void {
  const { operation, side, name, span } = node;
  const text = print(node);
  if (side !== null) {
    demand(scope, place, "remoteReduction", `"${text}"`, span);
    return;
  }
  if (scope.owner === "synapse") {
    complain(scope, "REDUCTION_OF_SYNAPSES", { operation, name }, span);
    return;
  }
  if (!demand(scope, place, "reduction", `"${text}"`, span)) return;
  const attribute = scope.attributes.get(name);
  if (attribute === undefined) {
    if (!scope.lost.has(name)) complainUnknown(scope, name, span);
  } else if (attribute.locality !== "local") {
    complain(scope, "REDUCTION_NOT_LOCAL", { operation, name }, span);
  } else if (
    !scope.uses.reductions.some((use) => use.operation === operation && use.name === name)
  ) {
    scope.uses.reductions.push({ operation, name });
  }
}

function resolveCall(scope: Scope, call: Call, place: Place): Expression {
  const { name, nameSpan } = call;
  const { model } = scope;
  if (scope.attributes.has(name)) {
    complain(scope, "NOT_A_FUNCTION", { name, model }, nameSpan);
    return call;
  }
  if (isDistribution(name)) {
    if (!demand(scope, place, "random", "a random term", call.span)) return call;
    return randomTerm(scope, call, name, place);
  }
  const custom = scope.functions.get(name);
  if (custom !== undefined) {
    scope.uses.functions.add(name);
    checkCount(scope, call, custom.parameters.length);
    return call;
  }
  const builtin = findBuiltin(name);
  if (name === CHOICE) checkCount(scope, call, 3);
  else if (builtin !== null) {
    const { arity, variadic } = { variadic: false, ...builtins[builtin] };
    checkCount(scope, call, arity, variadic ? Infinity : arity);
  } else if (!scope.lost.has(name)) {
    const near = nearest(name, [...scope.functions.keys(), ...callableNames()]);
    complain(scope, "UNKNOWN_FUNCTION", { name, model, nearest: near }, nameSpan);
  }
  return call;
}

/** Check how many operands a call has; tell whether it is a right number. */
export function checkCount(scope: Scope, call: Call, least: number, most = least): boolean {
  const { name, operands, span } = call;
  const given = operands.length;
  if (given >= least && given <= most) return true;
  complain(scope, "WRONG_NUMBER_OF_OPERANDS", { name, least, most, given }, span);
  return false;
}
