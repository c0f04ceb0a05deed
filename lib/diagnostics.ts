import { position, type Span } from "./source.js";

/**
 * Everything that can be wrong with what a user wrote: a stable code, and the facts of the case.
 * The sentence for each code stands in `sentences` below and nowhere else.
 */
export interface Problems {
  // Texts of equations (lib/dsl)
  UNEXPECTED_CHARACTER: { character: string; instead: string | null };
  UNEXPECTED_TOKEN: { found: string; expected: string };
  UNEXPECTED_END: { expected: string };
  UNOPENED_BRACKET: { bracket: string };
  UNCLOSED_BRACKET: { bracket: string };
  UNKNOWN_OPERATOR: { operator: string; instead: string };
  MISSING_OPERATOR: { left: string; right: string };
  MISSING_COLON: { after: "if" | "else" };
  MISSING_ELSE: { found: string | null; nearest: string | null };
  CONDITIONAL_INSIDE: Record<string, never>;
  TEXT_BEFORE_ASSIGNMENT: { text: string };
  SEVERAL_ASSIGNMENTS: Record<string, never>;
  NO_VARIABLE: { left: string };
  SEVERAL_GRADIENTS: Record<string, never>;
  ODE_OPERATOR: { operator: string };
  UNKNOWN_FLAG: { flag: string; nearest: string | null };
  FLAG_VALUE: { flag: string; takesValue: boolean };
  // Models (lib/model, lib/solve)
  UNKNOWN_NAME: { name: string; model: string; nearest: string | null };
  UNKNOWN_FUNCTION: { name: string; model: string; nearest: string | null };
  NOT_A_FUNCTION: { name: string; model: string };
  GRADIENT_ON_RIGHT: { name: string };
  WRONG_NUMBER_OF_OPERANDS: { name: string; least: number; most: number; given: number };
  UNKNOWN_MODEL_OPTION: { option: string; model: string; nearest: string | null };
  INVALID_MODEL_OPTION: { option: string; model: string; expected: string };
  DUPLICATE_ATTRIBUTE: { name: string; model: string };
  RESERVED_NAME: { name: string };
  OUTPUT_MISSING: { model: string };
  OUTPUT_DECLARED: { model: string };
  CONDUCTANCE_PARAMETER: { name: string };
  CONDUCTANCE_KIND: { name: string };
  NOTHING_TO_RESET: { option: string; model: string };
  RESET_UNDECLARED: { name: string; model: string; nearest: string | null };
  RESET_GLOBAL: { name: string };
  NOT_ALLOWED_HERE: { construct: string; where: string };
  FLAG_NOT_HERE: { flag: string; where: string };
  INVALID_INIT: { name: string };
  NOT_A_CONSTANT_VALUE: { name: string };
  LOCAL_IN_GLOBAL: { name: string; variable: string };
  RANDOM_OPERAND: { distribution: string; parameter: string };
  TOO_MANY_DRAWS: { model: string; most: number };
  NOT_AFFINE_IN_GRADIENT: { name: string };
  NOT_LINEAR: { name: string; method: string };
  UNSUPPORTED: { construct: string };
  // Generated code and the engine (lib/compile, lib/native)
  ENGINE_NOT_BUILT: { path: string };
  NO_COMPILER: { tried: readonly string[] };
  COMPILER_FAILED: { compiler: string; file: string; output: string };
  // Analysis and figures (lib/analysis, lib/plot)
  BIN_BELOW_STEP: { bins: number; dt: number };
  NOT_DRAWABLE: { call: string; expected: string };
  NOT_RECORDED: { monitor: string; variable: string; variables: readonly string[] };
  COLUMN_OUT_OF_RANGE: { call: string; column: number; columns: number };
  EMPTY_TIME_RANGE: { call: string; from: number; to: number };
  // Networks (lib/network)
  REPEATED_RANK: { projection: string; end: "pre" | "post" };
  NETWORK_CLEARED: { object: string };
  NO_FURTHER_OPTIONS: { object: string };
  DUPLICATE_CONSTANT: { name: string };
  INVALID_CONSTANT: { name: string; value: string };
  MISSING_END: { end: "pre" | "post" };
  MISSING_TARGET: Record<string, never>;
  UNKNOWN_POPULATION: { name: string; names: readonly string[] };
  CONNECTED_TWICE: { projection: string };
  SIZES_DIFFER: { projection: string; pre: number; post: number };
  NO_SYNAPSES_YET: { projection: string; call: string };
  SINGLE_WEIGHT: { projection: string };
  WRONG_ROWS: { projection: string; rows: number; given: number };
  WRONG_ROW: { projection: string; post: number; synapses: number; given: number };
  UNCONNECTED: { projection: string };
  UNKNOWN_TARGET: { projection: string; target: string; neuron: string; nearest: string | null };
  DUPLICATE_NAME: { kind: string; name: string };
  ADDED_AFTER_COMPILE: { object: string };
  NOT_TAKEN: { object: string };
  FOREIGN_OBJECT: { object: string };
  INVALID_DURATION: { call: string; duration: string };
  RUN_TIME: { network: number; simulated: number; seconds: number };
  TOO_MANY_THREADS: { threads: number; available: number };
  TIME_BEFORE_COMPILE: Record<string, never>;
  NO_MATCH: { filter: string };
  NOT_FOUND: { kind: string; name: string };
  NOT_RECORDABLE: { object: string; variable: string; reason: string };
  NOT_MONITORABLE: { value: string };
  MONITOR_STOPPED: { monitor: string };
  INVALID_PERIOD: { monitor: string; period: number; offset: number };
  COMPILED_ALREADY: { call: string };
  RUN_PENDING: { call: string; run: string };
  INTERRUPTED: { done: number; total: number };
  INVALID_SETTING: { option: string; value: string; expected: string };
  UNKNOWN_KEY: { key: string; nearest: string | null };
  IGNORED_KEYS: { keys: readonly string[] };
  DT_CHANGED: { dt: number };
  READ_ONLY: { what: string };
  INVALID_GEOMETRY: { geometry: string };
  NO_NEURON: Record<string, never>;
  UNKNOWN_ATTRIBUTE: { object: string; name: string; nearest: string | null };
  HIDDEN_ATTRIBUTE: { attribute: string; object: string };
  WRONG_LENGTH: {
    object: string;
    attribute: string;
    shape: readonly number[];
    size: number;
    geometry: readonly number[];
  };
  GLOBAL_ATTRIBUTE: { object: string; attribute: string };
  GLOBAL_THROUGH_VIEW: { object: string; attribute: string };
  INVALID_VALUE: { object: string; attribute: string; value: string };
  NO_REFRACTORY: { object: string; attribute: string | null };
  NO_INPUT: { object: string; target: string; compiled: boolean };
  NO_SUCH_RANK: { rank: number; population: string; size: number; geometry: readonly number[] };
  NO_SUCH_NEURON: { coordinates: string; population: string; geometry: readonly number[] };
  VIEW_DIMENSIONS: { given: number; population: string; geometry: readonly number[] };
  INVALID_VIEW: { view: string; population: string; size: number };
  EMPTY_VIEW: { view: string; population: string };
  BACKWARD_VIEW: { view: string; population: string };
  UNRELATED_VIEWS: { one: string; other: string };
  NOT_COMPILED: { call: string };
  // Arrays and random numbers (lib/array, lib/random)
  INVALID_SEED: { seed: string };
  INVALID_RANGE: { call: string; min: number; max: number };
  TOO_MANY_CHOICES: { wanted: number; available: number };
  INVALID_DISTRIBUTION: { distribution: string; parameters: readonly number[]; rule: string };
  INVALID_SLICE: { text: string };
  INVALID_INDEX: { index: string; shape: readonly number[] };
  INVALID_SHAPE: { shape: readonly number[]; size: number };
  INVALID_ARRAY: { what: string };
  RAGGED_ARRAY: Record<string, never>;
  // Connectors (lib/connect)
  UNKNOWN_CONNECTOR_OPTION: { connector: string; option: string; known: readonly string[] };
  MISSING_OPTION: { connector: string; option: string };
  INVALID_CONNECTOR_OPTION: { connector: string; option: string; value: string; expected: string };
}

