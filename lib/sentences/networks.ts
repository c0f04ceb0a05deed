import { quote, type Hints, type Sentences } from "./words.js";

/** Networks and connectors (lib/network, lib/connect). */
export interface NetworkProblems {
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
  PROJECTION_WIDE: { projection: string; attribute: string };
  WRONG_MATRIX: { projection: string; given: readonly number[]; expected: readonly number[] };
  DELAY_MATRIX: {
    weights: readonly number[];
    delays: readonly number[];
    entry: readonly number[] | null;
  };
  INVALID_SPARSE: { reason: string };
  NOT_AN_END: { projection: string; end: "pre" | "post"; rank: number };
  INVALID_SYNAPSES: { what: string; post: number; synapses: number; given: number };
  DUPLICATE_SYNAPSE: { projection: string; pre: number; post: number };
  NOT_A_CONNECTIVITY: { projection: string; value: string };
  IGNORED_OPTION: { projection: string; option: string };
  ROWS_UNSORTED: { projection: string; post: number };
  ROWS_MERGED: { projection: string; post: number };
  UNBOUNDED_DELAYS: { connector: string };
  TOO_FEW_PARTNERS: {
    projection: string;
    connector: string;
    end: "pre" | "post";
    number: number;
    partners: number;
  };
  PROFILE_OF_VIEW: { projection: string; connector: string; end: "pre" | "post" };
  PROFILE_DIMENSIONS: {
    projection: string;
    connector: string;
    pre: readonly number[];
    post: readonly number[];
  };
  STORAGE_FORMAT: { projection: string; format: string; reason: string };
  EXPERIMENTAL_STORAGE: { format: string; order: string };
  MATRIX_MARKET: { file: string; line: number; reason: string };
  NOT_MATRIX_MARKET: { file: string };
  NO_DELAYS: { projection: string };
  UNIFORM_DELAY: { projection: string };
  OWN_DELAYS: { projection: string };
  LEARNING_BEFORE_COMPILE: { projection: string };
  INVALID_LEARNING: { projection: string; reason: string };
  NO_DENDRITE: { projection: string; rank: number };
  NO_SYNAPSE: { dendrite: string; rank: number };
  SYNAPSE_EXISTS: { dendrite: string; rank: number };
  STRUCTURE_OFF: { call: string };
  NO_RULE: { projection: string; rule: string };
  RULE_PERIOD: { projection: string; rule: string; period: string };
  RULE_DELAY: { projection: string; delay: number; limit: number; uniform: boolean };
  UNMATCHED_LIST: { call: string; option: string; wanted: number; given: number };
  NO_SYNAPSE_MODEL: { value: string };
  EVERY_STEP: { monitor: string };
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
  NOT_CONVERGED: { object: string; variable: string; element: number; step: number };
  INVALID_CALLBACK: { option: string; value: string; expected: string };
  RUN_IN_CALLBACK: { call: string; run: string };
  RESET_PROJECTIONS_TOO: Record<string, never>;
  NO_STOP_CONDITION: { population: string };
  SKIPPED_IN_RESET: { object: string; name: string };
  RATE_CODED_ALREADY: { population: string };
  INVALID_WINDOW: { population: string; window: string };
  NO_SUCH_FUNCTION: { name: string; names: readonly string[] };
  UNEQUAL_ARGUMENTS: { name: string; lengths: readonly number[] };
  INVALID_ARGUMENT: { name: string; value: string };
  NO_RATES: { input: string; options: string };
  NO_DATA: { population: string };
  NO_BLOCKS: { population: string };
  RATES_SHAPE: { population: string; shape: readonly number[]; geometry: readonly number[] };
  INVALID_SCHEDULE: { population: string; schedule: string };
  LONG_SCHEDULE: { population: string; onsets: number; blocks: number };
  SHORT_SCHEDULE: { population: string; onsets: number; blocks: number };
  READ_BEFORE_COMPILE: { object: string; attribute: string };
  GIVEN_BY_RATES: { population: string };
  INVALID_SPIKE_TIMES: { population: string; value: string };
  WRONG_SPIKE_LISTS: { population: string; size: number; given: number };
  UNKNOWN_CONNECTOR_OPTION: { connector: string; option: string; known: readonly string[] };
  MISSING_OPTION: { connector: string; option: string };
  INVALID_CONNECTOR_OPTION: { connector: string; option: string; value: string; expected: string };
  CANNOT_READ: { file: string; reason: string };
  NOT_A_NETWORK: { call: string; value: string };
  REPORT_SUFFIX: { file: string };
  CANNOT_WRITE: { file: string; reason: string };
  WRITTEN_ONLY: { file: string };
  NO_HDF5: { file: string; package: string };
  WRONG_CONTENT: { file: string; found: string; expected: string; advice: string | null };
  FILE_MISMATCH: { file: string; object: string; reason: string };
  SKIPPED_IN_LOAD: { file: string; object: string; name: string };
  NOT_IN_FILE: { file: string; object: string };
  NOT_IN_NETWORK: { file: string; object: string };
  RECORDED_SYNAPSES: { projection: string };
  SKIPPED_PARAMETER: { file: string; object: string; name: string; reason: string };
  FILE_TYPE: { call: string; file: string; types: readonly string[] };
  ONE_VARIABLE: { monitor: string; file: string; variables: readonly string[] };
}

