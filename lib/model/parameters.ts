import type { Declaration, Expression } from "../dsl/ast.js";
import { parseParameters } from "../dsl/statements.js";
import { RandomDistribution } from "../random/distribution.js";
import type { Source } from "../source.js";
import {
  Parameter,
  type LocalityName,
  type Parameters,
  type ParameterValue,
} from "./definition.js";
import { readTraits } from "./flags.js";
import { initialFromText, initialFromValue } from "./initial.js";
import { complain, nearestName, type Scope } from "./scope.js";
import type { Attribute, InitialValue, Locality } from "./types.js";

/** Declarations as text, or values by name; understood by `declareParameters`. */
export type ParsedParameters =
  | { readonly kind: "text"; readonly items: readonly Declaration[] }
  | { readonly kind: "values"; readonly items: readonly (readonly [string, Parameter])[] };

/** Read the option `parameters`. Adds the sources it makes, and names that could not be read. */
export function readParameters(
  given: Parameters,
  name: string,
  report: Scope["report"],
  sources: Source[],
  lost: Set<string>,
): ParsedParameters {
  if (typeof given === "string" || isLines(given)) {
    const text = typeof given === "string" ? given : given.join("\n");
    const source = { name, text };
    sources.push(source);
    const parsed = parseParameters(source, report);
    for (const missing of parsed.lost) lost.add(missing);
    return { kind: "text", items: parsed.items };
  }
  const items = Object.entries(given).map(
    ([key, value]) => [key, value instanceof Parameter ? value : new Parameter(value)] as const,
  );
  return { kind: "values", items };
}

function isLines(given: Parameters): given is readonly string[] {
  return Array.isArray(given);
}

/** Turn what was read into attributes. Text is local unless flagged, values are global unless stated. */
export function declareParameters(scope: Scope, parameters: ParsedParameters): Attribute[] {
  return parameters.kind === "text"
    ? parameters.items.map((item) => fromText(scope, item))
    : parameters.items.map(([name, parameter]) => fromValue(scope, name, parameter));
}

function fromText(scope: Scope, { target, value, flags }: Declaration): Attribute {
  const { name, span } = target;
  const traits = readTraits(scope, flags);
  const given = value ?? traits.init;
  const type = traits.type ?? (given?.kind === "boolean" ? "bool" : "float");
  const locality = traits.locality ?? "local";
  let init: InitialValue = 0;
  if (given !== undefined) {
    const known = initialFromText(given, type);
    if (known === null || (known instanceof RandomDistribution && locality === "global")) {
      complain(scope, "NOT_A_CONSTANT_VALUE", { name }, given.span);
    } else {
      init = known;
      checkConstantName(scope, name, init, given);
    }
  }
  return { name, kind: "parameter", locality, type, init, span };
}

function fromValue(scope: Scope, name: string, parameter: Parameter): Attribute {
  const { type } = parameter;
  const locality = localityOf(parameter.locality);
  let init: InitialValue = 0;
  if (!isParameterValue(parameter.value)) {
    complain(scope, "NOT_A_CONSTANT_VALUE", { name }, null);
  } else {
    init = initialFromValue(parameter.value, type);
    if (init instanceof RandomDistribution && locality === "global") {
      complain(scope, "NOT_A_CONSTANT_VALUE", { name }, null);
      init = 0;
    }
    checkConstantName(scope, name, init, null);
  }
  return { name, kind: "parameter", locality, type, init, span: null };
}

/** A name as the value of a parameter is that of a constant, never of another parameter. */
function checkConstantName(
  scope: Scope,
  parameter: string,
  init: InitialValue,
  place: Expression | null,
): void {
  if (typeof init === "number" || init instanceof RandomDistribution) return;
  const name = init.attribute;
  if (scope.constants.has(name)) {
    scope.usedConstants.add(name);
  } else if (scope.attributes.has(name)) {
    complain(scope, "NOT_A_CONSTANT_VALUE", { name: parameter }, place?.span ?? null);
  } else {
    const problem = { name, model: scope.model, nearest: nearestName(scope, name) };
    complain(scope, "UNKNOWN_NAME", problem, place?.span ?? null);
  }
}

/** In a neuron there is one value per neuron or one per population, whatever else synapses may have. */
export function localityOf(name: LocalityName): Locality {
  return name === "local" ? "local" : "global";
}

/** Users of plain JavaScript can hand over anything. */
function isParameterValue(value: unknown): value is ParameterValue {
  if (["number", "boolean", "string"].includes(typeof value)) return true;
  if (value instanceof RandomDistribution) return true;
  return typeof value === "object" && value !== null && "name" in value;
}
