import type { Expression, FunctionText, Statement } from "../../lib/dsl/ast.js";
import { parseFunctions } from "../../lib/dsl/function-texts.js";
import type { Report } from "../../lib/dsl/lexer.js";
import { parseExpression } from "../../lib/dsl/parser.js";
import { parseEquations, parseParameters } from "../../lib/dsl/statements.js";
import { walk } from "../../lib/dsl/traverse.js";
import { sentence } from "../../lib/diagnostics.js";
import {
  camelKeys,
  type EquationEntry,
  type ModelEntry,
  type Options,
} from "../golden-runner/schema.js";
import type { Kind } from "./functions.js";
import { NotCovered } from "./scope.js";

/** Where the values of an attribute are: one per element, per row of a projection, or per object. */
export type Reach = "local" | "row" | "global";

/** A parameter or variable of a model. */
export interface Attribute {
  readonly name: string;
  readonly kind: Kind;
  readonly reach: Reach;
  readonly parameter: boolean;
  readonly init: Expression | number;
}

/** A neuron or synapse as its texts say. */
export interface Model {
  readonly spiking: boolean;
  readonly attributes: Map<string, Attribute>;
  readonly equations: Statement[];
  readonly functions: ReadonlyMap<string, FunctionText>;
  readonly spike: Expression | null;
  readonly axonSpike: Expression | null;
  readonly reset: readonly Statement[];
  readonly axonReset: readonly Statement[];
  readonly refractory: number | string | null;
  readonly psp: Expression | null;
  readonly operation: string;
  readonly preSpike: readonly Statement[];
  readonly postSpike: readonly Statement[];
  readonly preAxonSpike: readonly Statement[];
  /** Axonal events run the code of ordinary ones (§4.3). */
  readonly axonLikeSpike: boolean;
}

/** Read the texts of a neuron. */
export function readNeuron(entry: ModelEntry): Model {
  const model = readModel(entry, entry["spike"] !== undefined && entry["spike"] !== null);
  const { attributes, equations } = model;
  if (!model.spiking) return model;
  attributes.set("r", variable("r"));
  // §1.13: a conductance without an equation lives for one step.
  for (const name of conductances(equations)) {
    if (attributes.has(name)) continue;
    attributes.set(name, variable(name));
    equations.push(...statements(`${name} = 0.0`));
  }
  return model;
}

/** Read the texts of a synapse; `spiking` is the type of the presynaptic neurons (§1.1). */
export function readSynapse(entry: ModelEntry, spiking: boolean): Model {
  const model = readModel(entry, spiking);
  const { attributes, preSpike, postSpike, preAxonSpike } = model;
  // §4.3: what only event code assigns is a local variable.
  for (const { target, flags } of [...preSpike, ...postSpike, ...preAxonSpike]) {
    if (attributes.has(target.name) || target.name === "g_target" || target.name === "w") continue;
    const init = flags.find(({ name }) => name === "init")?.value ?? 0;
    attributes.set(target.name, { ...variable(target.name), init });
  }
  if (!attributes.has("w")) attributes.set("w", variable("w"));
  return model;
}

function readModel(written: ModelEntry, spiking: boolean): Model {
  const entry: ModelEntry = camelKeys(written);
  const attributes = new Map<string, Attribute>();
  for (const parameter of readParameters(entry.parameters)) {
    attributes.set(parameter.name, parameter);
  }
  const equations = statements(joined(entry.equations));
  for (const { target, flags } of equations) {
    const names = flags.map(({ name }) => name);
    attributes.set(target.name, {
      name: target.name,
      kind: kindOf(names),
      reach: reachOf(names),
      parameter: false,
      init: flags.find(({ name }) => name === "init")?.value ?? 0,
    });
  }
  const code = (key: string): readonly Statement[] =>
    statements(joined(entry[key] as ModelEntry["equations"]));
  const { preSpike, preAxonSpike, refractory } = entry;
  return {
    spiking,
    attributes,
    equations,
    functions: readFunctions(textOf(entry["functions"])),
    spike: expression(entry["spike"]),
    axonSpike: expression(entry["axonSpike"]),
    reset: code("reset"),
    axonReset: code("axonReset"),
    refractory:
      typeof refractory === "number" || typeof refractory === "string" ? refractory : null,
    psp: expression(entry["psp"]),
    operation: textOf(entry["operation"]) || "sum",
    preSpike: code("preSpike"),
    postSpike: code("postSpike"),
    preAxonSpike: code("preAxonSpike"),
    axonLikeSpike: preAxonSpike !== undefined && preAxonSpike === preSpike,
  };
}

