import { nearest } from "../diagnostics.js";
import { parseEquations } from "../dsl/statements.js";
import { InternalError } from "../errors.js";
import type { SynapseOptions } from "./definition.js";
import { declare, type Declared } from "./declare.js";
import { TARGET, targetOf } from "./names.js";
import { placeOf, statementOf, type Place } from "./places.js";
import { complain, type Scope } from "./scope.js";
import { boundsOf, refuseOde, refuseShared, refuseUnlessPost, valueOf } from "./statements.js";
import type { EventCode, EventStatement } from "./types.js";
import {
  chunksOf,
  declaredBy,
  readFlagged,
  readStatements,
  type FlaggedStatement,
} from "./variables.js";

/** The options of a synapse that say what happens at events. */
export type EventKind = "preSpike" | "postSpike" | "preAxonSpike";

/** Event code that has been read; null where there is none. */
export interface EventTexts {
  readonly preSpike: readonly FlaggedStatement[] | null;
  readonly postSpike: readonly FlaggedStatement[] | null;
  /** The very object `preSpike` where the texts are the same. */
  readonly preAxonSpike: readonly FlaggedStatement[] | null;
}

/** Read the event code of a synapse. Adds the sources it makes, and names that could not be read. */
export function readEvents(scope: Scope, options: SynapseOptions): EventTexts {
  const read = (kind: EventKind): readonly FlaggedStatement[] | null => {
    const given = options[kind];
    if (given === undefined) return null;
    const statements = readStatements(scope, given, kind, scope.lost);
    return statements.map((item) => readFlagged(scope, item));
  };
  const preSpike = read("preSpike");
  const same = sameTexts(options.preSpike, options.preAxonSpike);
  return {
    preSpike,
    postSpike: read("postSpike"),
    preAxonSpike: same ? preSpike : read("preAxonSpike"),
  };
}

function sameTexts(a: SynapseOptions["preSpike"], b: SynapseOptions["preSpike"]): boolean {
  if (a === undefined || b === undefined) return false;
  const flat = (given: typeof a): string =>
    JSON.stringify(chunksOf(given).map(({ text, options }) => [text.trim(), options]));
  return flat(a) === flat(b);
}

/**
 * Declare the variables that stand in event code alone: local numbers that start with 0 unless a flag says otherwise.
 *
 * @param targets Targets of the projection, whose inputs have other names here than in the neuron.
 */
export function declareEventVariables(
  scope: Scope,
  events: EventTexts,
  targets: readonly string[],
): readonly Declared[] {
  const found: Declared[] = [];
  const texts = new Set([events.preSpike, events.postSpike, events.preAxonSpike]);
  for (const item of [...texts].flatMap((statements) => statements ?? [])) {
    const { name, span } = item.statement.target;
    if (item.statement.kind === "ode" || name === TARGET) continue;
    if (scope.attributes.has(name) || scope.lost.has(name)) continue;
    const target = targetOf(name);
    if ((target !== null && targets.includes(target)) || nearest(name, [TARGET]) !== null) {
      const problem = { name, model: scope.model };
      scope.warn({ code: "INPUT_NOT_MEANT", problem, span });
    }
    const declared = declaredBy(scope, item);
    declare(scope, { ...declared.attribute, locality: "local", type: "float" });
    found.push(declared);
  }
  return found;
}

/** Understand what happens at an event: the statements for the input of the post neuron come before all others. */
export function analyseEvent(
  scope: Scope,
  statements: readonly FlaggedStatement[],
  kind: EventKind,
): EventCode {
  const place = placeOf(kind);
  const analysed = statements.flatMap((item) => analyseStatement(scope, item, kind, place));
  return {
    targets: analysed.filter(({ name }) => name === TARGET),
    statements: analysed.filter(({ name }) => name !== TARGET),
  };
}

/** Check that axonal events do no more than they can: add to the input, once. */
export function checkAxonCode(scope: Scope, { targets, statements }: EventCode): void {
  const excess = statements[0] ?? targets[1];
  const span = excess?.statement?.span ?? null;
  if (excess !== undefined) complain(scope, "AXON_CODE", { model: scope.model }, span);
}

function analyseStatement(
  scope: Scope,
  { statement, traits }: FlaggedStatement,
  kind: EventKind,
  place: Place,
): EventStatement[] {
  const { target } = statement;
  const { name, span } = target;
  if (!refuseOde(scope, statement, place)) return [];
  refuseUnlessPost(scope, traits, place);
  if (traits.locality !== undefined && traits.locality !== "local") {
    complain(scope, "SHARED_CHANGED", { name, where: place.where }, span);
  } else {
    refuseShared(scope, place, name, span);
  }
  if (name === TARGET) {
    // Whether it may stand here is asked once, not again for each use in a compound assignment.
    if (kind === "postSpike") {
      complain(scope, "NOT_ALLOWED_HERE", { construct: `"${name}"`, where: place.where }, span);
    }
  } else if (scope.attributes.get(name)?.kind === "parameter") {
    const problem = { name, model: scope.model, where: place.where, nearest: null };
    complain(scope, "NOT_A_VARIABLE", problem, span);
  }
  const variable = { name, locality: "local" } as const;
  const bounds = boundsOf(scope, traits, kind, variable);
  const value = valueOf(scope, statement, statementOf(kind, variable));
  const unlessPost = traits.unlessPost !== undefined;
  return [{ kind: "assignment", ...variable, bounds, value, statement, unlessPost }];
}

/** What a spike does where no text says it: the weight is added to the input. */
export function defaultTransmission(scope: Scope): EventStatement {
  const source = { name: `${scope.model}, preSpike`, text: `${TARGET} += w` };
  const [statement] = parseEquations(source, scope.report).items;
  if (statement === undefined) throw new InternalError("the default event code cannot be read");
  const variable = { name: TARGET, locality: "local" } as const;
  const place = statementOf("preSpike", variable);
  const value = valueOf(scope, statement, place);
  return { kind: "assignment", ...variable, bounds: [], value, statement, unlessPost: false };
}
