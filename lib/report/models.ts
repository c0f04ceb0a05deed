import type { Expression } from "../dsl/ast.js";
import { latexName } from "../dsl/latex-names.js";
import { latex, latexStatement, type LatexContext } from "../dsl/latex.js";
import type {
  Assignment,
  Attribute,
  EventCode,
  EventDrivenOde,
  FunctionDefinition,
  InitialValue,
  Locality,
  NeuronModel,
  SynapseModel,
  Update,
} from "../model/types.js";
import { formatNumber } from "./description.js";

/** A parameter of a model; `value` is mathematics of LaTeX. */
export interface ParameterFacts {
  readonly name: string;
  readonly value: string;
  readonly locality: string;
  readonly type: string;
}

/** A variable of a model; all but the words are mathematics of LaTeX. */
export interface VariableFacts {
  readonly name: string;
  readonly locality: string;
  readonly init: string;
  readonly min: string | null;
  readonly max: string | null;
  /** Null for assignments. */
  readonly method: string | null;
  /** Null for what has a value and no equation, such as an input. */
  readonly equation: string | null;
}

/** Something that happens in a model: a condition, or statements. */
export interface ActionFacts {
  readonly title: string;
  /** Mathematics of LaTeX, one per line. */
  readonly equations: readonly string[];
}

/** What a report says of a model. */
export interface ModelFacts {
  readonly parameters: readonly ParameterFacts[];
  readonly variables: readonly VariableFacts[];
  readonly actions: readonly ActionFacts[];
  /** Mathematics of LaTeX. */
  readonly functions: readonly string[];
}

type Owner = "neuron" | "synapse";

const LOCALITIES: Readonly<Record<Owner, Readonly<Record<Locality, string>>>> = {
  neuron: { local: "per neuron", semiglobal: "per neuron", global: "per population" },
  synapse: {
    local: "per synapse",
    semiglobal: "per post-synaptic neuron",
    global: "per projection",
  },
};

/** Describe a neuron model. */
export function neuronFacts(model: NeuronModel): ModelFacts {
  const context = contextOf(model.attributes);
  const { spike, axonSpike, refractory } = model;
  const actions = [
    action("Spike condition", condition(spike, context)),
    action("Reset", assignments(model.reset, context)),
    action("Refractory period", refractoryPeriod(refractory)),
    action("Axonal event", condition(axonSpike, context)),
    action("Reset after an axonal event", assignments(model.axonReset, context)),
  ];
  return {
    parameters: parameterFacts(model.attributes, "neuron"),
    variables: variableFacts(model.attributes, model.updates, context, "neuron"),
    actions: actions.filter(({ equations }) => equations.length > 0),
    functions: functionsOf(model.functions),
  };
}

/** Describe a synapse model. */
export function synapseFacts(model: SynapseModel): ModelFacts {
  const context = contextOf(model.attributes);
  const { psp, operation } = model;
  const transmission = psp === null ? [] : [`${operator(operation)} ${bracketed(psp, context)}`];
  const title = model.type === "rate" ? "Weighted sum" : "Continuous transmission";
  const actions = [
    action(title, transmission),
    action("Pre-synaptic event", eventCode(model.preSpike, context)),
    action(
      "Axonal event",
      model.preAxonSpike === model.preSpike ? [] : eventCode(model.preAxonSpike, context),
    ),
    action("Post-synaptic event", eventCode(model.postSpike, context)),
  ];
  const updates = [...model.updates, ...model.eventDriven];
  return {
    parameters: parameterFacts(model.attributes, "synapse"),
    variables: variableFacts(model.attributes, updates, context, "synapse"),
    actions: actions.filter(({ equations }) => equations.length > 0),
    functions: functionsOf(model.functions),
  };
}

/** Write a function as an equation: `f(x) = x^{2}`. */
export function functionEquation({ name, parameters, body }: FunctionDefinition): string {
  const names = parameters.map((parameter) => latexName(parameter.name));
  const attributes = new Set(parameters.map((parameter) => parameter.name));
  return `${latexName(name)}(${names.join(", ")}) = ${latex(body, { variables: new Set(), attributes })}`;
}

