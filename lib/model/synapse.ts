import type { Diagnostic } from "../diagnostics.js";
import type { Expression } from "../dsl/ast.js";
import { parseExpression } from "../dsl/parser.js";
import { EquationError } from "../errors.js";
import { checkInitialName, declare, type Declared } from "./declare.js";
import type { SynapseOptions } from "./definition.js";
import {
  analyseEvent,
  checkAxonCode,
  declareEventVariables,
  defaultTransmission,
  readEvents,
  type EventTexts,
} from "./events.js";
import { eventDrivenOde, isContinuous, warnOfStaleValues } from "./event-driven.js";
import { implicitVariable } from "./inputs.js";
import { checkSynapseOptions } from "./options.js";
import { readParameters } from "./parameters.js";
import { placeOf } from "./places.js";
import { resolve } from "./resolve.js";
import { analyseRules } from "./rules.js";
import { openScope, usesOf, type AnalysisContext, type Checked } from "./draft.js";
import { complain, type Scope } from "./scope.js";
import { analyseUpdate } from "./statements.js";
import type { EventCode, SynapseModel } from "./types.js";
import { declaredBy, readFlagged, readStatements, type FlaggedStatement } from "./variables.js";

/** What a synapse may refer to beyond itself, and the projection it is made for. */
export interface SynapseAnalysisContext extends AnalysisContext {
  /** Type of the neurons it comes from. */
  readonly type: "rate" | "spike";
  /** Targets of the projection. */
  readonly targets: readonly string[];
}

/**
 * Turn the definition of a synapse into a typed model. What it reads of the connected neurons is checked when these are
 * known, by `checkConnected`.
 *
 * @throws {EquationError} with every mistake of the definition; the code is that of the first.
 */
export function analyseSynapse(
  definition: SynapseOptions,
  context: SynapseAnalysisContext,
): SynapseModel {
  const { model, diagnostics } = checkSynapse(definition, context);
  if (diagnostics.length > 0) throw new EquationError(diagnostics);
  return model;
}

/** Analyse the definition of a synapse and list its mistakes, and what looks like one. */
export function checkSynapse(
  definition: SynapseOptions,
  context: SynapseAnalysisContext,
): Checked<SynapseModel> {
  const name = definition.name === undefined ? "the synapse" : `synapse "${definition.name}"`;
  const early: Diagnostic[] = [];
  const options = checkSynapseOptions(definition, name, (diagnostic) => early.push(diagnostic));
  const { type } = context;
  const draft = openScope({ model: name, owner: "synapse", type }, options.functions, context);
  const { scope } = draft;
  checkTransmission(scope, options);

  // Read all texts before anything is understood, so that each sees the names of the others.
  const parameters = readParameters(scope, options.parameters ?? "", options.extraValues);
  const equations = readStatements(scope, options.equations ?? "", "equations", scope.lost).map(
    (item) => readFlagged(scope, item),
  );
  const events = readEvents(scope, options);
  const ownPsp = readPsp(scope, options.psp);

  const plastic = changesWeight(equations, events);
  declareWeight(scope, parameters, equations, plastic);
  const declared = [
    ...parameters.filter(({ attribute }) => attribute.name !== "w"),
    ...equations.map((item) => declaredBy(scope, item)),
  ];
  for (const { attribute } of declared) declare(scope, attribute);
  const introduced = declareEventVariables(scope, events, context.targets);
  for (const item of [...declared, ...introduced]) checkInitialName(scope, item);

  const analysed = equations.map((item) =>
    analyseUpdate(scope, item, "synapse equations", context.method ?? "explicit"),
  );
  const updates = analysed.filter(isContinuous);
  const eventDriven = analysed.flatMap((update) => eventDrivenOde(scope, update));
  const given = ownPsp ?? (type === "rate" ? weightedRate(scope) : null);
  const psp = given === null ? null : resolve(scope, given, placeOf("psp"));
  const code = analyseEvents(scope, events, psp !== null || options.psp !== undefined);
  warnOfStaleValues(scope, eventDriven, updates, psp);
  const rules = analyseRules(scope, options);

  const model: SynapseModel = {
    name,
    type,
    sources: scope.sources,
    attributes: [...scope.attributes.values()],
    updates,
    random: scope.uses.random,
    ...usesOf(draft, context),
    eventDriven,
    psp,
    operation: options.operation ?? "sum",
    ...code,
    ...rules,
    plastic,
  };
  return { model, diagnostics: [...early, ...draft.diagnostics], warnings: draft.warnings };
}