/** The stable name of a problem. */
export type Code = keyof Problems;

const sentences: { readonly [C in Code]: (problem: Problems[C]) => string } = {
  // Texts of equations (lib/dsl)
  UNEXPECTED_CHARACTER: ({ character }) => `unexpected character ${quote(character)}`,
  UNEXPECTED_TOKEN: ({ found, expected }) => `unexpected ${quote(found)}, expected ${expected}`,
  UNEXPECTED_END: ({ expected }) => `the statement ends too early, expected ${expected}`,
  UNOPENED_BRACKET: ({ bracket }) => `the bracket ${quote(bracket)} closes nothing`,
  UNCLOSED_BRACKET: ({ bracket }) => `the bracket ${quote(bracket)} is never closed`,
  UNKNOWN_OPERATOR: ({ operator }) => `${quote(operator)} is not an operator of equations`,
  MISSING_OPERATOR: ({ left, right }) =>
    `missing operator between ${quote(left)} and ${quote(right)}`,
  MISSING_COLON: ({ after }) =>
    after === "if"
      ? 'expected ":" after the condition of "if"'
      : `expected ":" after ${quote(after)}`,
  MISSING_ELSE: ({ found }) =>
    found === null ? 'the conditional has no "else"' : `expected "else", found ${quote(found)}`,
  CONDITIONAL_INSIDE: () => "a conditional must be the whole right-hand side",
  TEXT_BEFORE_ASSIGNMENT: ({ text }) => `${quote(text)} assigns nothing and continues nothing`,
  SEVERAL_ASSIGNMENTS: () => "a second assignment in one statement",
  NO_VARIABLE: ({ left }) =>
    left === ""
      ? "the assignment has no variable on its left"
      : `${quote(left)} is neither a variable nor an equation with a gradient`,
  SEVERAL_GRADIENTS: () => "a second gradient in one equation",
  ODE_OPERATOR: ({ operator }) => `an equation with a gradient cannot use ${quote(operator)}`,
  UNKNOWN_FLAG: ({ flag }) => `unknown flag ${quote(flag)}`,
  FLAG_VALUE: ({ flag, takesValue }) =>
    takesValue ? `the flag ${quote(flag)} needs a value` : `the flag ${quote(flag)} has no value`,
  // Models (lib/model, lib/solve)
  UNKNOWN_NAME: ({ name, model }) => `unknown name ${quote(name)} in ${model}`,
  UNKNOWN_FUNCTION: ({ name, model }) => `unknown function ${quote(name)} in ${model}`,
  NOT_A_FUNCTION: ({ name, model }) => `${quote(name)} is a value in ${model}, not a function`,
  GRADIENT_ON_RIGHT: ({ name }) => `the gradient d${name}/dt must stand on the left side, once`,
  WRONG_NUMBER_OF_OPERANDS: ({ name, least, most, given }) => {
    const wanted = least === most ? `${least}` : `at least ${least}`;
    return `${name}() takes ${wanted} argument${wanted === "1" ? "" : "s"}, not ${given}`;
  },
  UNKNOWN_MODEL_OPTION: ({ option, model }) => `unknown option ${quote(option)} of ${model}`,
  INVALID_MODEL_OPTION: ({ option, model, expected }) =>
    `the option ${quote(option)} of ${model} must be ${expected}`,
  DUPLICATE_ATTRIBUTE: ({ name, model }) => `${quote(name)} is declared twice in ${model}`,
  RESERVED_NAME: ({ name }) => `the name ${quote(name)} is reserved`,
  OUTPUT_MISSING: ({ model }) =>
    `${model} has neither a spike condition nor a parameter or variable "r"`,
  OUTPUT_DECLARED: ({ model }) => `${model} spikes: its firing rate "r" cannot be declared`,
  CONDUCTANCE_PARAMETER: ({ name }) =>
    `${quote(name)} is the name of an input and cannot be a parameter of a spiking neuron`,
  CONDUCTANCE_KIND: ({ name }) => `the input ${quote(name)} must be local and of type float`,
  NOTHING_TO_RESET: ({ option, model }) =>
    `${model} has the option ${quote(option)} but no spike condition`,
  RESET_UNDECLARED: ({ name, model }) =>
    `the reset changes ${quote(name)}, which is not a variable of ${model}`,
  RESET_GLOBAL: ({ name }) =>
    `the reset of one neuron cannot change ${quote(name)}, which all neurons share`,
  NOT_ALLOWED_HERE: ({ construct, where }) => `${construct} cannot be used in ${where}`,
  FLAG_NOT_HERE: ({ flag, where }) => `the flag ${quote(flag)} cannot be used in ${where}`,
  INVALID_INIT: ({ name }) =>
    `the initial value of ${quote(name)} must be a number, a distribution, or the name of a parameter or constant`,
  NOT_A_CONSTANT_VALUE: ({ name }) =>
    `the value of the parameter ${quote(name)} must be made of numbers, or be the name of a constant`,
  LOCAL_IN_GLOBAL: ({ name, variable }) =>
    `${quote(variable)} has one value per population and cannot depend on ${quote(name)}, which has one per neuron`,
  RANDOM_OPERAND: ({ distribution, parameter }) =>
    `${quote(parameter)} of ${distribution} must be a number, or the name of a global attribute or constant`,
  TOO_MANY_DRAWS: ({ model, most }) => `${model} has more than ${most} random terms`,
  NOT_AFFINE_IN_GRADIENT: ({ name }) => `the equation cannot be solved for d${name}/dt`,
  NOT_LINEAR: ({ name, method }) =>
    `the method ${quote(method)} needs an equation that is linear in ${quote(name)}`,
  UNSUPPORTED: ({ construct }) => `${construct} is not supported yet`,
  // Generated code and the engine (lib/compile, lib/native)
  ENGINE_NOT_BUILT: ({ path }) => `the native engine is not built (${path}), run ./install.sh`,
  NO_COMPILER: ({ tried }) => `no C compiler found, tried ${tried.join(", ")}`,
  COMPILER_FAILED: ({ compiler, file, output }) => `${compiler} refused ${file}\n${output}`,
  NOT_COMPILED: ({ call }) => `${call}(): the network is not compiled yet, call compile() first`,
  BIN_BELOW_STEP: ({ bins, dt }) => `bins of ${bins} ms are narrower than a step of ${dt} ms`,
  NOT_DRAWABLE: ({ call, expected }) => `${call}(): cannot draw this value, give ${expected}`,
  NOT_RECORDED: ({ monitor, variable, variables }) =>
    `monitor ${quote(monitor)} does not record ${quote(variable)}, it records ${variables.map(quote).join(", ")}`,
  COLUMN_OUT_OF_RANGE: ({ call, column, columns }) =>
    `${call}(): there is no neuron ${column} in data of ${columns} neuron(s)`,
  EMPTY_TIME_RANGE: ({ call, from, to }) =>
    `${call}(): the range from ${from} ms to ${to} ms is empty`,
  // Arrays and random numbers (lib/array, lib/random)
  INVALID_SEED: ({ seed }) => `seed: ${seed} is not a whole number from 0 to 4294967295`,
  INVALID_RANGE: ({ call, min, max }) =>
    `${call}(): ${min} to ${max} is not a range of whole numbers`,
  TOO_MANY_CHOICES: ({ wanted, available }) =>
    `choice(): cannot draw ${wanted} of ${available} values without replacement`,
  INVALID_DISTRIBUTION: ({ distribution, parameters, rule }) =>
    `${distribution}(${parameters.join(", ")}): must have ${rule}`,
  INVALID_SLICE: ({ text }) =>
    `${quote(text)} is not an index or a range, write for example "3", "1:5" or "::2"`,
  INVALID_INDEX: ({ index, shape }) =>
    `no element ${quote(index)} in an array of shape (${shape.join(", ")})`,
  INVALID_SHAPE: ({ shape, size }) => `${size} values cannot have the shape (${shape.join(", ")})`,
  INVALID_ARRAY: ({ what }) => `not an array of numbers: ${what}`,
  RAGGED_ARRAY: () => "the rows of an array must have one length",
  // Networks (lib/network)
  REPEATED_RANK: ({ projection, end }) => `${projection}: the ${end} view has a neuron twice`,
  NETWORK_CLEARED: ({ object }) => `${object}: its network was cleared`,
  NO_FURTHER_OPTIONS: ({ object }) => `create(): ${object} is complete, give it alone`,
  DUPLICATE_CONSTANT: ({ name }) =>
    `there is a constant ${quote(name)} already, change it with set()`,
  INVALID_CONSTANT: ({ name, value }) =>
    `constant ${quote(name)} = ${value}: must be a finite number`,
  MISSING_END: ({ end }) =>
    `a projection needs its ${end}: a population, a view, a neuron or the name of a population`,
  MISSING_TARGET: () => 'a projection needs a target, for example { target: "exc" }',
  UNKNOWN_POPULATION: ({ name, names }) =>
    `no population ${quote(name)}, there are ${names.map(quote).join(", ")}`,
  CONNECTED_TWICE: ({ projection }) =>
    `${projection} was connected before, this connector replaces the other`,
  SIZES_DIFFER: ({ projection, pre, post }) =>
    `${projection}: ${pre} neurons are connected one to one to ${post}, the rest has no partner`,
  NO_SYNAPSES_YET: ({ projection, call }) =>
    `${call}: ${projection} has no synapses before compile()`,
  SINGLE_WEIGHT: ({ projection }) =>
    `${projection} stores one weight for all synapses, assign a number or connect with forceMultipleWeights: true`,
  WRONG_ROWS: ({ projection, rows, given }) =>
    `${projection} has ${rows} post-synaptic neurons, a list of ${given} does not fit`,
  WRONG_ROW: ({ projection, post, synapses, given }) =>
    `${projection}: the post-synaptic neuron ${post} receives ${synapses} synapses and not ${given}`,
  UNCONNECTED: ({ projection }) =>
    `${projection} has not been connected, call a connector such as allToAll({ weights: 1.0 })`,
  UNKNOWN_TARGET: ({ projection, target, neuron }) =>
    `${projection}: ${neuron} never reads the target ${quote(target)}`,
  DUPLICATE_NAME: ({ kind, name }) => `two ${kind}s have the name ${quote(name)}`,
  ADDED_AFTER_COMPILE: ({ object }) =>
    `${object} was made after compile() and is not part of the simulation`,
  NOT_TAKEN: ({ object }) => `${object} already belongs to a network`,
  FOREIGN_OBJECT: ({ object }) => `${object} belongs to another network`,
  INVALID_DURATION: ({ call, duration }) =>
    `${call}(${duration}): must be a time of at least 0 [ms] and at most 2147483647 steps`,
  RUN_TIME: ({ network, simulated, seconds }) =>
    `simulating ${simulated} s of network ${network} took ${seconds.toFixed(3)} s`,
  TOO_MANY_THREADS: ({ threads, available }) =>
    `numThreads = ${threads}: this machine has ${available}`,
  TIME_BEFORE_COMPILE: () => "time can only be set when the network is compiled",
  NO_MATCH: ({ filter }) => `no projection with ${filter}`,
  NOT_FOUND: ({ kind, name }) => `no ${kind} ${quote(name)}`,
  NOT_RECORDABLE: ({ object, variable, reason }) =>
    `${quote(variable)} of ${object} cannot be recorded: ${reason}`,
  NOT_MONITORABLE: ({ value }) => `a monitor records a population or a view, not ${value}`,
  MONITOR_STOPPED: ({ monitor }) =>
    `monitor ${quote(monitor)} was stopped and cannot be used any more`,
  INVALID_PERIOD: ({ monitor, period, offset }) =>
    `monitor ${quote(monitor)}: period ${period} ms, periodOffset ${offset} ms: the period must be at least one step, the offset at least 0 and smaller than the period`,
  COMPILED_ALREADY: ({ call }) => `${call}: the network has already been compiled`,
  RUN_PENDING: ({ call, run }) => `${call}: ${run} has not ended yet, add "await" in front of it`,
  INTERRUPTED: ({ done, total }) =>
    `interrupted after ${done} of ${total} steps, a later run continues from there`,
  INVALID_SETTING: ({ option, value, expected }) => `${option} = ${value}: must be ${expected}`,
  UNKNOWN_KEY: ({ key }) => `unknown configuration key ${quote(key)} is ignored`,
  IGNORED_KEYS: ({ keys }) =>
    `${keys.map(quote).join(", ")}: no effect, the engine decides this itself`,
  DT_CHANGED: ({ dt }) =>
    `dt is now ${dt} ms, delays that were set before keep their number of steps`,
  READ_ONLY: ({ what }) => `${what} cannot be assigned`,
  INVALID_GEOMETRY: ({ geometry }) =>
    `geometry ${geometry}: must be a positive whole number or a list of them`,
  NO_NEURON: () => "a population needs a neuron model, give { neuron: new Neuron({ … }) }",
  UNKNOWN_ATTRIBUTE: ({ object, name }) => `${object} has no attribute ${quote(name)}`,
  HIDDEN_ATTRIBUTE: ({ attribute, object }) =>
    `${object}: the attribute ${quote(attribute)} has the name of a member, use get(${quote(attribute)}) and set({ ${attribute}: … })`,
  WRONG_LENGTH: ({ object, attribute, shape, size, geometry }) =>
    `${attribute} of ${object}: an array of shape (${shape.join(", ")}) does not fit ${size} neurons${geometry.length > 1 ? ` of geometry (${geometry.join(", ")})` : ""}`,
  GLOBAL_ATTRIBUTE: ({ object, attribute }) =>
    `${attribute} of ${object} is one value for all neurons, assign a number`,
  GLOBAL_THROUGH_VIEW: ({ object, attribute }) =>
    `${attribute} is one value for all neurons, it cannot be set through ${object}`,
  INVALID_VALUE: ({ object, attribute, value }) =>
    `${attribute} of ${object}: ${value} is neither a number, an array nor a distribution`,
  NO_REFRACTORY: ({ object, attribute }) =>
    `${object}: refractory has no effect, ${attribute === null ? "its model has no refractory period" : `its model reads the refractory period from ${quote(attribute)}`}`,
  NO_INPUT: ({ object, target, compiled }) =>
    `sum(${quote(target)}): ${compiled ? `${object} receives no projection with this target` : "the network is not compiled yet"}, the result is zeros`,
  NO_SUCH_RANK: ({ rank, population, size, geometry }) =>
    `no neuron of rank ${rank} in population ${quote(population)}, which has ${size} (geometry ${geometry.join(", ")})`,
  NO_SUCH_NEURON: ({ coordinates, population, geometry }) =>
    `no neuron at (${coordinates}) in population ${quote(population)} of geometry (${geometry.join(", ")})`,
  VIEW_DIMENSIONS: ({ given, population, geometry }) =>
    `${given} indices do not match the geometry (${geometry.join(", ")}) of population ${quote(population)}`,
  INVALID_VIEW: ({ view, population, size }) =>
    `view(${view}): population ${quote(population)} is addressed by ranks, ranges or a mask of ${size} booleans`,
  EMPTY_VIEW: ({ view, population }) =>
    `view(${view}) has no neuron of population ${quote(population)}`,
  BACKWARD_VIEW: ({ view, population }) =>
    `view(${view}) of population ${quote(population)}: the step must be positive`,
  UNRELATED_VIEWS: ({ one, other }) =>
    `views of two populations, ${quote(one)} and ${quote(other)}, have no union`,
  // Connectors (lib/connect)
  UNKNOWN_CONNECTOR_OPTION: ({ connector, option, known }) =>
    `${connector}(): unknown option ${quote(option)}, it has ${known.join(", ")}`,
  MISSING_OPTION: ({ connector, option }) =>
    `${connector}(): the option ${quote(option)} is missing`,
  INVALID_CONNECTOR_OPTION: ({ connector, option, value, expected }) =>
    `${connector}(): ${option} = ${value}, must be ${expected}`,
};

