import { problem } from "../errors.js";
import { RandomDistribution } from "../random/distribution.js";

/** A number, or one draw per synapse. */
export type Num = number | RandomDistribution;

/** How synapses would be stored. Names of the reference are accepted; the engine chooses itself, the results are the same. */
export interface StorageOptions {
  readonly storageFormat?: StorageFormat;
  readonly storageOrder?: StorageOrder;
}

/** Names of formats. */
export const FORMATS = [
  ...(["default", "auto", "lil", "csr", "csr_scalar", "csr_vector", "dense"] as const),
  ...(["ell", "ellr", "sell", "coo", "bsr", "hyb", "dia"] as const),
] as const;
/** Names of orders. */
export const ORDERS = ["post_to_pre", "pre_to_post"] as const;

/** Names of formats. */
export type StorageFormat = (typeof FORMATS)[number];

/** Names of orders. */
export type StorageOrder = (typeof ORDERS)[number];

/** Names of the options that say how synapses are stored. */
export const STORAGE_OPTIONS: readonly (keyof StorageOptions)[] = ["storageFormat", "storageOrder"];

/** Options that every rule has. */
export interface ConnectorOptions extends StorageOptions {
  /** Weights of the synapses, in the unit of the target. */
  readonly weights: Num;
  /**
   * Time from a spike to its effect [ms]: one for all synapses, or one draw for each from a distribution with a `max`.
   * Rounded to steps, at least one. Default one step.
   */
  readonly delays?: Num;
  /** Store one weight per synapse even when a single number is given. Default false. */
  readonly forceMultipleWeights?: boolean;
}

/** Option of connectors that can connect a neuron to itself. */
export interface SelfConnections {
  /** Allow synapses from a neuron to itself. Default false. */
  readonly allowSelfConnections?: boolean;
}

/** @throws {SimulatorError} UNKNOWN_CONNECTOR_OPTION with the known ones. */
export function checkKnown(connector: string, options: object, known: readonly string[]): void {
  for (const option of Object.keys(options)) {
    if (!known.includes(option))
      throw problem("UNKNOWN_CONNECTOR_OPTION", { connector, option, known });
  }
}

/** @throws {SimulatorError} MISSING_OPTION, INVALID_CONNECTOR_OPTION. */
export function checkWeights(connector: string, value: unknown): Num {
  if (value === undefined) throw problem("MISSING_OPTION", { connector, option: "weights" });
  if (
    value instanceof RandomDistribution ||
    (typeof value === "number" && Number.isFinite(value))
  ) {
    return value;
  }
  return invalid(connector, "weights", value, "a number or a distribution");
}

/**
 * Check delays [ms]; 0 stands for the shortest.
 *
 * @throws {SimulatorError} INVALID_CONNECTOR_OPTION; UNBOUNDED_DELAYS for a distribution without `max`.
 */
export function checkDelays(connector: string, value: unknown): Num {
  if (!(value instanceof RandomDistribution)) return checkDelay(connector, value);
  if (longest(value) === Infinity) throw problem("UNBOUNDED_DELAYS", { connector });
  return value;
}

/** Check one delay for all synapses [ms]; 0 stands for the shortest. @throws {SimulatorError} INVALID_CONNECTOR_OPTION. */
export function checkDelay(connector: string, value: unknown): number {
  if (value === undefined) return 0;
  if (typeof value === "number" && Number.isFinite(value) && value >= 0) return value;
  return invalid(connector, "delays", value, "a time of at least 0 [ms]");
}

/** Largest number that a distribution can give. */
export function longest({ kind, parameters, max }: RandomDistribution): number {
  const isBetween = kind === "uniform" || kind === "discreteUniform";
  if (isBetween) return Math.min(max, parameters[1]!);
  return kind === "binomial" ? Math.min(max, parameters[0]!) : max;
}

/** The options of storage alone. @throws {SimulatorError} INVALID_CONNECTOR_OPTION. */
export function checkStorage(connector: string, options: StorageOptions): StorageOptions {
  const { storageFormat, storageOrder } = options;
  checkFormat(connector, storageFormat);
  if (storageOrder !== undefined && !ORDERS.includes(storageOrder)) {
    invalid(connector, "storageOrder", storageOrder, ORDERS.join(" or "));
  }
  return {
    ...(storageFormat === undefined ? {} : { storageFormat }),
    ...(storageOrder === undefined ? {} : { storageOrder }),
  };
}

/** @throws {SimulatorError} INVALID_CONNECTOR_OPTION. */
export function checkFormat(connector: string, format: StorageFormat | undefined): void {
  if (format !== undefined && !FORMATS.includes(format)) {
    invalid(connector, "storageFormat", format, FORMATS.join(", "));
  }
}

/** @throws {SimulatorError} MISSING_OPTION, INVALID_CONNECTOR_OPTION. */
export function checkNumber(connector: string, value: unknown): number {
  if (value === undefined) throw problem("MISSING_OPTION", { connector, option: "number" });
  if (typeof value === "number" && Number.isInteger(value) && value >= 0) return value;
  return invalid(connector, "number", value, "a whole number of at least 0");
}

/** A number above a bound. @throws {SimulatorError} MISSING_OPTION, INVALID_CONNECTOR_OPTION. */
export function checkReal(connector: string, option: string, value: unknown, above: number): void {
  if (value === undefined) throw problem("MISSING_OPTION", { connector, option });
  if (typeof value === "number" && Number.isFinite(value) && value > above) return;
  invalid(connector, option, value, above === 0 ? "a number above 0" : "a number");
}

/** @throws {SimulatorError} MISSING_OPTION, INVALID_CONNECTOR_OPTION. */
export function checkProbability(connector: string, value: unknown): number {
  if (value === undefined) throw problem("MISSING_OPTION", { connector, option: "probability" });
  if (typeof value === "number" && value >= 0 && value <= 1) return value;
  return invalid(connector, "probability", value, "a number from 0 to 1");
}

/** @throws {SimulatorError} INVALID_CONNECTOR_OPTION. */
export function checkFlag(connector: string, option: string, value: unknown): boolean {
  if (value === undefined) return false;
  if (typeof value === "boolean") return value;
  return invalid(connector, option, value, "true or false");
}

function invalid(connector: string, option: string, value: unknown, expected: string): never {
  throw problem("INVALID_CONNECTOR_OPTION", { connector, option, value: String(value), expected });
}