/** Options that need spikes, and one that needs rates. */
function checkTransmission(scope: Scope, options: SynapseOptions): void {
  const { model, type } = scope;
  const { operation = "sum", preSpike } = options;
  if (type === "spike") {
    // With code for spikes the definition alone is wrong, and that has been reported.
    if (operation === "sum" || preSpike !== undefined) return;
    complain(scope, "OPERATION_OF_SPIKES", { operation, model }, null);
    return;
  }
  for (const option of ["preSpike", "preAxonSpike", "postSpike"] as const) {
    if (options[option] === undefined) continue;
    complain(scope, "NEEDS_SPIKES", { what: `the option "${option}"`, model, side: "pre" }, null);
  }
}

function readPsp(scope: Scope, text: string | undefined): Expression | null {
  if (text === undefined) return null;
  const source = { name: `${scope.model}, psp`, text };
  scope.sources.push(source);
  return parseExpression(source, scope.report);
}

/** What rate-coded synapses transmit where no text says it. */
function weightedRate(scope: Scope): Expression | null {
  return parseExpression({ name: `${scope.model}, psp`, text: "w * pre.r" }, scope.report);
}

/** Tell whether any statement changes `w`. */
function changesWeight(equations: readonly FlaggedStatement[], events: EventTexts): boolean {
  return [equations, events.preSpike, events.postSpike, events.preAxonSpike].some((statements) =>
    statements?.some(({ statement }) => statement.target.name === "w"),
  );
}

/** Every synapse has a weight, declared or not; it comes from the connector, one per synapse. */
function declareWeight(
  scope: Scope,
  parameters: readonly Declared[],
  equations: readonly FlaggedStatement[],
  plastic: boolean,
): void {
  const parameter = parameters.find(({ attribute }) => attribute.name === "w");
  const kind = plastic ? "variable" : "parameter";
  if (parameter !== undefined) {
    declare(scope, { ...parameter.attribute, kind, locality: "local" });
  } else if (!equations.some(({ statement }) => statement.target.name === "w")) {
    scope.attributes.set("w", { ...implicitVariable("w"), kind });
  }
}

function analyseEvents(
  scope: Scope,
  events: EventTexts,
  hasPsp: boolean,
): Pick<SynapseModel, "preSpike" | "postSpike" | "preAxonSpike"> {
  const analyse = (kind: keyof EventTexts): EventCode | null => {
    const statements = events[kind];
    return statements === null ? null : analyseEvent(scope, statements, kind);
  };
  if (scope.type === "rate") return { preSpike: null, postSpike: null, preAxonSpike: null };
  let preSpike = analyse("preSpike");
  if (!hasPsp && (preSpike === null || preSpike.targets.length === 0)) {
    preSpike = {
      targets: [defaultTransmission(scope)],
      statements: preSpike?.statements ?? [],
    };
  }
  const postSpike = analyse("postSpike");
  const sameCode = events.preAxonSpike !== null && events.preAxonSpike === events.preSpike;
  const preAxonSpike = sameCode ? preSpike : analyse("preAxonSpike");
  if (preAxonSpike !== null && !sameCode) checkAxonCode(scope, preAxonSpike);
  return { preSpike, postSpike, preAxonSpike };
}