/** What stands behind the caret: the way out, where one is known. */
const hints: { readonly [C in Code]?: (problem: Problems[C]) => string | null } = {
  UNEXPECTED_CHARACTER: ({ instead }) => (instead === null ? null : `write ${quote(instead)}`),
  UNKNOWN_OPERATOR: ({ instead }) => `write ${quote(instead)}`,
  MISSING_OPERATOR: ({ left, right }) => `multiplication is written ${quote(`${left} * ${right}`)}`,
  MISSING_ELSE: ({ nearest }) => didYouMean(nearest),
  CONDITIONAL_INSIDE: () => 'write "ite(condition, then, otherwise)"',
  UNKNOWN_FLAG: ({ nearest }) => didYouMean(nearest),
  UNKNOWN_NAME: ({ nearest }) => didYouMean(nearest),
  UNKNOWN_FUNCTION: ({ nearest }) => didYouMean(nearest),
  UNKNOWN_MODEL_OPTION: ({ nearest }) => didYouMean(nearest),
  RESET_UNDECLARED: ({ nearest }) => didYouMean(nearest),
  CONDUCTANCE_PARAMETER: ({ name }) => `call it for example ${quote(name.replace("_", ""))}`,
  NO_COMPILER: () => 'install gcc, or name a compiler in the environment variable "CC"',
  // Networks (lib/network)
  UNKNOWN_TARGET: ({ nearest }) => (nearest === null ? null : `did you mean ${quote(nearest)}?`),
  UNKNOWN_KEY: ({ nearest }) => (nearest === null ? null : `did you mean ${quote(nearest)}?`),
  UNKNOWN_ATTRIBUTE: ({ nearest }) => (nearest === null ? null : `did you mean ${quote(nearest)}?`),
};

