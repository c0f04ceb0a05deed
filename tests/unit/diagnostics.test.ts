import { describe, expect, it } from "vitest";

import { nearest, render, type Code, type Problems } from "../../lib/diagnostics.js";

/** A case of every problem, so that people can read all sentences in one place: tests/golden/sentences.txt. */
const examples: { readonly [C in Code]: Problems[C] } = {
  UNEXPECTED_CHARACTER: { character: "²", instead: "^2" },
  UNEXPECTED_TOKEN: { found: ")", expected: "an operand" },
  UNEXPECTED_END: { expected: "an operand" },
  UNOPENED_BRACKET: { bracket: ")" },
  UNCLOSED_BRACKET: { bracket: "(" },
  UNKNOWN_OPERATOR: { operator: "&&", instead: "and" },
  MISSING_OPERATOR: { left: "2", right: "v" },
  MISSING_COLON: { after: "if" },
  MISSING_ELSE: { found: "els", nearest: "else" },
  CONDITIONAL_INSIDE: {},
  TEXT_BEFORE_ASSIGNMENT: { text: "v + 1" },
  SEVERAL_ASSIGNMENTS: {},
  NO_VARIABLE: { left: "2 * v" },
  SEVERAL_GRADIENTS: {},
  ODE_OPERATOR: { operator: "+=" },
  UNKNOWN_FLAG: { flag: "populaton", nearest: "population" },
  FLAG_VALUE: { flag: "init", takesValue: true },
  UNKNOWN_SIDE: { owner: "prev", nearest: "pre" },
  REMOTE_CALL: { side: "pre", name: "mean", operation: "mean" },
  REMOTE_ASSIGNED: { name: "pre.v" },
  REDUCTION_OPERAND: { operation: "mean" },
  FUNCTION_HEAD: { head: "f x" },
  UNKNOWN_TYPE: { type: "flot", nearest: "float" },
  TOO_LONG: { most: 2000 },
  TOO_DEEP: { most: 200 },
  UNKNOWN_NAME: { name: "tua", model: 'neuron "LIF"', nearest: "tau" },
  UNKNOWN_FUNCTION: { name: "tanhh", model: 'neuron "LIF"', nearest: "tanh" },
  NOT_A_FUNCTION: { name: "tau", model: 'neuron "LIF"' },
  GRADIENT_ON_RIGHT: { name: "v" },
  WRONG_NUMBER_OF_OPERANDS: { name: "clip", least: 3, most: 3, given: 2 },
  UNKNOWN_MODEL_OPTION: { option: "equation", model: 'neuron "LIF"', nearest: "equations" },
  INVALID_MODEL_OPTION: { option: "spike", model: 'neuron "LIF"', expected: "a text" },
  UNKNOWN_MODEL_PARAMETER: { name: "tau_n", model: "IF_curr_exp", nearest: "tau_m" },
  INVALID_MODEL_PARAMETER: { name: "tau_facil", model: "STP", expected: "above 0" },
  DUPLICATE_ATTRIBUTE: { name: "v", model: 'neuron "LIF"' },
  RESERVED_NAME: { name: "dt" },
  DUPLICATE_FUNCTION: { name: "f", owner: 'neuron "LIF"' },
  DUPLICATE_ARGUMENT: { name: "x", function: "f" },
  NO_ARGUMENT: { name: "f" },
  FUNCTION_TYPES: { name: "f", expected: 3, given: 2 },
  RECURSIVE_FUNCTION: { circle: ["f", "g"] },
  OUTPUT_MISSING: { model: 'neuron "LIF"' },
  OUTPUT_DECLARED: { model: 'neuron "LIF"' },
  CONDUCTANCE_PARAMETER: { name: "g_exc" },
  CONDUCTANCE_KIND: { name: "g_exc" },
  NOTHING_TO_RESET: { option: "reset", model: 'neuron "LIF"' },
  RESET_UNDECLARED: { name: "V", model: 'neuron "LIF"', nearest: "v" },
  RESET_GLOBAL: { name: "theta" },
  NOT_ALLOWED_HERE: { construct: "a distribution", where: "a spike condition" },
  FLAG_NOT_HERE: { flag: "init", where: "a reset" },
  INVALID_INIT: { name: "v" },
  NOT_A_CONSTANT_VALUE: { name: "tau" },
  LOCAL_IN_GLOBAL: { name: "v", variable: "theta" },
  RANDOM_OPERAND: { distribution: "Normal", parameter: "sigma" },
  TOO_MANY_DRAWS: { model: 'neuron "LIF"', most: 256 },
  NOT_AFFINE_IN_GRADIENT: { name: "v" },
  NOT_LINEAR: { name: "v", method: "exponential" },
  NO_DERIVATIVE: { name: "gamma", variable: "v" },
  METHODS_MIXED: { name: "u", method: "rk4", other: "v", otherMethod: "midpoint" },
  EVENT_DRIVEN_VARIABLE: { name: "x", variable: "y" },
  UNSUPPORTED: { construct: "a synapse model" },
  ENGINE_NOT_BUILT: { path: "native/build/Release/neurarchy.node" },
  NO_COMPILER: { tried: ["gcc", "clang", "cc"] },
  COMPILER_FAILED: { compiler: "gcc", file: "lif.c", output: "lif.c:1: error" },
  NOT_COMPILED: { call: "simulate" },
  NOT_CONVERGED: { object: 'population "exc"', variable: "v", element: 3, step: 120 },
  INVALID_CALLBACK: { option: "period", value: "NaN", expected: "a time [ms]" },
  RUN_IN_CALLBACK: { call: "step()", run: "simulate(100)" },
  RESET_PROJECTIONS_TOO: {},
  NO_STOP_CONDITION: { population: 'population "pop0"' },
  SKIPPED_IN_RESET: { object: 'population "pop0"', name: "vv" },
  RATE_CODED_ALREADY: { population: 'population "pop0"' },
  INVALID_WINDOW: { population: 'population "pop0"', window: "-1" },
  NO_SUCH_FUNCTION: { name: "sigmoid", names: ["logistic", "step"] },
  UNEQUAL_ARGUMENTS: { name: "sigmoid", lengths: [3, 2] },
  INVALID_ARGUMENT: { name: "sigmoid", value: "a" },
  NO_RATES: { input: "TimedArray", options: "rates or geometry" },
  NO_DATA: { population: 'population "pop0"' },
  NO_BLOCKS: { population: 'population "pop0"' },
  RATES_SHAPE: { population: 'population "pop0"', shape: [3, 5], geometry: [4] },
  INVALID_SCHEDULE: { population: 'population "pop0"', schedule: "3,1" },
  LONG_SCHEDULE: { population: 'population "pop0"', onsets: 4, blocks: 3 },
  SHORT_SCHEDULE: { population: 'population "pop0"', onsets: 2, blocks: 3 },
  READ_BEFORE_COMPILE: { object: 'population "pop0"', attribute: "r" },
  GIVEN_BY_RATES: { population: 'population "pop0"' },
  INVALID_SPIKE_TIMES: { population: 'population "pop0"', value: "soon" },
  WRONG_SPIKE_LISTS: { population: 'population "pop0"', size: 3, given: 2 },
  BIN_BELOW_STEP: { bins: 0.5, dt: 1 },
  NOT_DRAWABLE: { call: "raster", expected: "a monitor of spikes" },
  NOT_RECORDED: { monitor: "monitor0", variable: "spike", variables: ["v", "u"] },
  COLUMN_OUT_OF_RANGE: { call: "trace", column: 7, columns: 3 },
  EMPTY_TIME_RANGE: { call: "raster", from: 200, to: 100 },
  INVALID_SEED: { seed: "-1" },
  INVALID_RANGE: { call: "integers", min: 5, max: 2 },
  TOO_MANY_CHOICES: { wanted: 10, available: 5 },
  INVALID_DISTRIBUTION: { distribution: "Uniform", parameters: [1, 0], rule: "min < max" },
  INVALID_SLICE: { text: "1:b" },
  INVALID_INDEX: { index: "4, 0", shape: [3, 2] },
  INVALID_SHAPE: { shape: [3, 2], size: 5 },
  INVALID_ARRAY: { what: '"abc"' },
  RAGGED_ARRAY: {},
  NO_FURTHER_OPTIONS: { object: 'population "pop0"' },
  DUPLICATE_CONSTANT: { name: "alpha" },
  INVALID_CONSTANT: { name: "alpha", value: "NaN" },
  MISSING_END: { end: "post" },
  MISSING_TARGET: {},
  UNKNOWN_POPULATION: { name: "pop3", names: ["pop0", "pop1"] },
  CONNECTED_TWICE: { projection: 'projection "proj0"' },
  REPEATED_RANK: { projection: 'projection "proj0"', end: "pre" },
  NETWORK_CLEARED: { object: 'population "pop0"' },
  SIZES_DIFFER: { projection: 'projection "proj0"', pre: 10, post: 8 },
  NO_SYNAPSES_YET: { projection: 'projection "proj0"', call: "w" },
  SINGLE_WEIGHT: { projection: 'projection "proj0"' },
  WRONG_ROWS: { projection: 'projection "proj0"', rows: 10, given: 3 },
  WRONG_ROW: { projection: 'projection "proj0"', post: 4, synapses: 80, given: 79 },
  UNCONNECTED: { projection: 'projection "proj0"' },
  UNKNOWN_TARGET: {
    projection: 'projection "proj0"',
    target: "ecx",
    neuron: 'neuron "LIF"',
    nearest: "exc",
  },
  DUPLICATE_NAME: { kind: "population", name: "pop0" },
  ADDED_AFTER_COMPILE: { object: 'population "pop1"' },
  NOT_TAKEN: { object: 'population "pop1"' },
  FOREIGN_OBJECT: { object: 'population "pop1"' },
  INVALID_DURATION: { call: "simulate", duration: "-10" },
  RUN_TIME: { network: 0, simulated: 1, seconds: 0.25 },
  TOO_MANY_THREADS: { threads: 64, available: 8 },
  TIME_BEFORE_COMPILE: {},
  NO_MATCH: { filter: 'target "exc"' },
  NOT_FOUND: { kind: "population", name: "pop3" },
  NOT_RECORDABLE: { object: 'population "pop0"', variable: "w", reason: "it has no such variable" },
  NOT_MONITORABLE: { value: "a number" },
  MONITOR_STOPPED: { monitor: "monitor0" },
  INVALID_PERIOD: { monitor: "monitor0", period: 0, offset: 0 },
  COMPILED_ALREADY: { call: "compile()" },
  RUN_PENDING: { call: "pop.v", run: "simulate(1000)" },
  INTERRUPTED: { done: 120, total: 1000 },
  INVALID_SETTING: { option: "dt", value: "0", expected: "a positive number [ms]" },
  UNKNOWN_KEY: { key: "numThread", nearest: "numThreads" },
  IGNORED_KEYS: { keys: ["disableSIMDEq"] },
  DT_CHANGED: { dt: 0.1 },
  READ_ONLY: { what: "seed" },
  INVALID_GEOMETRY: { geometry: "0" },
  NO_NEURON: {},
  UNKNOWN_ATTRIBUTE: { object: 'population "pop0"', name: "V", nearest: "v" },
  HIDDEN_ATTRIBUTE: { attribute: "size", object: 'population "pop0"' },
  WRONG_LENGTH: {
    object: 'population "pop0"',
    attribute: "v",
    shape: [3],
    size: 12,
    geometry: [3, 4],
  },
  GLOBAL_ATTRIBUTE: { object: 'population "pop0"', attribute: "tau" },
  GLOBAL_THROUGH_VIEW: { object: 'view of population "pop0"', attribute: "tau" },
  INVALID_VALUE: { object: 'population "pop0"', attribute: "v", value: '"abc"' },
  NO_REFRACTORY: { object: 'population "pop0"', attribute: null },
  NO_INPUT: { object: 'population "pop0"', target: "exc", compiled: true },
  NO_SUCH_RANK: { rank: 12, population: "pop0", size: 12, geometry: [3, 4] },
  NO_SUCH_NEURON: { coordinates: "3, 0", population: "pop0", geometry: [3, 4] },
  VIEW_DIMENSIONS: { given: 3, population: "pop0", geometry: [3, 4] },
  INVALID_VIEW: { view: "abc", population: "pop0", size: 12 },
  EMPTY_VIEW: { view: "5:5", population: "pop0" },
  BACKWARD_VIEW: { view: "::-1", population: "pop0" },
  UNRELATED_VIEWS: { one: "view0", other: "view1" },
  UNKNOWN_CONNECTOR_OPTION: {
    connector: "allToAll",
    option: "weight",
    known: ["weights", "delays"],
  },
  MISSING_OPTION: { connector: "fixedProbability", option: "probability" },
  INVALID_CONNECTOR_OPTION: {
    connector: "fixedProbability",
    option: "probability",
    value: "-0.1",
    expected: "a number from 0 to 1",
  },
};

