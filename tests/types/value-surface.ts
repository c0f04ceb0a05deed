/** The declared members of arrays, random numbers and errors, and the names of all declared types (as in `network-surface.ts`). */
import * as neurarchy from "../../lib/index.js";
import { given, type Built, type Equal, type Missing, type Prove } from "./conformance.js";

/** Every declared type that there is, by its name: importing one that is missing does not compile. */
export type Names = [
  neurarchy.ArrayInput,
  neurarchy.Bounded,
  neurarchy.ConnectOptions,
  neurarchy.ConnectorName,
  neurarchy.ConnectorOptions,
  neurarchy.CompileOptions,
  neurarchy.EveryOptions,
  neurarchy.Geometry,
  neurarchy.GetOptions,
  neurarchy.HistogramOptions,
  neurarchy.HostFunction,
  neurarchy.LearningOptions,
  neurarchy.Locality,
  neurarchy.Matrix,
  neurarchy.Method,
  neurarchy.MonitorOptions,
  neurarchy.Nested,
  neurarchy.NetworkConfig,
  neurarchy.NetworkOptions,
  neurarchy.NeuronOptions,
  neurarchy.Num,
  neurarchy.Operation,
  neurarchy.Parameters,
  neurarchy.ParameterValue,
  neurarchy.PopLike,
  neurarchy.Progress,
  neurarchy.ProjectionFilter,
  neurarchy.Ragged,
  neurarchy.RasterData,
  neurarchy.Recordable,
  neurarchy.Recording,
  neurarchy.ResetOptions,
  neurarchy.Row,
  neurarchy.Run,
  neurarchy.RunOptions,
  neurarchy.Schedule,
  neurarchy.Seeded,
  neurarchy.SelfConnections,
  neurarchy.Slice,
  neurarchy.SparseMatrix,
  neurarchy.SpikeDict,
  neurarchy.SpikeInput,
  neurarchy.SpikeTimes,
  neurarchy.Statements,
  neurarchy.StorageFormat,
  neurarchy.StorageOptions,
  neurarchy.StorageOrder,
  neurarchy.SynapseOptions,
  neurarchy.SynapticInput,
  neurarchy.SynapticValues,
  neurarchy.TypedArray,
  neurarchy.UntilOptions,
  neurarchy.ValueInput,
  neurarchy.ValueType,
  neurarchy.ViewSpec,
];

interface DeclaredArray {
  readonly data: neurarchy.Row;
  readonly shape: readonly number[];
  readonly stride: readonly number[];
  readonly offset: number;
  readonly size: number;
  readonly dimension: number;
  at: (...index: number[]) => number;
  set: (index: readonly number[], value: number) => void;
  slice: (spec: string) => neurarchy.NDArray;
  reshape: (...shape: number[]) => neurarchy.NDArray;
  transpose: () => neurarchy.NDArray;
  flat: () => neurarchy.Row;
  toArray: () => neurarchy.Nested<number>;
  min: () => number;
  max: () => number;
  sum: () => number;
  mean: () => number;
  [Symbol.iterator]: () => IterableIterator<number | neurarchy.NDArray>;
  toString: () => string;
}
const array = new neurarchy.NDArray(Float32Array.of(1, 2, 3, 4), [2, 2], [2, 1], 0);
export const declaredArray: DeclaredArray = array;
export const inputs: neurarchy.NDArray[] = [
  neurarchy.NDArray.from([1, 2]),
  neurarchy.NDArray.from([[1], [2]]),
  neurarchy.NDArray.from([true, false]),
  neurarchy.NDArray.from(Int16Array.of(1)),
  neurarchy.NDArray.from(array),
  neurarchy.NDArray.from({ data: [1, 2], shape: [2] }),
];

