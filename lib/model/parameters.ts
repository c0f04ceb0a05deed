import { nearest } from "../diagnostics.js";
import type { Declaration } from "../dsl/ast.js";
import { parseParameters } from "../dsl/statements.js";
import { RandomDistribution } from "../random/distribution.js";
import type { Span } from "../source.js";
import { Parameter, type Parameters } from "./definition.js";
import { localityOf, readTraits, typeOf } from "./flags.js";
import { convert, initialFromText, initialFromValue, isGivenValue } from "./initial.js";
import { complain, type Scope } from "./scope.js";
import type { Declared } from "./declare.js";
import type { InitialValue, Locality } from "./types.js";

/** Values of parameters that a text gives as a quoted key. */
type ExtraValues = Readonly<Record<string, number>>;

/**
 * Read the option `parameters`. Text is local unless flagged, values are global unless stated. Adds the sources it
 * makes, and names that could not be read.
 */
export function readParameters(
  scope: Scope,
  given: Parameters,
  extraValues: ExtraValues = {},
): readonly Declared[] {
  if (typeof given === "string" || isLines(given)) {
    const text = typeof given === "string" ? given : given.join("\n");
    const source = { name: `${scope.model}, parameters`, text };
    scope.sources.push(source);
    const parsed = parseParameters(source, scope.report);
    for (const missing of parsed.lost) scope.lost.add(missing);
    return parsed.items.map((item) => fromText(scope, item, extraValues));
  }
  return Object.entries(given).map(([name, value]) =>
    fromValue(scope, name, value instanceof Parameter ? value : new Parameter(value)),
  );
}

function isLines(given: Parameters): given is readonly string[] {
  return Array.isArray(given);
}

function fromText(scope: Scope, declaration: Declaration, extraValues: ExtraValues): Declared {
  const { target, value, key, flags } = declaration;
  const { name, span } = target;
  const traits = readTraits(scope, flags);
  if (traits.unlessPost !== undefined) {
    const problem = { flag: "unless_post", where: "a parameter" };
    complain(scope, "FLAG_NOT_HERE", problem, traits.unlessPost.span);
  }
  const given = value ?? traits.init;
  const type = traits.type ?? (given?.kind === "boolean" ? "bool" : "float");
  const locality = traits.locality ?? "local";
  let init: InitialValue = 0;
  if (key !== null) {
    init = convert(extraValue(scope, key, extraValues, declaration.span), type);
  } else if (given !== undefined) {
    init = usable(scope, name, initialFromText(given, type, scope.report), locality, given.span);
  }
  const initSpan = given?.span ?? null;
  return { attribute: { name, kind: "parameter", locality, type, init, span }, initSpan };
}

function extraValue(scope: Scope, key: string, values: ExtraValues, span: Span): number {
  const value = Object.hasOwn(values, key) ? values[key] : undefined;
  if (value !== undefined) return value;
  const near = nearest(key, Object.keys(values));
  complain(scope, "UNKNOWN_EXTRA_VALUE", { key, model: scope.model, nearest: near }, span);
  return 0;
}

function fromValue(scope: Scope, name: string, parameter: Parameter): Declared {
  const type = typeOf(scope, name, parameter.type) ?? "float";
  const locality = localityOf(scope, name, parameter.locality) ?? "global";
  const { value } = parameter;
  const given = isGivenValue(value) ? initialFromValue(value, type) : null;
  const init = usable(scope, name, given, locality, null);
  const attribute = { name, kind: "parameter", locality, type, init, span: null } as const;
  return { attribute, initSpan: null };
}

/** Check the value of a parameter: it cannot be many where there is one. */
function usable(
  scope: Scope,
  name: string,
  init: InitialValue | null,
  locality: Locality,
  span: Span | null,
): InitialValue {
  if (init !== null && !(init instanceof RandomDistribution && locality === "global")) return init;
  complain(scope, "NOT_A_CONSTANT_VALUE", { name }, span);
  return 0;
}