describe("sentences", () => {
  const lines = Object.entries(examples).map(([code, problem]) => {
    const text = render({ code: code as Code, problem, span: null });
    return { code, text };
  });

  it("read as in the golden file", async () => {
    const page = lines.map(({ code, text }) => `${code}\n  ${text.replaceAll("\n", "\n  ")}\n`);
    await expect(page.join("\n")).toMatchFileSnapshot("../golden/sentences.txt");
  });

  it.each(lines)("have no final full stop: $code", ({ text }) => {
    expect(text).not.toMatch(/[.!]$/);
    expect(text).not.toMatch(/undefined|\[object/);
  });
});

describe("a problem with a place", () => {
  it("shows the line, a caret under the word, and the way out behind it", () => {
    const text = "tau = 10.0\ntau * dv/dt = -v / tua + g_exc";
    const start = text.indexOf("tua");
    const span = { source: { name: 'neuron "LIF", equations', text }, start, end: start + 3 };
    const problem = examples.UNKNOWN_NAME;
    expect(render({ code: "UNKNOWN_NAME", problem, span })).toBe(
      [
        'unknown name "tua" in neuron "LIF"',
        "  2 | tau * dv/dt = -v / tua + g_exc",
        '    |                    ^^^ did you mean "tau"?',
      ].join("\n"),
    );
  });
});

describe("nearest", () => {
  it.each([
    ["tua", ["tau", "v"], "tau"],
    ["els", ["else", "if"], "else"],
    ["numThread", ["numThreads", "dt"], "numThreads"],
    ["x", ["alpha"], null],
  ])("of %s among %j is %s", (name, candidates, expected) => {
    expect(nearest(name, candidates)).toBe(expected);
  });
});