function contextOf(attributes: readonly Attribute[]): LatexContext {
  const variables = attributes.filter(({ kind }) => kind === "variable").map(({ name }) => name);
  return {
    variables: new Set(variables),
    attributes: new Set(attributes.map(({ name }) => name)),
  };
}

function parameterFacts(attributes: readonly Attribute[], owner: Owner): ParameterFacts[] {
  return attributes
    .filter(({ kind }) => kind === "parameter")
    .map(({ name, init, locality, type }) => ({
      name: latexName(name),
      value: initial(init),
      locality: LOCALITIES[owner][locality],
      type,
    }));
}

function variableFacts(
  attributes: readonly Attribute[],
  updates: readonly (Update | EventDrivenOde)[],
  context: LatexContext,
  owner: Owner,
): VariableFacts[] {
  return attributes
    .filter(({ kind }) => kind === "variable")
    .flatMap((attribute) => {
      const own = updates.filter(({ name }) => name === attribute.name);
      // The mean firing rate of spiking neurons is declared by nobody.
      if (own.length === 0 && owner === "neuron" && attribute.span === null) return [];
      // A variable without an equation changes in events only.
      const list: readonly (Update | EventDrivenOde | null)[] = own.length === 0 ? [null] : own;
      return list.map((update) => ({
        name: `${latexName(attribute.name)}(t)`,
        locality: LOCALITIES[owner][attribute.locality],
        init: initial(attribute.init),
        min: bound(update, "min", context),
        max: bound(update, "max", context),
        method: methodOf(update),
        equation: update === null ? null : equationOf(update, context),
      }));
    });
}

function methodOf(update: Update | EventDrivenOde | null): string | null {
  if (update?.kind !== "ode") return null;
  return "method" in update ? update.method : "event-driven";
}

function bound(
  update: Update | EventDrivenOde | null,
  kind: "min" | "max",
  context: LatexContext,
): string | null {
  const found = update?.bounds.find((candidate) => candidate.kind === kind);
  return found === undefined ? null : latex(found.value, context);
}

function equationOf(update: Update | EventDrivenOde, context: LatexContext): string {
  if (update.statement !== null) return latexStatement(update.statement, context);
  const value = update.kind === "assignment" ? update.value : update.right;
  return `${latexName(update.name)}(t) = ${latex(value, context)}`;
}

function assignments(statements: readonly Assignment[], context: LatexContext): string[] {
  return statements.map((statement) => equationOf(statement, context));
}

function eventCode(code: EventCode | null, context: LatexContext): string[] {
  if (code === null) return [];
  const inEvent = { ...context, event: true };
  return [...code.targets, ...code.statements].map((statement) => {
    const equation = eventEquation(statement, inEvent);
    return statement.unlessPost ? `${equation} \\quad \\text{unless post}` : equation;
  });
}

/** What a model does where it does not say so is `g_target += w`. */
function eventEquation(statement: Assignment, context: LatexContext): string {
  const { name } = statement;
  if (statement.statement === null && name === "g_target") {
    return `g_{\\text{target}} = ${latex(statement.value, context)}`;
  }
  return equationOf(statement, context);
}

function condition(expression: Expression | null, context: LatexContext): string[] {
  return expression === null ? [] : [latex(expression, context)];
}

function refractoryPeriod(refractory: NeuronModel["refractory"]): string[] {
  if (refractory === null || refractory === 0) return [];
  return typeof refractory === "number"
    ? [`${formatNumber(refractory)}\\,\\text{ms}`]
    : [latexName(refractory)];
}

const OPERATORS = { sum: "\\sum", max: "\\max", min: "\\min", mean: "\\text{mean}" } as const;

function operator(operation: SynapseModel["operation"]): string {
  return `${OPERATORS[operation]}_{\\text{synapses}}`;
}

function bracketed(expression: Expression, context: LatexContext): string {
  return `\\left( ${latex(expression, context)} \\right)`;
}

function functionsOf(functions: ReadonlyMap<string, FunctionDefinition>): string[] {
  return [...functions.values()].map(functionEquation);
}

function action(title: string, equations: readonly string[]): ActionFacts {
  return { title, equations };
}

function initial(value: InitialValue): string {
  if (typeof value === "number") return formatNumber(value);
  return "attribute" in value ? latexName(value.attribute) : value.latex();
}
