import type { Flag, Statement } from "../dsl/ast.js";
import { parseExpression } from "../dsl/parser.js";
import { parseEquations } from "../dsl/statements.js";
import { RandomDistribution } from "../random/distribution.js";
import { Variable, type Statements, type VariableOptions } from "./definition.js";
import type { Declared } from "./declare.js";
import { localityOf, methodFlag, readTraits, typeOf, type Traits } from "./flags.js";
import { initialFromText, initialFromValue, isGivenValue } from "./initial.js";
import { complain, type Scope } from "./scope.js";
import type { InitialValue, ValueType } from "./types.js";

/** A statement, and the options of the `Variable` that it came from. */
export interface ParsedStatement {
  readonly statement: Statement;
  readonly options: VariableOptions;
}

/**
 * Read statements in any of their forms; `option` is where they stand in the definition. Neighbouring texts are one
 * text; each `Variable` has its own. Adds the sources it makes. Names that could not be read go to `lost`.
 */
export function readStatements(
  scope: Scope,
  given: Statements,
  option: string,
  lost: Set<string> = new Set(),
): ParsedStatement[] {
  return chunksOf(given).flatMap(({ text, options }) => {
    const source = { name: `${scope.model}, ${option}`, text };
    scope.sources.push(source);
    const parsed = parseEquations(source, scope.report);
    for (const missing of parsed.lost) lost.add(missing);
    return parsed.items.map((statement) => ({ statement, options }));
  });
}

/** A text, and the options that hold for all of its statements. */
export interface Chunk {
  readonly text: string;
  readonly options: VariableOptions;
}

/** Take statements apart into texts. */
export function chunksOf(given: Statements): readonly Chunk[] {
  if (typeof given === "string") return [{ text: given, options: {} }];
  if (given instanceof Variable) return [{ text: given.equation, options: given.options }];
  const found: Chunk[] = [];
  let lines: string[] = [];
  const flush = (): void => {
    if (lines.length > 0) found.push({ text: lines.join("\n"), options: {} });
    lines = [];
  };
  for (const item of given) {
    if (typeof item === "string") {
      lines.push(item);
      continue;
    }
    flush();
    found.push({ text: item.equation, options: item.options });
  }
  flush();
  return found;
}

/** A statement with all that its flags or options say. */
export interface FlaggedStatement {
  readonly statement: Statement;
  readonly traits: Traits;
  readonly options: VariableOptions;
}

/** Understand flags and options. Options of a `Variable` mean the same as flags; what the text says comes first. */
export function readFlagged(
  scope: Scope,
  { statement, options }: ParsedStatement,
): FlaggedStatement {
  const { name } = statement.target;
  const traits = readTraits(scope, statement.flags);
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
    const flag: Flag | null = methodFlag(scope, name, method);
    if (flag !== null) traits.methods.push(flag);
  }
  const known = {
    locality: traits.locality ?? (locality && localityOf(scope, name, locality)),
    type: traits.type ?? (type && typeOf(scope, name, type)),
  };
  if (known.locality !== undefined) traits.locality = known.locality;
  if (known.type !== undefined) traits.type = known.type;
  return { statement, traits, options };
}

/** The variable that a statement declares. */
export function declaredBy(
  scope: Scope,
  { statement, traits, options }: FlaggedStatement,
): Declared {
  const { name, span } = statement.target;
  const type = traits.type ?? "float";
  const locality = traits.locality ?? "local";
  let init = initialOf(scope, traits, options, type);
  if (init === null || (init instanceof RandomDistribution && locality === "global")) {
    complain(scope, "INVALID_INIT", { name }, traits.init?.span ?? span);
    init = 0;
  }
  const attribute = { name, kind: "variable", locality, type, init, span } as const;
  return { attribute, initSpan: traits.init?.span ?? null };
}

function initialOf(
  scope: Scope,
  traits: Traits,
  { init }: VariableOptions,
  type: ValueType,
): InitialValue | null {
  if (traits.init !== undefined) return initialFromText(traits.init, type, scope.report);
  if (init === undefined) return 0;
  return isGivenValue(init) ? initialFromValue(init, type) : null;
}
