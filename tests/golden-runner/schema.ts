/** The parts of a golden case, as they stand in its file. */

/** Numbers, nested lists of them, and rules to generate them. */
export type Generated =
  | number
  | boolean
  | null
  | readonly Generated[]
  | {
      readonly distribution: string;
      readonly args: readonly number[];
      readonly min?: number;
      readonly max?: number;
      readonly count?: number;
    }
  | { readonly ramp: readonly [number, number]; readonly count: number; readonly power?: number }
  | { readonly concat: readonly Generated[] };

/** An equation: a text, or an object that stands for a variable with its flags. */
export type EquationEntry = string | ({ readonly equation: string } & Options);

/** Options under the names that they have in the file. */
export type Options = Readonly<Record<string, unknown>>;

/** A neuron or synapse. */
export interface ModelEntry extends Options {
  readonly parameters?: string | Readonly<Record<string, unknown>>;
  readonly equations?: string | readonly EquationEntry[];
}

/** A population. */
export interface PopulationEntry {
  readonly name: string;
  readonly geometry?: number | readonly number[];
  readonly neuron?: string;
  readonly builtin?: string;
  readonly args?: Options | null;
  readonly set?: Readonly<Record<string, Generated>>;
  readonly firing_rate?: number;
  readonly refractory?: Generated;
  readonly stop_condition?: string;
}

/** An end of a projection. */
export type EndEntry =
  | string
  | { readonly population: string; readonly ranks: readonly number[] }
  | { readonly population: string; readonly slices: readonly (number | readonly number[])[] };

/** A connector and its options. */
export interface ConnectorEntry extends Options {
  readonly kind?: string;
}

/** A projection. */
export interface ProjectionEntry {
  readonly name: string;
  readonly kind?: string;
  readonly pre: EndEntry;
  readonly post: EndEntry;
  readonly target: string | readonly string[];
  readonly synapse?: string;
  readonly builtin?: string;
  readonly args?: Options | null;
  readonly psp?: string;
  readonly operation?: string;
  readonly of?: string;
  readonly window?: number;
  readonly connector?: ConnectorEntry;
  readonly set?: Readonly<Record<string, Generated>>;
}

/** A monitor. */
export interface RecordEntry {
  readonly object: string;
  readonly variables: readonly string[];
  readonly period?: number;
  readonly period_offset?: number;
  readonly ranks?: readonly number[];
  readonly start?: boolean;
}

/** A callback of a run. */
export interface EveryEntry {
  readonly id: string;
  readonly period: number;
  readonly offset?: number;
  readonly wait?: number;
  readonly set?: SetEntry;
}

/** An assignment. */
export interface SetEntry {
  readonly object: string;
  readonly attribute: string;
  readonly value: Generated | string;
  readonly ranks?: readonly number[];
}

/** One operation of the schedule: the key that it has says which. */
export interface Operation {
  readonly simulate?: number;
  readonly every?: readonly EveryEntry[];
  readonly step?: number;
  readonly until?: {
    readonly max: number;
    readonly populations: string | readonly string[];
    readonly operator?: "and" | "or";
  };
  readonly read?: string;
  readonly object?: string;
  readonly attribute?: string;
  readonly ranks?: readonly number[];
  readonly set?: SetEntry;
  readonly constant?: { readonly name: string; readonly value: number };
  readonly reset?: Options & { readonly object?: string; readonly attributes?: readonly string[] };
  readonly clear?: string;
  readonly enable?: string;
  readonly disable?: string;
  readonly enable_learning?: LearningEntry;
  readonly disable_learning?: LearningEntry;
  readonly structural?: {
    readonly projection: string;
    readonly op: string;
    readonly period?: number;
    readonly post?: number;
    readonly pre?: number;
    readonly w?: number;
  };
  readonly monitor?: { readonly record: number; readonly op: string; readonly period?: number };
  readonly update?: Options & { readonly object: string; readonly rates: Generated };
  readonly call?: {
    readonly object: string;
    readonly function: string;
    readonly args: readonly (number | readonly number[])[];
  };
  readonly as?: string;
}

/** Which projections learn, and when. */
export interface LearningEntry {
  readonly projections?: readonly string[];
  readonly period?: number;
  readonly offset?: number;
}

/** Expected records of a variable. */
export interface ExpectedRecords {
  readonly shape?: readonly number[];
  readonly count: number;
  readonly at: readonly number[];
  readonly values: readonly unknown[];
}

/** Steps of spikes by rank. */
export type ExpectedSpikes = Readonly<Record<string, readonly number[]>>;

/** A scalar measure of a run. */
export interface StatisticEntry {
  readonly object: string;
  readonly variable?: string;
  readonly measure: string;
  readonly from?: number;
  readonly ranks?: readonly [number, number];
}

/** Expected results. */
export interface Expectation {
  readonly populations?: Readonly<
    Record<string, Readonly<Record<string, ExpectedRecords | ExpectedSpikes>>>
  >;
  readonly projections?: Readonly<Record<string, Readonly<Record<string, ExpectedRecords>>>>;
  readonly reads?: Readonly<Record<string, unknown>>;
  readonly calls?: Readonly<Record<string, readonly (readonly [number, number])[]>>;
  readonly statistics?: readonly { readonly band: readonly [number, number] }[];
}

/** How far a number may be from the expected one. */
export interface Tolerance {
  readonly rel: number;
  readonly abs: number;
}

/** A case. */
export interface GoldenCase {
  readonly name: string;
  readonly dt: number;
  readonly seed?: number;
  readonly seeds?: readonly number[];
  readonly config?: Options;
  readonly constants?: Readonly<Record<string, number>>;
  readonly functions?: readonly string[];
  readonly neurons?: Readonly<Record<string, ModelEntry>>;
  readonly synapses?: Readonly<Record<string, ModelEntry>>;
  readonly populations: readonly PopulationEntry[];
  readonly projections?: readonly ProjectionEntry[];
  readonly record?: readonly RecordEntry[];
  readonly schedule: readonly Operation[];
  readonly statistics?: readonly StatisticEntry[];
  readonly expect: Expectation;
  readonly tolerance: Tolerance;
}

/** The camel case of a name of the file: `allow_self_connections` is allowSelfConnections. */
export function camel(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** Options under the names of the API. */
export function camelKeys(options: Options): Record<string, unknown> {
  return Object.fromEntries(Object.entries(options).map(([key, value]) => [camel(key), value]));
}
