import { problem } from "../errors.js";
import { RandomDistribution } from "../random/distribution.js";

/** A number, or one draw per synapse. */
export type Num = number | RandomDistribution;

/** Options that every connector has. */
export interface ConnectorOptions {
  /** Weights of the synapses, in the unit of the target. */
  readonly weights: Num;
  /** Time from a spike to its effect [ms], the same for all synapses; rounded to steps, at least one. Default one step. */
  readonly delays?: number;
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

/** @throws {SimulatorError} INVALID_CONNECTOR_OPTION, UNSUPPORTED for a distribution. */
export function checkDelay(connector: string, value: unknown): number {
  if (value === undefined) return 0;
  if (value instanceof RandomDistribution) {
    throw problem("UNSUPPORTED", {
      construct: `${connector}() with delays drawn from a distribution`,
    });
  }
  if (typeof value === "number" && Number.isFinite(value) && value >= 0) return value;
  return invalid(connector, "delays", value, "a time of at least 0 [ms]");
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