/** One mistake, with its place when it came from a text. */
export interface Diagnostic<C extends Code = Code> {
  readonly code: C;
  readonly problem: Problems[C];
  readonly span: Span | null;
}

/** The sentence of a problem, without place. */
export function sentence<C extends Code>(code: C, problem: Problems[C]): string {
  return sentences[code](problem);
}

/** The sentence, and under it the line of the text with a caret and the hint. */
export function render<C extends Code>(diagnostic: Diagnostic<C>): string {
  const { code, problem, span } = diagnostic;
  const text = sentence(code, problem);
  const hint = hints[code]?.(problem) ?? null;
  if (span === null) return hint === null ? text : `${text}; ${hint}`;
  return `${text}\n${caretFrame(span, hint)}`;
}

/**
 * ```
 *   1 | tau * dv/dt = -v / tua + g_exc
 *     |                    ^^^ did you mean "tau"?
 * ```
 */
function caretFrame(span: Span, hint: string | null): string {
  const { line, column } = position(span.source, span.start);
  const text = span.source.text.split("\n")[line - 1] ?? "";
  const width = Math.max(1, Math.min(span.end - span.start, text.length - column + 1));
  const gutter = String(line);
  const underline = `${" ".repeat(column - 1)}${"^".repeat(width)}${hint === null ? "" : ` ${hint}`}`;
  return `  ${gutter} | ${text}\n  ${" ".repeat(gutter.length)} | ${underline}`;
}

function quote(text: string): string {
  return JSON.stringify(text);
}

function didYouMean(name: string | null): string | null {
  return name === null ? null : `did you mean ${quote(name)}?`;
}

/** The candidate with the smallest edit distance, if it is near enough to be a slip of the pen. */
export function nearest(name: string, candidates: Iterable<string>): string | null {
  let best: string | null = null;
  let bestDistance = Math.max(1, Math.floor(name.length / 3)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** Damerau–Levenshtein distance, optimal string alignment: a transposition counts one. */
function editDistance(a: string, b: string): number {
  const rows: number[][] = Array.from({ length: a.length + 1 }, (_, i) => [i]);
  for (let j = 0; j <= b.length; j++) rows[0]![j] = j;
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min(
        rows[i - 1]![j]! + 1,
        rows[i]![j - 1]! + 1,
        rows[i - 1]![j - 1]! + change,
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        least = Math.min(least, rows[i - 2]![j - 2]! + 1);
      }
      rows[i]![j] = least;
    }
  }
  return rows[a.length]![b.length]!;
}
