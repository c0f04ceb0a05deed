import { quote, type Hints, type Sentences } from "./words.js";

/** Generated code and the engine, arrays, random numbers, analysis and figures. */
export interface DataProblems {
  ENGINE_NOT_BUILT: { path: string };
  NO_COMPILER: { tried: readonly string[] };
  COMPILER_FLAG: { flag: string };
  INVALID_CONFIG_FILE: { file: string; reason: string };
  COMPILER_FAILED: { compiler: string; file: string; output: string };
  BIN_BELOW_STEP: { bins: number; dt: number };
  NOT_DRAWABLE: { call: string; expected: string };
  NOT_RECORDED: { monitor: string; variable: string; variables: readonly string[] };
  COLUMN_OUT_OF_RANGE: { call: string; column: number; columns: number };
  EMPTY_TIME_RANGE: { call: string; from: number; to: number };
  INVALID_SEED: { seed: string };
  INVALID_RANGE: { call: string; min: number; max: number };
  TOO_MANY_CHOICES: { wanted: number; available: number };
  INVALID_DISTRIBUTION: { distribution: string; parameters: readonly number[]; rule: string };
  INVALID_SLICE: { text: string };
  INVALID_INDEX: { index: string; shape: readonly number[] };
  INVALID_SHAPE: { shape: readonly number[]; size: number };
  INVALID_ARRAY: { what: string };
  RAGGED_ARRAY: Record<string, never>;
  DAMAGED_FILE: { file: string; reason: string };
  UNSUPPORTED_ARRAY: { file: string; type: string };
  FILE_TOO_LARGE: { file: string; format: string };
}

/** The sentence of each. */
export const dataSentences: Sentences<DataProblems> = {
  ENGINE_NOT_BUILT: ({ path }) => `the native engine is not built (${path}), run ./install.sh`,
  NO_COMPILER: ({ tried }) => `no C compiler found, tried ${tried.join(", ")}`,
  COMPILER_FLAG: ({ flag }) =>
    `the compiler flag ${flag} is not allowed: results would depend on the compiler and on the number of threads`,
  INVALID_CONFIG_FILE: ({ file, reason }) => `configuration file ${file}: ${reason}`,
  COMPILER_FAILED: ({ compiler, file, output }) => `${compiler} refused ${file}\n${output}`,
  BIN_BELOW_STEP: ({ bins, dt }) => `bins of ${bins} ms are narrower than a step of ${dt} ms`,
  NOT_DRAWABLE: ({ call, expected }) => `${call}(): cannot draw this value, give ${expected}`,
  NOT_RECORDED: ({ monitor, variable, variables }) =>
    `monitor ${quote(monitor)} does not record ${quote(variable)}, it records ${variables.map(quote).join(", ")}`,
  COLUMN_OUT_OF_RANGE: ({ call, column, columns }) =>
    `${call}(): there is no neuron ${column} in data of ${columns} neuron(s)`,
  EMPTY_TIME_RANGE: ({ call, from, to }) =>
    `${call}(): the range from ${from} ms to ${to} ms is empty`,
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
  DAMAGED_FILE: ({ file, reason }) => `${file} is cut off, or no such file: ${reason}`,
  UNSUPPORTED_ARRAY: ({ file, type }) =>
    `${file}: elements of type ${type} are not read, only numbers and booleans`,
  FILE_TOO_LARGE: ({ file, format }) => `${file}: too large for the format ${format}`,
};

/** The hints. */
export const dataHints: Hints<DataProblems> = {
  NO_COMPILER: () => 'install gcc, or name a compiler in the environment variable "CC"',
};