/** Functions by name. */
export function readFunctions(text: string): ReadonlyMap<string, FunctionText> {
  const { items } = parseFunctions({ name: "functions", text }, refuse);
  return new Map(items.map((item) => [item.name.name, item]));
}

/** The tree of a text that is one expression; null where there is no text. */
export function expression(text: unknown): Expression | null {
  if (typeof text !== "string") return null;
  return parseExpression({ name: text, text }, refuse);
}

function statements(text: string): Statement[] {
  return [...parseEquations({ name: "statements", text }, refuse).items];
}

/** Statements and objects that stand for them as one text (§1.4, §1.5). */
function joined(given: ModelEntry["equations"] | null): string {
  const items = given === undefined || given === null ? [] : [given].flat();
  return items.map((item) => serialised(item)).join("\n");
}

function serialised(item: EquationEntry): string {
  if (typeof item === "string") return item;
  const { equation } = item;
  const options: Options = item;
  const bounds = ["init", "min", "max"].flatMap((key) => {
    const value = options[key];
    return value === undefined || value === null ? [] : [`${key}=${textOf(value)}`];
  });
  const words = ["method", "type", "locality"].flatMap((key) => {
    const word = options[key];
    if (word === undefined || word === null || word === "local") return [];
    return [word === "global" ? "projection" : textOf(word)];
  });
  const flags = [...bounds, ...words].join(", ");
  return flags === "" ? equation : `${equation} : ${flags}`;
}

function readParameters(given: ModelEntry["parameters"]): Attribute[] {
  if (given === undefined) return [];
  if (typeof given !== "string") {
    return Object.entries(given).map(([name, value]) => fromObject(name, value));
  }
  const { items } = parseParameters({ name: "parameters", text: given }, refuse);
  return items.map(({ target, value, flags }) => {
    const names = flags.map((flag) => flag.name);
    const init = value ?? flags.find((flag) => flag.name === "init")?.value ?? 0;
    const kind = typeof init !== "number" && init.kind === "boolean" ? "bool" : kindOf(names);
    return { name: target.name, kind, reach: reachOf(names), parameter: true, init };
  });
}

/** §1.6: plain values of an object are global reals. */
function fromObject(name: string, given: unknown): Attribute {
  const object = typeof given === "object" && given !== null ? (given as Options) : null;
  const value = object === null ? given : object["value"];
  const init = typeof value === "string" ? expression(value)! : Number(value);
  const locality = textOf(object?.["locality"]) || "global";
  const kind = (textOf(object?.["type"]) || "float") as Kind;
  return { name, kind, reach: reachOf([locality]), parameter: true, init };
}

function kindOf(flags: readonly string[]): Kind {
  return flags.includes("bool") ? "bool" : flags.includes("int") ? "int" : "float";
}

function reachOf(flags: readonly string[]): Reach {
  if (flags.some((flag) => ["population", "projection", "global"].includes(flag))) return "global";
  return flags.some((flag) => ["postsynaptic", "semiglobal"].includes(flag)) ? "row" : "local";
}

function variable(name: string): Attribute {
  return { name, kind: "float", reach: "local", parameter: false, init: 0 };
}

function conductances(equations: readonly Statement[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { left, right, target } of equations) {
    if (/^g_./.test(target.name)) names.add(target.name);
    for (const side of [left, right]) {
      walk(side, (node) => {
        if (node.kind === "name" && /^g_./.test(node.name)) names.add(node.name);
      });
    }
  }
  return names;
}

function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  return typeof value === "number" ? String(value) : "";
}

const refuse: Report = ({ code, problem }) => {
  throw new NotCovered(`a text: ${sentence(code, problem)}`);
};
