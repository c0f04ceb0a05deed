import { RandomDistribution } from "../random/distribution.js";
import type { Span } from "../source.js";
import { checkReach, ownReach } from "./locality.js";
import { isAttributeName, TARGET, targetOf } from "./names.js";
import { statementOf } from "./places.js";
import { complain, complainUnknown, type Scope } from "./scope.js";
import type { Attribute } from "./types.js";

/** An attribute, and where its initial value is written. */
export interface Declared {
  readonly attribute: Attribute;
  readonly initSpan: Span | null;
}

/** Make an attribute known, unless its name cannot be used. */
export function declare(scope: Scope, attribute: Attribute): void {
  const { name, span } = attribute;
  if (scope.attributes.has(name)) {
    complain(scope, "DUPLICATE_ATTRIBUTE", { name, model: scope.model }, span);
    return;
  }
  if (!isAttributeName(name) || (scope.owner === "synapse" && name === TARGET)) {
    complain(scope, "RESERVED_NAME", { name }, span);
  }
  if (scope.owner === "neuron" && scope.type === "spike") checkInput(scope, attribute);
  if (scope.owner === "synapse" && name === "w") checkWeight(scope, attribute);
  scope.attributes.set(name, attribute);
}

/** What targets add to is a local variable of a spiking neuron. */
function checkInput(scope: Scope, { name, kind, type, locality, span }: Attribute): void {
  if (targetOf(name) === null) return;
  if (kind === "parameter") complain(scope, "CONDUCTANCE_PARAMETER", { name }, span);
  else if (type !== "float" || locality !== "local") {
    complain(scope, "CONDUCTANCE_KIND", { name }, span);
  }
}

/** There is one weight per synapse, whatever the connector makes of it. */
function checkWeight(scope: Scope, { kind, type, locality, span }: Attribute): void {
  if (type !== "float" || (kind === "variable" && locality !== "local")) {
    complain(scope, "WEIGHT_KIND", { model: scope.model }, span);
  }
}

/**
 * Check the name that an attribute starts from. For a parameter it is that of a constant, for a variable that of a
 * parameter or constant: it must exist by then.
 */
export function checkInitialName(scope: Scope, { attribute, initSpan }: Declared): void {
  const { name, kind, init, locality, span } = attribute;
  if (typeof init === "number" || init instanceof RandomDistribution) return;
  const place = initSpan ?? span;
  const source = scope.attributes.get(init.attribute);
  if (source === undefined || (kind === "parameter" && scope.constants.has(init.attribute))) {
    if (scope.constants.has(init.attribute)) scope.uses.constants.add(init.attribute);
    else if (!scope.lost.has(init.attribute)) complainUnknown(scope, init.attribute, place);
  } else if (kind === "parameter") {
    complain(scope, "NOT_A_CONSTANT_VALUE", { name }, place);
  } else if (source.kind === "variable") {
    complain(scope, "INVALID_INIT", { name }, place);
  } else {
    const reach = ownReach(scope, source.locality);
    const variable = statementOf("neuron equations", { name, locality });
    checkReach(scope, init.attribute, reach, variable, place);
  }
}