interface DeclaredDistribution {
  getValues: (shape: neurarchy.Geometry) => neurarchy.NDArray;
  getListValues: (n: number) => number[];
  getValue: () => number;
  latex: () => string;
  keywords: () => string[];
}
const drawn = given<neurarchy.RandomDistribution>();
export const distribution: Built<DeclaredDistribution, neurarchy.RandomDistribution> = drawn;
export const distributions: neurarchy.RandomDistribution[] = [
  new neurarchy.Uniform(0, 1, { seed: 1 }),
  new neurarchy.DiscreteUniform(0, 5, { seed: 1 }),
  new neurarchy.Normal(0, 1, { min: 0, max: 1, seed: 1 }),
  new neurarchy.LogNormal(0, 1, { min: 0, max: 1 }),
  new neurarchy.Exponential(1, { max: 1 }),
  new neurarchy.Gamma(1),
  new neurarchy.Gamma(1, 2, { min: 0 }),
  new neurarchy.Binomial(10, 0.5, { max: 5 }),
];
// @ts-expect-error -- a uniform distribution is bounded by its parameters
export const bounded = new neurarchy.Uniform(0, 1, { max: 1 });
// @ts-expect-error -- a distribution is one of these
export const abstract = new neurarchy.RandomDistribution();

interface DeclaredGenerator {
  readonly seed: number;
  random: { (): number; (n: number): Float64Array };
  integers: {
    (min: number, max: number): number;
    (min: number, max: number, n: number): Int32Array;
  };
  normal: {
    (mu: number, sigma: number): number;
    (mu: number, sigma: number, n: number): Float64Array;
  };
  choice: (values: readonly number[] | neurarchy.TypedArray, n: number) => number[];
  reset: () => void;
}
export const generator: DeclaredGenerator = given<neurarchy.RandomGenerator>();

interface DeclaredErrors {
  SimulatorError: { readonly code: string; readonly details: Readonly<Record<string, unknown>> };
  EquationError: {
    readonly source: string;
    readonly span: { readonly start: number; readonly end: number };
  };
}
export const simulatorError: DeclaredErrors["SimulatorError"] & Error =
  given<neurarchy.SimulatorError>();
export const equationError: DeclaredErrors["EquationError"] & neurarchy.SimulatorError =
  given<neurarchy.EquationError>();
export const configurationError: neurarchy.SimulatorError = given<neurarchy.InvalidConfiguration>();
export const internalError: Error = given<neurarchy.InternalError>();

interface DeclaredConnectivity {
  add: (
    postRank: number,
    preRanks: readonly number[] | neurarchy.TypedArray,
    weights: number | readonly number[] | neurarchy.TypedArray,
    delays?: number | readonly number[] | neurarchy.TypedArray,
  ) => void;
  readonly size: number;
  readonly nbSynapses: number;
  readonly maxDelay: number;
  readonly uniformDelay: number;
}
export const connectivity: DeclaredConnectivity = new neurarchy.LilConnectivity(0.5);
export const classicConnectivity: neurarchy.LilConnectivity = new neurarchy.CSR();

interface DeclaredConstant {
  readonly name: string;
  readonly value: number;
  set: (value: number) => void;
  valueOf: () => number;
}
export const constant: DeclaredConstant = given<neurarchy.Constant>();

type Config = Required<neurarchy.NetworkConfig>;

/** What must hold. */
export type Proofs = [
  Prove<
    Equal<Missing<DeclaredDistribution, neurarchy.RandomDistribution, "latex" | "keywords">, never>
  >,
  Prove<Equal<typeof array, neurarchy.NDArray<Float32Array<ArrayBuffer>>>>,
  Prove<Equal<Config["method"] extends neurarchy.Method ? true : false, true>>,
  Prove<Equal<Config["seed"], number | null>>,
  Prove<Equal<Config["dtype"], "float64" | "float32">>,
  Prove<Equal<Config["precision"], "double" | "float">>,
  Prove<Equal<Config["eventTiming"], "exact" | "annarchy">>,
  Prove<Equal<Config["logger"], (warning: string) => void>>,
];
