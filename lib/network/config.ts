import { nearest } from "../diagnostics.js";
import { FORMATS, ORDERS, type StorageFormat, type StorageOrder } from "../connect/options.js";
import { InvalidConfiguration, problem } from "../errors.js";
import type { Method } from "../model/types.js";
import { checkSeed } from "../random/generator.js";
import { flag, ignoredKeys, oneOf, type IgnoredConfig, type Key } from "./ignored-config.js";

/** Whoever runs the networks and wants to know of them; `lib/network/host.ts` has the type that users see. */
export interface Host {
  created?(network: object): void;
  started?(run: HostedRun): void;
}

/** A run that has begun. */
export interface HostedRun {
  readonly network: object;
  readonly kind: "compile" | "simulate" | "replicas";
  /** CONTROL words over shared memory: setting the stop word ends the run after the current step. */
  readonly control: Int32Array;
  /** [ms]; 1 for replicas, which are counted. */
  readonly dt: number;
  /** [steps], or the number of replicas */
  readonly total: number;
  /** Resolved when the run is over, however it ended. */
  readonly finished: Promise<void>;
}

/** Configuration of a network. */
export interface NetworkConfig extends IgnoredConfig {
  /** Step. [ms] Default 1. */
  dt: number;
  /** Seed of all random numbers, in [0, 2³²); null: a fresh one. Only for `setup`. */
  seed: number | null;
  /** Numerical method of equations that name none. Default `explicit`. */
  method: Method;
  /**
   * When event-driven variables of synapses decay: over the true time between events (`exact`), or as the reference does, by a
   * step less after presynaptic events (`annarchy`). Default `exact`.
   */
  eventTiming: "exact" | "annarchy";
  /** Whether synapses may be created and removed. Default false. */
  structuralPlasticity: boolean;
  /** A projection to a target that its neurons never read is an `error`, or has no effect, with a warning (`warn`). Default `error`. */
  unreadTargets: "error" | "warn";
  /** Upper bound of threads; the engine uses fewer where more do not pay. The results do not depend on it. Default 1. */
  numThreads: number;
  /** Use exactly `numThreads`, however small the network: to measure threads and to test them. Default false. */
  forceThreads: boolean;
  /** Numbers of the simulation, `float64` or `float32`. */
  dtype: "float64" | "float32";
  /** The same, as `double` or `float`. */
  precision: "double" | "float";
  /** Tell the logger what is compiled. Default false. */
  verbose: boolean;
  /** How synapses would be stored where the connector does not say; the engine decides itself. Default `default`. */
  sparseMatrixFormat: StorageFormat;
  /** The same of their order. Default `post_to_pre`. */
  sparseMatrixStorageOrder: StorageOrder;
  /** Drop warnings. Default false. */
  suppressWarnings: boolean;
  /** Receives warnings and messages. Default `console.warn`. */
  logger: (message: string) => void;
  /** For environments that run networks, such as a notebook kernel. Default none. */
  host: Host | null;
}

/** The configuration with its alternatives resolved. */
export type Settings = Readonly<Omit<NetworkConfig, "dtype" | keyof IgnoredConfig>>;

/** What holds until something is configured. */
export const DEFAULTS: Settings = {
  dt: 1,
  seed: null,
  method: "explicit",
  eventTiming: "exact",
  structuralPlasticity: false,
  unreadTargets: "error",
  numThreads: 1,
  forceThreads: false,
  precision: "double",
  sparseMatrixFormat: "default",
  sparseMatrixStorageOrder: "post_to_pre",
  verbose: false,
  suppressWarnings: false,
  // eslint-disable-next-line no-console -- the one way to the console that lib has, replaced by whoever runs it
  logger: console.warn,
  host: null,
};

const KEYS: { readonly [K in keyof NetworkConfig]: Key } = {
  ...ignoredKeys,
  dt: { expected: "a time above 0 [ms]", accepts: isStep },
  seed: {
    expected: "a whole number from 0 to 4294967295, or null",
    accepts: (value) => value === null || typeof value === "number",
  },
  method: oneOf("explicit", "implicit", "semiimplicit", "exponential", "midpoint", "rk4"),
  eventTiming: oneOf("exact", "annarchy"),
  structuralPlasticity: flag,
  unreadTargets: oneOf("error", "warn"),
  numThreads: {
    expected: "a whole number from 1 to 1024",
    accepts: (value) => Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 1024,
  },
  forceThreads: flag,
  dtype: oneOf("float64", "float32"),
  precision: oneOf("double", "float"),
  // Diagonals are a format that a projection alone can have.
  sparseMatrixFormat: oneOf(...FORMATS.filter((format) => format !== "dia")),
  sparseMatrixStorageOrder: oneOf(...ORDERS),
  verbose: flag,
  suppressWarnings: flag,
  logger: { expected: "a function", accepts: (value) => typeof value === "function" },
  host: { expected: "an object or null", accepts: (value) => typeof value === "object" },
};

/** A change of the configuration after its checks. */
export interface Change {
  readonly settings: Settings;
  /** Keys that nobody knows, with the nearest known one. */
  readonly unknown: readonly { readonly key: string; readonly nearest: string | null }[];
  /** Keys that have no effect here. */
  readonly ignored: readonly string[];
}

/**
 * Apply keys to a configuration. Undefined values leave a key as it is.
 *
 * @throws {InvalidConfiguration} INVALID_SETTING when a value is not one that the key can have.
 */
export function configure(settings: Settings, changes: Partial<NetworkConfig>): Change {
  const given = Object.entries<unknown>(changes).filter(([, value]) => value !== undefined);
  const known = given.filter(([key]) => Object.hasOwn(KEYS, key));
  for (const [key, value] of known) checkOption(key, value, KEYS[key as keyof NetworkConfig]);
  const isIgnored = ([key]: readonly [string, unknown]): boolean => Object.hasOwn(ignoredKeys, key);
  const effective = known.filter((entry) => !isIgnored(entry));
  const { dtype, ...rest } = Object.fromEntries(effective) as Partial<Settings & NetworkConfig>;
  if (typeof rest.seed === "number") checkSeed(rest.seed);
  const precision =
    dtype === undefined ? {} : ({ precision: dtype === "float32" ? "float" : "double" } as const);
  return {
    settings: { ...settings, ...precision, ...rest },
    unknown: given
      .filter(([key]) => !Object.hasOwn(KEYS, key))
      .map(([key]) => ({ key, nearest: nearest(key, Object.keys(KEYS)) })),
    ignored: known.filter(isIgnored).map(([key]) => key),
  };
}

function checkOption(option: string, value: unknown, { expected, accepts }: Key): void {
  if (accepts(value)) return;
  const facts = { option, value: String(value), expected };
  throw invalid(facts);
}

/** The error for an option whose value it cannot have. */
export function invalid(facts: { option: string; value: string; expected: string }): Error {
  const { code, message, details } = problem("INVALID_SETTING", facts);
  return new InvalidConfiguration(code, message, details);
}

function isStep(value: unknown): boolean {
  return typeof value === "number" && Number.isFinite(value) && value > 0;
}
