import { nearest } from "../diagnostics.js";
import type { Report } from "../dsl/lexer.js";
import { Variable, type NeuronOptions } from "./definition.js";

/** What each option of a neuron must be; users of plain JavaScript can hand over anything. */
const options: {
  readonly [K in keyof Required<NeuronOptions>]: {
    readonly expected: string;
    readonly accepts: (value: unknown) => boolean;
  };
} = {
  parameters: {
    expected: "a text, a list of texts or an object of values",
    accepts: (value) => isText(value) || isListOf(value, isText) || isPlainObject(value),
  },
  equations: { expected: "a text, a Variable or a list of them", accepts: isStatements },
  spike: { expected: "a text", accepts: isText },
  reset: { expected: "a text, a Variable or a list of them", accepts: isStatements },
  refractory: {
    expected: "a duration of at least 0 ms, or the name of an attribute",
    accepts: (value) => isText(value) || (typeof value === "number" && value >= 0 && value < 1e9),
  },
  name: { expected: "a text", accepts: isText },
  description: { expected: "a text", accepts: isText },
};

/** Options of the whole language that this version cannot build yet. */
const later: ReadonlySet<string> = new Set(["axonSpike", "axonReset", "functions", "extraValues"]);

/** Options without which the rest means nothing. */
const spiking = ["reset", "refractory"] as const;

/** Check the options of a definition one by one; what is unusable is reported and left out. */
export function checkOptions(definition: object, model: string, report: Report): NeuronOptions {
  const usable = new Map<string, unknown>();
  for (const [option, value] of Object.entries(definition)) {
    if (value === undefined) continue;
    if (later.has(option)) {
      const construct = `the option "${option}"`;
      report({ code: "UNSUPPORTED", problem: { construct }, span: null });
    } else if (!isOption(option)) {
      const near = nearest(option, Object.keys(options));
      report({
        code: "UNKNOWN_MODEL_OPTION",
        problem: { option, model, nearest: near },
        span: null,
      });
    } else if (!options[option].accepts(value)) {
      const { expected } = options[option];
      report({ code: "INVALID_MODEL_OPTION", problem: { option, model, expected }, span: null });
    } else {
      usable.set(option, value);
    }
  }
  for (const option of spiking) {
    if (usable.has(option) && !("spike" in definition)) {
      report({ code: "NOTHING_TO_RESET", problem: { option, model }, span: null });
    }
  }
  return Object.fromEntries(usable);
}

function isOption(option: string): option is keyof NeuronOptions {
  return Object.hasOwn(options, option);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isListOf(value: unknown, accepts: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(accepts);
}

function isStatements(value: unknown): boolean {
  const isStatement = (item: unknown): boolean => isText(item) || item instanceof Variable;
  return isStatement(value) || isListOf(value, isStatement);
}

function isPlainObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
