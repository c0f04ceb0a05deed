import { nearest } from "../diagnostics.js";
import type { Report } from "../dsl/lexer.js";
import {
  Creating,
  Pruning,
  Variable,
  type NeuronOptions,
  type SynapseOptions,
} from "./definition.js";
import type { Operation } from "./types.js";

/** What an option must be; users of plain JavaScript can hand over anything. */
interface Expectation {
  readonly expected: string;
  readonly accepts: (value: unknown) => boolean;
}

type Expectations<O> = { readonly [K in keyof Required<O>]: Expectation };

const operations: readonly Operation[] = ["sum", "max", "min", "mean"];

const text: Expectation = { expected: "a text", accepts: isText };
const lines: Expectation = {
  expected: "a text or a list of texts",
  accepts: (value) => isText(value) || isListOf(value, isText),
};
const statements: Expectation = {
  expected: "a text, a Variable or a list of them",
  accepts: (value) => isStatement(value) || isListOf(value, isStatement),
};

const common = {
  parameters: {
    expected: "a text, a list of texts or an object of values",
    accepts: (value: unknown) => isText(value) || isListOf(value, isText) || isPlainObject(value),
  },
  equations: statements,
  functions: lines,
  name: text,
  description: text,
  extraValues: {
    expected: "an object of numbers",
    accepts: (value: unknown) =>
      isPlainObject(value) && Object.values(value).every((entry) => typeof entry === "number"),
  },
};

const neuronOptions: Expectations<NeuronOptions> = {
  ...common,
  spike: text,
  reset: statements,
  axonSpike: text,
  axonReset: statements,
  refractory: {
    expected: "a duration of at least 0 ms, or the name of an attribute",
    accepts: (value) => isText(value) || (typeof value === "number" && value >= 0 && value < 1e9),
  },
};

const synapseOptions: Expectations<SynapseOptions> = {
  ...common,
  psp: text,
  operation: {
    expected: operations
      .map((name) => `"${name}"`)
      .join(", ")
      .replace(/, ([^,]*)$/, " or $1"),
    accepts: (value) => operations.some((name) => name === value),
  },
  preSpike: statements,
  postSpike: statements,
  preAxonSpike: statements,
  pruning: {
    expected: "a text or a Pruning",
    accepts: (value) => isText(value) || value instanceof Pruning,
  },
  creating: {
    expected: "a text or a Creating",
    accepts: (value) => isText(value) || value instanceof Creating,
  },
};

/** Options of a neuron without which others mean nothing. */
const conditions = [
  { condition: "spike", options: ["reset", "refractory", "axonSpike"] },
  { condition: "axonSpike", options: ["axonReset"] },
] as const;

/** Check the options of a neuron one by one; what is unusable is reported and left out. */
export function checkNeuronOptions(
  definition: object,
  model: string,
  report: Report,
): NeuronOptions {
  const usable = usableOf(definition, neuronOptions, model, report);
  for (const { condition, options } of conditions) {
    if (isGiven(definition, condition)) continue;
    for (const option of options) {
      if (!(option in usable)) continue;
      report({ code: "NOTHING_TO_RESET", problem: { option, condition, model }, span: null });
    }
  }
  return usable;
}

/**
 * Check the options of a synapse one by one, and that they go together; what is unusable is reported and left out.
 * Nothing is parsed.
 */
export function checkSynapseOptions(
  definition: object,
  model: string,
  report: Report,
): SynapseOptions {
  const usable: SynapseOptions = usableOf(definition, synapseOptions, model, report);
  const { operation = "sum", preSpike, preAxonSpike, postSpike } = usable;
  if (operation !== "sum" && preSpike !== undefined) {
    report({ code: "OPERATION_OF_SPIKES", problem: { operation, model }, span: null });
  }
  if (preAxonSpike !== undefined && postSpike !== undefined) {
    report({ code: "AXON_AND_POST", problem: { model }, span: null });
  }
  return usable;
}

function usableOf(
  definition: object,
  expectations: Readonly<Record<string, Expectation>>,
  model: string,
  report: Report,
): { readonly [option: string]: unknown } {
  const usable: Record<string, unknown> = {};
  for (const [option, value] of Object.entries(definition)) {
    if (value === undefined) continue;
    const expectation = Object.hasOwn(expectations, option) ? expectations[option] : undefined;
    if (expectation === undefined) {
      const near = nearest(option, Object.keys(expectations));
      const problem = { option, model, nearest: near };
      report({ code: "UNKNOWN_MODEL_OPTION", problem, span: null });
    } else if (!expectation.accepts(value)) {
      const { expected } = expectation;
      report({ code: "INVALID_MODEL_OPTION", problem: { option, model, expected }, span: null });
    } else {
      usable[option] = value;
    }
  }
  return usable;
}

function isGiven(definition: object, option: string): boolean {
  return Object.entries(definition).some(([key, value]) => key === option && value !== undefined);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isListOf(value: unknown, accepts: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(accepts);
}

function isStatement(value: unknown): boolean {
  return isText(value) || value instanceof Variable;
}

function isPlainObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
