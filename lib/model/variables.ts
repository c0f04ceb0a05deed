import type { Statement } from "../dsl/ast.js";
import type { Report } from "../dsl/lexer.js";
import { parseExpression } from "../dsl/parser.js";
import { parseEquations } from "../dsl/statements.js";
import { RandomDistribution } from "../random/distribution.js";
import type { Source } from "../source.js";
import { Variable, type Statements, type VariableOptions } from "./definition.js";
import { readTraits, type Traits } from "./flags.js";
import { initialFromText, initialFromValue } from "./initial.js";
import { localityOf } from "./parameters.js";
import { complain, nearestName, type Scope } from "./scope.js";
import type { Attribute, InitialValue } from "./types.js";

/** A statement, and the options of the `Variable` that it came from. */
export interface ParsedStatement {
  readonly statement: Statement;
  readonly options: VariableOptions;
}

/** Read statements in any of their forms. Neighbouring texts are one text; each `Variable` has its own. */
export function readStatements(
  given: Statements,
  name: string,
  report: Report,
  sources: Source[],
  lost: Set<string>,
): ParsedStatement[] {
  const items: ParsedStatement[] = [];
  for (const [text, options] of chunks(given)) {
    const source = { name, text };
    sources.push(source);
    const parsed = parseEquations(source, report);
    items.push(...parsed.items.map((statement) => ({ statement, options })));
    for (const missing of parsed.lost) lost.add(missing);
  }
  return items;
}

function chunks(given: Statements): readonly (readonly [string, VariableOptions])[] {
  if (typeof given === "string") return [[given, {}]];
  if (given instanceof Variable) return [[given.equation, given.options]];
  const found: (readonly [string, VariableOptions])[] = [];
  let lines: string[] = [];
  for (const item of given) {
    if (typeof item === "string") {
      lines.push(item);
      continue;
    }
    if (lines.length > 0) found.push([lines.join("\n"), {}]);
    lines = [];
    found.push([item.equation, item.options]);
  }
  if (lines.length > 0) found.push([lines.join("\n"), {}]);
  return found;
}

/** A variable with all that its flags or options say. */
export interface DeclaredVariable {
  readonly attribute: Attribute;
  readonly traits: Traits;
  readonly statement: Statement;
}

/** Declare the variable of a statement. */
export function declareVariable(
  scope: Scope,
  { statement, options }: ParsedStatement,
): DeclaredVariable {
  const { name, span } = statement.target;
  const traits = withOptions(scope, name, readTraits(scope, statement.flags), options);
  const type = traits.type ?? "float";
  const locality = traits.locality ?? "local";
  const { init } = options;
  let value: InitialValue | null = 0;
  if (traits.init !== undefined) value = initialFromText(traits.init, type);
  else if (init !== undefined) value = initialFromValue(init, type);
  const place = traits.init?.span ?? span;
  if (value === null || (value instanceof RandomDistribution && locality === "global")) {
    complain(scope, "INVALID_INIT", { name }, place);
    value = 0;
  }
  const attribute = { name, kind: "variable", locality, type, init: value, span } as const;
  return { attribute, traits, statement };
}

/** Options of a `Variable` mean the same as flags; what the text says comes first. */
function withOptions(scope: Scope, name: string, traits: Traits, options: VariableOptions): Traits {
  const { min, max, method, locality, type } = options;
  for (const [kind, bound] of [
    ["min", min],
    ["max", max],
  ] as const) {
    if (bound === undefined) continue;
    const source = { name: `${scope.model}, ${kind} of "${name}"`, text: String(bound) };
    const value = parseExpression(source, scope.report);
    if (value !== null) traits.bounds.push({ kind, value });
  }
  if (method !== undefined && traits.methods.length === 0) {
    const source = { name: `${scope.model}, method of "${name}"`, text: method };
    traits.methods.push({
      name: method,
      value: null,
      span: { source, start: 0, end: method.length },
    });
  }
  if (locality !== undefined) traits.locality ??= localityOf(locality);
  if (type !== undefined) traits.type ??= type;
  return traits;
}

/** Check that the name an attribute starts from is that of a parameter or constant; it must exist by then. */
export function checkInitialName(scope: Scope, { name, kind, init, locality, span }: Attribute) {
  if (kind === "parameter" || typeof init === "number") return;
  if (init instanceof RandomDistribution) return;
  const source = scope.attributes.get(init.attribute);
  if (source === undefined) {
    if (scope.constants.has(init.attribute)) scope.usedConstants.add(init.attribute);
    else if (!scope.lost.has(init.attribute)) {
      const near = nearestName(scope, init.attribute);
      const problem = { name: init.attribute, model: scope.model, nearest: near };
      complain(scope, "UNKNOWN_NAME", problem, span);
    }
  } else if (source.kind === "variable") {
    complain(scope, "INVALID_INIT", { name }, span);
  } else if (locality === "global" && source.locality === "local") {
    complain(scope, "LOCAL_IN_GLOBAL", { name: init.attribute, variable: name }, span);
  }
}
