import { nearest, type Diagnostic } from "../diagnostics.js";
import type { Expression, Gradient, Statement } from "../dsl/ast.js";
import { parseExpression } from "../dsl/parser.js";
import { children, some, walk } from "../dsl/traverse.js";
import { EquationError } from "../errors.js";
import type { Source } from "../source.js";
import type { NeuronOptions } from "./definition.js";
import { methodOf } from "./flags.js";
import { isAttributeName, targetOf } from "./names.js";
import { checkOptions } from "./options.js";
import { declareParameters, readParameters } from "./parameters.js";
import { complain, nearestName, resolve, type Place, type Scope } from "./scope.js";
import type { Assignment, Attribute, Method, NeuronModel, Update } from "./types.js";
import {
  checkInitialName,
  declareVariable,
  readStatements,
  type DeclaredVariable,
  type ParsedStatement,
} from "./variables.js";

/** What a definition may refer to beyond itself. */
export interface AnalysisContext {
  /** Names of the constants of the network. */
  readonly constants: Iterable<string>;
  /** Method of equations that name none. Default `explicit`. */
  readonly method?: Method;
}

/**
 * Turn the definition of a neuron into a typed model.
 *
 * @throws {EquationError} with every mistake of the definition; the code is that of the first.
 */
export function analyseNeuron(definition: NeuronOptions, context: AnalysisContext): NeuronModel {
  const { model, diagnostics } = checkNeuron(definition, context);
  if (diagnostics.length > 0) throw new EquationError(diagnostics);
  return model;
}

/** Analyse a definition and list its mistakes; the model means something only when there are none. */
export function checkNeuron(
  definition: NeuronOptions,
  context: AnalysisContext,
): { readonly model: NeuronModel; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic): void => void diagnostics.push(diagnostic);
  const name = definition.name === undefined ? "the neuron" : `neuron "${definition.name}"`;
  const options = checkOptions(definition, name, report);

  // Read all texts before anything is understood, so that each sees the names of the others.
  const sources: Source[] = [];
  const lost = new Set<string>();
  const parameters = readParameters(
    options.parameters ?? "",
    `${name}, parameters`,
    report,
    sources,
    lost,
  );
  const equations = readStatements(
    options.equations ?? "",
    `${name}, equations`,
    report,
    sources,
    lost,
  );
  const resets = readStatements(options.reset ?? "", `${name}, reset`, report, sources, new Set());
  const condition = readCondition(options.spike, name, report, sources);

  const scope: Scope = {
    model: name,
    type: options.spike === undefined ? "rate" : "spike",
    attributes: new Map(),
    constants: new Set(context.constants),
    usedConstants: new Set(),
    random: [],
    lost,
    report,
  };
  for (const attribute of declareParameters(scope, parameters)) declare(scope, attribute);
  const variables = equations.map((item) => declareVariable(scope, item));
  for (const { attribute } of variables) declare(scope, attribute);
  const expressions = [
    ...equations.flatMap(({ statement }) => [statement.left, statement.right]),
    ...resets.flatMap(({ statement }) => [statement.left, statement.right]),
    ...(condition === null ? [] : [condition]),
  ];
  const targets = declareInputs(scope, expressions);
  checkOutput(scope);
  for (const attribute of scope.attributes.values()) checkInitialName(scope, attribute);

  const updates: Update[] = variables.map((item) =>
    analyseUpdate(scope, item, context.method ?? "explicit"),
  );
  for (const target of targets) {
    if (!variables.some(({ attribute }) => attribute.name === `g_${target}`)) {
      updates.push(clearInput(`g_${target}`, sources[0]!));
    }
  }
  const spike =
    condition === null
      ? null
      : resolve(scope, condition, {
          where: "the spike condition",
          random: false,
          conditional: false,
          variable: null,
        });
  const reset = resets.flatMap((item) => analyseReset(scope, item));

  const model: NeuronModel = {
    name,
    type: scope.type,
    sources,
    attributes: [...scope.attributes.values()],
    updates,
    random: scope.random,
    targets,
    constants: [...scope.usedConstants],
    spike,
    reset,
    refractory: checkRefractory(scope, options.refractory),
  };
  return { model, diagnostics };
}

function readCondition(
  text: string | undefined,
  name: string,
  report: Scope["report"],
  sources: Source[],
): Expression | null {
  if (text === undefined) return null;
  const source = { name: `${name}, spike`, text };
  sources.push(source);
  return parseExpression(source, report);
}

function declare(scope: Scope, attribute: Attribute): void {
  const { name, span, kind, type, locality } = attribute;
  if (scope.attributes.has(name)) {
    complain(scope, "DUPLICATE_ATTRIBUTE", { name, model: scope.model }, span);
    return;
  }
  if (!isAttributeName(name)) complain(scope, "RESERVED_NAME", { name }, span);
  if (scope.type === "spike" && targetOf(name) !== null) {
    if (kind === "parameter") complain(scope, "CONDUCTANCE_PARAMETER", { name }, span);
    else if (type !== "float" || locality !== "local") {
      complain(scope, "CONDUCTANCE_KIND", { name }, span);
    }
  }
  scope.attributes.set(name, attribute);
}

