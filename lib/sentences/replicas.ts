import { quote, type Hints, type Sentences } from "./words.js";

/** Several networks, their time and their memory (lib/network). */
export interface ReplicaProblems {
  NOT_DERIVED: Record<string, never>;
  OPTIONS_NOT_PASSED: { class: string };
  UNKNOWN_METHOD: { class: string; method: string };
  WRONG_SEEDS: { number: number; given: number };
  WRONG_VALUES: { argument: string; number: number; given: number };
  REPLICA_FAILED: { replica: number; reason: string };
  REPLICAS_INTERRUPTED: { done: number; total: number };
  REPLICAS_TIME: { number: number; seconds: number };
  NOT_COPYABLE: { object: string; what: string };
  NO_COUNTERPART: { object: string };
  RECORDING_TOO_LARGE: {
    monitor: string;
    needed: number;
    available: number;
    period: number;
    longer: number;
  };
  FUNCTION_TIME: { function: string; seconds: number };
}

/** The sentence of each. */
export const replicaSentences: Sentences<ReplicaProblems> = {
  NOT_DERIVED: () =>
    "parallelRun(): the network must be of a class derived from Network, whose constructor makes the populations and projections of each replica",
  OPTIONS_NOT_PASSED: ({ class: name }) =>
    `the constructor of ${name} must pass its options on: constructor(options) { super(options); … }`,
  UNKNOWN_METHOD: ({ class: name, method }) =>
    `parallelRun(): ${name} has no method ${quote(method)}`,
  WRONG_SEEDS: ({ number, given }) =>
    `parallelRun(): ${given} seeds for ${number} replicas, there must be as many`,
  WRONG_VALUES: ({ argument, number, given }) =>
    `parallelRun(): ${given} values of ${quote(argument)} for ${number} replicas, a list must have one for each; an NDArray or a typed array is passed whole`,
  REPLICA_FAILED: ({ replica, reason }) => `replica ${replica}: ${reason}`,
  REPLICAS_INTERRUPTED: ({ done, total }) => `interrupted after ${done} of ${total} replicas`,
  REPLICAS_TIME: ({ number, seconds }) =>
    `simulating ${number} networks in parallel took ${seconds.toFixed(3)} s`,
  NOT_COPYABLE: ({ object, what }) =>
    `${object} is ${what}, which cannot be declared once more in another network`,
  NO_COUNTERPART: ({ object }) => `${object}: nothing stands for it in this network`,
  RECORDING_TOO_LARGE: ({ monitor, needed, available, period, longer }) =>
    `the recordings of this run take ${gigabytes(needed)}, there are ${gigabytes(available)}: give monitor ${quote(monitor)} a period of ${longer} ms instead of ${period} ms, or read it between shorter runs`,
  FUNCTION_TIME: ({ function: name, seconds }) => `${name} took ${seconds.toFixed(3)} s`,
};

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(2)} GB`;
}

/** The hints. */
export const replicaHints: Hints<ReplicaProblems> = {};
