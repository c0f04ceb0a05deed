import type { Diagnostic } from "../diagnostics.js";
import type { Expression } from "../dsl/ast.js";
import { parseExpression } from "../dsl/parser.js";
import { EquationError } from "../errors.js";
import { checkInitialName, declare } from "./declare.js";
import type { NeuronOptions } from "./definition.js";
import { clearInput, declareInputs, implicitVariable } from "./inputs.js";
import { checkNeuronOptions } from "./options.js";
import { readParameters } from "./parameters.js";
import { placeOf, type PlaceKind } from "./places.js";
import { analyseReset } from "./resets.js";
import { resolve } from "./resolve.js";
import { openScope, usesOf, type AnalysisContext, type Checked } from "./draft.js";
import { complain, complainUnknown, type Scope } from "./scope.js";
import { analyseUpdate } from "./statements.js";
import type { NeuronModel, Update } from "./types.js";
import {
  declaredBy,
  readFlagged,
  readStatements,
  type FlaggedStatement,
  type ParsedStatement,
} from "./variables.js";

/** What a neuron may refer to beyond itself, and what it is made for. */
export interface NeuronAnalysisContext extends AnalysisContext {
  /** Whether a spiking neuron may use `sum(target)`: it is driven by rate-coded neurons. Default false. */
  readonly rateInputs?: boolean;
}

/**
 * Turn the definition of a neuron into a typed model.
 *
 * @throws {EquationError} with every mistake of the definition; the code is that of the first.
 */
export function analyseNeuron(
  definition: NeuronOptions,
  context: NeuronAnalysisContext,
): NeuronModel {
  const { model, diagnostics } = checkNeuron(definition, context);
  if (diagnostics.length > 0) throw new EquationError(diagnostics);
  return model;
}

/** Analyse the definition of a neuron and list its mistakes. */
export function checkNeuron(
  definition: NeuronOptions,
  context: NeuronAnalysisContext,
): Checked<NeuronModel> {
  const name = definition.name === undefined ? "the neuron" : `neuron "${definition.name}"`;
  const early: Diagnostic[] = [];
  const options = checkNeuronOptions(definition, name, (diagnostic) => early.push(diagnostic));
  const type = options.spike === undefined ? "rate" : "spike";
  const { rateInputs = false } = context;
  const about = { model: name, owner: "neuron", type, rateInputs } as const;
  const draft = openScope(about, options.functions, context);
  const { scope } = draft;

  // Read all texts before anything is understood, so that each sees the names of the others.
  const parameters = readParameters(scope, options.parameters ?? "", options.extraValues);
  const equations = readStatements(scope, options.equations ?? "", "equations", scope.lost).map(
    (item) => readFlagged(scope, item),
  );
  const resets = readStatements(scope, options.reset ?? "", "reset");
  const axonResets = readStatements(scope, options.axonReset ?? "", "axonReset");
  const condition = readCondition(scope, options.spike, "spike");
  const axonCondition = readCondition(scope, options.axonSpike, "axonSpike");

  const declared = [...parameters, ...equations.map((item) => declaredBy(scope, item))];
  for (const { attribute } of declared) declare(scope, attribute);
  const conductances =
    type === "spike"
      ? declareInputs(
          scope,
          expressionsOf(equations, [...resets, ...axonResets], [condition, axonCondition]),
        )
      : [];
  declareOutput(scope);
  for (const item of declared) checkInitialName(scope, item);

  const updates = analyseEquations(scope, equations, context);
  const own = new Set(updates.map((update) => update.name));
  for (const target of conductances) {
    if (!own.has(`g_${target}`)) updates.push(clearInput(scope, target));
  }
  const spike = resolveCondition(scope, condition, "spike");
  const reset = resets.flatMap((item) => analyseReset(scope, item, "reset"));
  const axonSpike = resolveCondition(scope, axonCondition, "axonSpike");
  const axonReset = axonResets.flatMap((item) => analyseReset(scope, item, "axonReset"));
  const refractory = checkRefractory(scope, options.refractory);
  const sums = [...scope.uses.inputs].filter((target) => target !== null);

  const model: NeuronModel = {
    name,
    type,
    sources: scope.sources,
    attributes: [...scope.attributes.values()],
    updates,
    random: scope.uses.random,
    ...usesOf(draft, context),
    targets: [...new Set([...conductances, ...sums])],
    readsAllTargets: scope.uses.inputs.has(null),
    reductions: scope.uses.reductions,
    spike,
    reset,
    axonSpike,
    axonReset,
    refractory,
    stop: null,
  };
  return { model, diagnostics: [...early, ...draft.diagnostics], warnings: draft.warnings };
}

function readCondition(scope: Scope, text: string | undefined, option: string): Expression | null {
  if (text === undefined) return null;
  const source = { name: `${scope.model}, ${option}`, text };
  scope.sources.push(source);
  return parseExpression(source, scope.report);
}

function resolveCondition(
  scope: Scope,
  condition: Expression | null,
  kind: PlaceKind,
): Expression | null {
  return condition === null ? null : resolve(scope, condition, placeOf(kind));
}

/** All that can name an input. */
function* expressionsOf(
  equations: readonly FlaggedStatement[],
  resets: readonly ParsedStatement[],
  conditions: readonly (Expression | null)[],
): Iterable<Expression> {
  for (const { statement, traits } of equations) {
    yield statement.left;
    yield statement.right;
    for (const bound of traits.bounds) yield bound.value;
  }
  for (const { statement } of resets) {
    yield statement.left;
    yield statement.right;
  }
  for (const condition of conditions) if (condition !== null) yield condition;
}

/** `r` is what a rate-coded neuron declares, and the firing rate that every spiking neuron has. */
function declareOutput(scope: Scope): void {
  const { model } = scope;
  const output = scope.attributes.get("r");
  if (scope.type === "rate") {
    if (output === undefined && !scope.lost.has("r"))
      complain(scope, "OUTPUT_MISSING", { model }, null);
  } else if (output !== undefined) {
    complain(scope, "OUTPUT_DECLARED", { model }, output.span);
  } else {
    scope.attributes.set("r", implicitVariable("r"));
  }
}

function analyseEquations(
  scope: Scope,
  equations: readonly FlaggedStatement[],
  { method = "explicit" }: AnalysisContext,
): Update[] {
  return equations.flatMap((item) => {
    const update = analyseUpdate(scope, item, "neuron equations", method);
    if (update.kind === "assignment" || update.method !== "event-driven") return [update];
    const flag = item.traits.methods[0]!;
    complain(scope, "FLAG_NOT_HERE", { flag: flag.name, where: "a neuron" }, flag.span);
    return [];
  });
}

function checkRefractory(
  scope: Scope,
  refractory: number | string | undefined,
): NeuronModel["refractory"] {
  if (refractory === undefined || refractory === 0) return null;
  if (typeof refractory === "string") {
    const name = refractory.trim();
    if (!scope.attributes.has(name) && !scope.lost.has(name)) {
      const source = { name: `${scope.model}, refractory`, text: refractory };
      complainUnknown(scope, name, { source, start: 0, end: refractory.length });
    }
    return name;
  }
  return refractory;
}