/** Find the inputs `g_target` of a spiking neuron; those without an equation become variables of their own. */
function declareInputs(scope: Scope, expressions: readonly Expression[]): readonly string[] {
  if (scope.type === "rate") return [];
  const targets = new Set<string>();
  for (const expression of expressions) {
    walk(expression, (node) => {
      if (node.kind !== "name" && node.kind !== "gradient") return;
      const target = targetOf(node.name);
      if (target === null || scope.attributes.get(node.name)?.kind === "parameter") return;
      targets.add(target);
      if (!scope.attributes.has(node.name)) {
        scope.attributes.set(node.name, {
          name: node.name,
          kind: "variable",
          locality: "local",
          type: "float",
          init: 0,
          span: null,
        });
      }
    });
  }
  return [...targets];
}

function checkOutput(scope: Scope): void {
  const output = scope.attributes.get("r");
  const { model } = scope;
  if (scope.type === "spike" && output !== undefined) {
    complain(scope, "OUTPUT_DECLARED", { model }, output.span);
  } else if (scope.type === "rate" && output === undefined && !scope.lost.has("r")) {
    complain(scope, "OUTPUT_MISSING", { model }, null);
  }
}

function analyseUpdate(
  scope: Scope,
  { attribute, traits, statement }: DeclaredVariable,
  fallback: Method,
): Update {
  const { name, locality } = attribute;
  const variable = { name, locality };
  const place: Place = {
    where: `the equation of "${name}"`,
    random: true,
    conditional: true,
    variable,
  };
  const bounds = traits.bounds.map(({ kind, value }) => ({
    kind,
    value: resolve(scope, value, {
      where: `the bound of "${name}"`,
      random: false,
      conditional: false,
      variable,
    }),
  }));
  const common = { name, locality, bounds };
  if (statement.kind === "assignment") {
    return { kind: "assignment", ...common, value: valueOf(scope, statement, place), statement };
  }
  const left = resolve(scope, statement.left, place);
  const right = resolve(scope, statement.right, place);
  const conditional = right.kind === "conditional";
  const method = methodOf(scope, traits.methods, conditional, fallback);
  const gradient = gradientOf(left);
  return { kind: "ode", ...common, left, right, gradient, method, statement };
}

/** Spell out a compound assignment: x += e is x = x + e. */
function valueOf(scope: Scope, statement: Statement, place: Place): Expression {
  const right = resolve(scope, statement.right, place);
  if (statement.operator === "=") return right;
  const operator = compound[statement.operator];
  return { kind: "binary", operator, left: statement.target, right, span: statement.span };
}

const compound = { "+=": "+", "-=": "-", "*=": "*", "/=": "/" } as const;

function gradientOf(left: Expression): Gradient {
  if (left.kind === "gradient") return left;
  const part = children(left).find((child) => some(child, (node) => node.kind === "gradient"));
  return gradientOf(part!);
}

/** An input without an equation lives for one step. */
function clearInput(name: string, source: Source): Assignment {
  const span = { source, start: 0, end: 0 };
  const value = { kind: "number", value: 0, span } as const;
  return { kind: "assignment", name, locality: "local", bounds: [], value, statement: null };
}

function analyseReset(scope: Scope, { statement }: ParsedStatement): Assignment[] {
  const { name, span } = statement.target;
  const where = "the reset";
  if (statement.kind === "ode") {
    const construct = "an equation with a gradient";
    complain(scope, "NOT_ALLOWED_HERE", { construct, where }, statement.left.span);
    return [];
  }
  const attribute = scope.attributes.get(name);
  if (attribute?.kind !== "variable" && !scope.lost.has(name)) {
    const variables = [...scope.attributes.values()].filter(({ kind }) => kind === "variable");
    const near = nearest(
      name,
      variables.map((variable) => variable.name),
    );
    complain(scope, "RESET_UNDECLARED", { name, model: scope.model, nearest: near }, span);
  } else if (attribute?.locality === "global") {
    complain(scope, "RESET_GLOBAL", { name }, span);
  }
  const place = { where, random: false, conditional: true, variable: null };
  const value = valueOf(scope, statement, place);
  return [{ kind: "assignment", name, locality: "local", bounds: [], value, statement }];
}

function checkRefractory(
  scope: Scope,
  refractory: number | string | undefined,
): NeuronModel["refractory"] {
  if (refractory === undefined || refractory === 0) return null;
  if (typeof refractory === "string" && !scope.attributes.has(refractory)) {
    const problem = {
      name: refractory,
      model: scope.model,
      nearest: nearestName(scope, refractory),
    };
    complain(scope, "UNKNOWN_NAME", problem, null);
  }
  return refractory;
}