/** The sentence of each. */
export const networkSentences: Sentences<NetworkProblems> = {
  NOT_COMPILED: ({ call }) => `${call}(): the network is not compiled yet, call compile() first`,
  NOT_CONVERGED: ({ object, variable, element, step }) =>
    `${object}: the implicit equation of ${quote(variable)} found no solution for element ${element} in step ${step}`,
  INVALID_CALLBACK: ({ option, value, expected }) =>
    `every(): ${option} = ${value}, must be ${expected}`,
  RUN_IN_CALLBACK: ({ call, run }) =>
    `${call}: a callback of ${run} cannot wait for another run of its network`,
  RESET_PROJECTIONS_TOO: () => "reset(): synapses are reset with their projections",
  NO_STOP_CONDITION: ({ population }) =>
    `simulateUntil(): ${population} has no stop condition, it does not end the run`,
  SKIPPED_IN_RESET: ({ object, name }) => `reset(): ${object} has no attribute ${quote(name)}`,
  RATE_CODED_ALREADY: ({ population }) =>
    `computeFiringRate(): ${population} is rate-coded, its neurons have no spikes to count`,
  INVALID_WINDOW: ({ population, window }) =>
    `computeFiringRate(${window}) of ${population}: must be a time of at least 0 [ms]`,
  NO_SUCH_FUNCTION: ({ name, names }) =>
    `no function ${quote(name)}, ${names.length === 0 ? "none was added" : `there are ${names.map(quote).join(", ")}`}`,
  UNEQUAL_ARGUMENTS: ({ name, lengths }) =>
    `${name}(): the lists of arguments have ${lengths.join(", ")} values, they must have as many`,
  INVALID_ARGUMENT: ({ name, value }) =>
    `${name}(): the arguments are numbers or lists of numbers, not ${value}`,
  NO_RATES: ({ input, options }) => `${input}: give ${options}`,
  NO_DATA: ({ population }) => `${population} has no data yet, its output is 0 until update()`,
  NO_BLOCKS: ({ population }) => `${population}: the rates have no block`,
  RATES_SHAPE: ({ population, shape, geometry }) =>
    `${population}: rates of shape (${shape.join(", ")}) do not fit blocks of geometry (${geometry.join(", ")})`,
  INVALID_SCHEDULE: ({ population, schedule }) =>
    `${population}: schedule = ${schedule}, must be a time [ms] or ascending times from 0`,
  LONG_SCHEDULE: ({ population, onsets, blocks }) =>
    `${population}: a schedule of ${onsets} times is too long for ${blocks} blocks`,
  SHORT_SCHEDULE: ({ population, onsets, blocks }) =>
    `${population}: a schedule of ${onsets} times uses only the first of ${blocks} blocks`,
  READ_BEFORE_COMPILE: ({ object, attribute }) =>
    `${quote(attribute)} of ${object} can be read after compile()`,
  GIVEN_BY_RATES: ({ population }) =>
    `"r" of ${population} is given by its rates, assign these or call update()`,
  INVALID_SPIKE_TIMES: ({ population, value }) =>
    `${population}: ${value} is no list of spike times [ms], nor one such list for each neuron`,
  WRONG_SPIKE_LISTS: ({ population, size, given }) =>
    `${population} has ${size} neurons, ${given} lists of spike times do not fit`,
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
  PROJECTION_WIDE: ({ projection, attribute }) =>
    `${projection}: ${quote(attribute)} is one value for the whole projection, assign a number to the projection`,
  WRONG_MATRIX: ({ projection, given, expected }) =>
    `${projection}: a matrix of shape (${given.join(", ")}) does not fit, it must be (${expected.join(", ")})`,
  DELAY_MATRIX: ({ weights, delays, entry }) =>
    entry === null
      ? `delays of shape (${delays.join(", ")}) do not fit weights of shape (${weights.join(", ")})`
      : `weights and delays must have their holes in the same places, the entry (${entry.join(", ")}) is in one of them only`,
  INVALID_SPARSE: ({ reason }) =>
    `fromSparse() takes a sparse matrix in the format csr, csc, lil or coo: ${reason}`,
  NOT_AN_END: ({ projection, end, rank }) => `${projection}: ${rank} is no rank of its ${end}`,
  INVALID_SYNAPSES: ({ what, post, synapses, given }) =>
    `${what} of the post-synaptic neuron ${post}: one number or ${synapses} are needed, not ${given}`,
  DUPLICATE_SYNAPSE: ({ projection, pre, post }) =>
    `${projection}: the synapse from ${pre} to ${post} is given twice`,
  NOT_A_CONNECTIVITY: ({ projection, value }) =>
    `${projection}: the function must return a LilConnectivity with the synapses, not ${value}`,
  IGNORED_OPTION: ({ projection, option }) =>
    `${projection}: the option ${quote(option)} has no meaning any more and is ignored`,
  ROWS_UNSORTED: ({ projection, post }) =>
    `${projection}: the post-synaptic neuron ${post} comes after one of a higher rank, rows are sorted`,
  ROWS_MERGED: ({ projection, post }) =>
    `${projection}: the synapses of the post-synaptic neuron ${post} come in several parts, they are joined`,
  UNBOUNDED_DELAYS: ({ connector }) =>
    `${connector}(): delays without a largest value, give the distribution a max`,
  TOO_FEW_PARTNERS: ({ projection, connector, end, number, partners }) =>
    `${projection}: ${connector}() with number = ${number}, but there are ${partners} ${end}-synaptic neurons to choose from`,
  PROFILE_OF_VIEW: ({ projection, connector, end }) =>
    `${projection}: ${connector}() connects whole populations, its ${end} is a view or a neuron`,
  PROFILE_DIMENSIONS: ({ projection, connector, pre, post }) =>
    `${projection}: ${connector}() compares the dimensions of pre, which must not have more (${pre.join(", ")}) than post (${post.join(", ")})`,
  STORAGE_FORMAT: ({ projection, format, reason }) =>
    `${projection}: the storage format ${quote(format)} ${reason}`,
  EXPERIMENTAL_STORAGE: ({ format, order }) =>
    `the storage format ${quote(format)} with the order ${order} is experimental: the engine stores synapses in its own way, the results are the same`,
  MATRIX_MARKET: ({ file, line, reason }) => `${quote(file)}, line ${line}: ${reason}`,
  NOT_MATRIX_MARKET: ({ file }) =>
    `fromMatrixMarket(): ${quote(file)} is no Matrix Market file, its name must end in .mtx`,
  NO_DELAYS: ({ projection }) =>
    `${projection} was made without delays, give delays to its connector to change them later`,
  UNIFORM_DELAY: ({ projection }) =>
    `${projection} has one delay for all synapses, assign a number of milliseconds`,
  OWN_DELAYS: ({ projection }) =>
    `${projection} has a delay for each synapse, assign a list with one list per post-synaptic neuron`,
  LEARNING_BEFORE_COMPILE: ({ projection }) =>
    `${projection}.enableLearning(): no effect before compile()`,
  INVALID_LEARNING: ({ projection, reason }) => `${projection}.enableLearning(): ${reason}`,
  NO_DENDRITE: ({ projection, rank }) =>
    `${projection}: the post-synaptic neuron ${rank} has no synapses`,
  SYNAPSE_EXISTS: ({ dendrite, rank }) =>
    `${dendrite}: a synapse from the neuron ${rank} already exists`,
  STRUCTURE_OFF: ({ call }) =>
    `${call}: the key structuralPlasticity is false, so that synapses stay as the connector made them`,
  NO_RULE: ({ projection, rule }) =>
    `${projection}: the synapse does not define the option ${quote(rule)}`,
  RULE_PERIOD: ({ projection, rule, period }) =>
    `${projection}: the period of ${quote(rule)} must be at least one step, not ${period} ms`,
  RULE_DELAY: ({ projection, delay, limit, uniform }) =>
    uniform
      ? `${projection}: all synapses have the delay ${limit} ms, so that new ones cannot have the delay ${delay} ms`
      : `${projection}: the longest delay is ${limit} ms, so that new synapses cannot have the delay ${delay} ms`,
  UNMATCHED_LIST: ({ call, option, wanted, given }) =>
    `${call}: the option ${quote(option)} has ${given} entries for ${wanted} synapses`,
  NO_SYNAPSE: ({ dendrite, rank }) => `${dendrite} has no synapse from the neuron ${rank}`,
  NO_SYNAPSE_MODEL: ({ value }) =>
    `the synapse is a ${value}: it must be a synapse model, such as new Synapse({ … }) or a class of models`,
  EVERY_STEP: ({ monitor }) =>
    `monitor ${quote(monitor)} records the synapses of a projection in every step, give it a period`,
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
  NOT_MONITORABLE: ({ value }) =>
    `a monitor records a population, a view, a projection or a dendrite, not ${value}`,
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
  UNKNOWN_CONNECTOR_OPTION: ({ connector, option, known }) =>
    `${connector}(): unknown option ${quote(option)}, it has ${known.join(", ")}`,
  MISSING_OPTION: ({ connector, option }) =>
    `${connector}(): the option ${quote(option)} is missing`,
  INVALID_CONNECTOR_OPTION: ({ connector, option, value, expected }) =>
    `${connector}(): ${option} = ${value}, must be ${expected}`,
  CANNOT_READ: ({ file, reason }) => `cannot read ${file}: ${reason}`,
  NOT_A_NETWORK: ({ call, value }) => `${call}(): expected a network or options, not ${value}`,
  REPORT_SUFFIX: ({ file }) =>
    `report(): the name of the file must end with .tex, .md or .qmd, not ${file}`,
  CANNOT_WRITE: ({ file, reason }) => `cannot write ${file}: ${reason}`,
  WRITTEN_ONLY: ({ file }) =>
    `cannot load ${file}: the Matlab format is only written, save as .npz to load again`,
  NO_HDF5: ({ file, package: name }) =>
    `${file}: HDF5 files need the optional package ${quote(name)}, install it with: npm install ${name}`,
  WRONG_CONTENT: ({ file, found, expected }) => `${file} holds ${found}, not ${expected}`,
  FILE_MISMATCH: ({ file, object, reason }) => `${file} does not fit ${object}: ${reason}`,
  SKIPPED_IN_LOAD: ({ file, object, name }) =>
    `${file}: ${object} has no attribute ${quote(name)}, it is left out`,
  NOT_IN_FILE: ({ file, object }) => `${file} has nothing for ${object}, it stays as it is`,
  NOT_IN_NETWORK: ({ file, object }) => `${file}: there is no ${object}, it is left out`,
  RECORDED_SYNAPSES: ({ projection }) =>
    `${projection} is being recorded and cannot get other dendrites, stop its monitors first`,
  SKIPPED_PARAMETER: ({ file, object, name, reason }) =>
    `${file}: ${quote(name)} of ${object} is left out, ${reason}`,
  FILE_TYPE: ({ call, file, types }) => `${call}: ${file} must end with ${types.join(", ")}`,
  ONE_VARIABLE: ({ monitor, file, variables }) =>
    `${monitor}: ${file} holds one array, name one of the variables ${variables.map(quote).join(", ")}`,
};

/** The hints. */
export const networkHints: Hints<NetworkProblems> = {
  WRONG_CONTENT: ({ advice }) => advice,
  UNKNOWN_TARGET: ({ nearest }) => (nearest === null ? null : `did you mean ${quote(nearest)}?`),
  UNKNOWN_KEY: ({ nearest }) => (nearest === null ? null : `did you mean ${quote(nearest)}?`),
  UNKNOWN_ATTRIBUTE: ({ nearest }) => (nearest === null ? null : `did you mean ${quote(nearest)}?`),
};
