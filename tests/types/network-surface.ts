/**
 * The declared members of networks and of the classic face (network-api, TypeScript surface), held against the package. As
 * functions are properties here, not methods, their arguments are compared strictly: an argument may not be narrower than declared.
 */
import * as neurarchy from "../../lib/index.js";
import type {
  CompileOptions,
  Constant,
  EveryOptions,
  Figure,
  Geometry,
  HostFunction,
  LearningOptions,
  Monitor,
  MonitorOptions,
  Network,
  NetworkConfig,
  NetworkOptions,
  Neuron,
  Population,
  Progress,
  Projection,
  ProjectionFilter,
  RandomGenerator,
  Recordable,
  ResetOptions,
  Run,
  RunOptions,
  Synapse,
  UntilOptions,
} from "../../lib/index.js";
import { given, type Built, type Equal, type Missing, type Prove } from "./conformance.js";

type Callback = (n: number) => void | Promise<void>;
type Learning = LearningOptions & { projections?: readonly Projection[] };

interface DeclaredNetwork {
  show: () => Figure;
  readonly id: number;
  readonly seed: number;
  readonly rng: RandomGenerator;
  readonly compiled: boolean;
  readonly directory: string;
  dt: number;
  time: number;
  currentStep: number;
  config: (options: Partial<NetworkConfig>) => void;
  create: {
    <P extends Population>(population: P): P;
    (
      geometry: Geometry,
      options: { neuron: Neuron; stopCondition?: string; name?: string },
    ): Population;
  };
  connect: {
    <P extends Projection>(projection: P): P;
    <S extends Synapse>(
      pre: neurarchy.End,
      post: neurarchy.End,
      options: neurarchy.ConnectOptions<S>,
    ): Projection;
  };
  monitor: <O extends Recordable>(
    obj: O,
    variables?: string | readonly string[],
    options?: MonitorOptions,
  ) => Monitor<O>;
  constant: (name: string, value: number) => Constant;
  compile: (options?: CompileOptions) => Run;
  simulate: (duration: number, options?: RunOptions) => Run;
  simulateUntil: (maxDuration: number, options: UntilOptions) => Run<number>;
  step: () => Run;
  reset: (options?: ResetOptions) => void;
  every: (options: EveryOptions, fn: Callback) => void;
  callbacksEnabled: () => boolean;
  enableCallbacks: () => void;
  disableCallbacks: () => void;
  clearAllCallbacks: () => void;
  enableLearning: (options?: Learning) => void;
  disableLearning: (options?: { projections?: readonly Projection[] }) => void;
  getPopulation: (name: string) => Population | null;
  getPopulations: () => Population[];
  getProjection: (name: string) => Projection | null;
  getProjections: (filter?: ProjectionFilter) => Projection[];
  getMonitor: (name: string) => Monitor | null;
  getMonitors: () => Monitor[];
  getConstant: (name: string) => Constant | null;
  getConstants: () => Constant[];
  save: (file: string, options?: { populations?: boolean; projections?: boolean }) => Run;
  load: (file: string, options?: { populations?: boolean; projections?: boolean }) => Run;
  saveParameters: (file: string) => Run;
  loadParameters: (
    file: string,
    options?: { globalOnly?: boolean; verbose?: boolean },
  ) => Run<Record<string, number>>;
  copy: (overrides?: object) => Run<Network>;
  parallelRun: (options: never) => Run<unknown[]>;
  add: (objects: readonly (Population | Projection | Monitor)[]) => void;
  get: <T extends Population | neurarchy.PopulationView | Projection | Monitor>(obj: T) => T;
  memoryFootprint: () => { readonly objects: readonly object[]; readonly total: number };
  clear: () => void;
  boldMonitor: (options: never) => object;
  getExtension: (name: string) => object | null;
  getExtensions: () => object[];
}

/** Files, several networks, diagrams and extensions are built later; these names may be missing until then. */
type LaterOfNetwork = "show" | "directory" | "boldMonitor" | "getExtension" | "getExtensions";

export const network: Built<DeclaredNetwork, Network> = given<Network>();

interface DeclaredClassicFace {
  setup: (options: Partial<NetworkConfig>) => void;
  compile: (options?: CompileOptions) => Run;
  simulate: (duration: number, options?: RunOptions & { callbacks?: boolean }) => Run;
  simulateUntil: (maxDuration: number, options: UntilOptions) => Run<number>;
  step: () => Run;
  reset: (options?: ResetOptions) => void;
  clear: () => void;
  setSeed: (seed: number) => void;
  getTime: () => number;
  setTime: (ms: number) => void;
  getCurrentStep: () => number;
  setCurrentStep: (step: number) => void;
  dt: () => number;
  getPopulation: (name: string) => Population | null;
  getProjection: (name: string) => Projection | null;
  populations: () => Population[];
  projections: (filter?: ProjectionFilter) => Projection[];
  monitors: () => Monitor[];
  every: (options: EveryOptions, fn: Callback) => void;
  callbacksEnabled: () => boolean;
  clearAllCallbacks: () => void;
  enableCallbacks: () => void;
  disableCallbacks: () => void;
  enableLearning: (options?: Learning) => void;
  disableLearning: (options?: { projections?: readonly Projection[] }) => void;
  magicNetwork: () => Network;
  addFunction: (definition: string) => void;
  functions: (name: string, network?: Network) => HostFunction;
  getConstant: (name: string, network?: Network) => Constant | null;
  slice: (start?: number | null, stop?: number | null, step?: number | null) => neurarchy.Slice;
  save: (file: string, options?: { populations?: boolean; projections?: boolean }) => Run;
  load: (file: string, options?: { populations?: boolean; projections?: boolean }) => Run;
  saveParameters: (file: string) => Run;
  loadParameters: (
    file: string,
    options?: { globalOnly?: boolean; verbose?: boolean },
  ) => Run<Record<string, number>>;
  parallelRun: (options: never) => Run<unknown[]>;
  report: (options?: { filename?: string; standalone?: boolean; title?: string }) => string;
  sparseRandomMatrix: (
    pre: neurarchy.PopLike,
    post: neurarchy.PopLike,
    proba: number,
    weights: neurarchy.Num,
  ) => neurarchy.SparseMatrix;
  sparseDelaysFromWeights: (
    weights: neurarchy.SparseMatrix,
    delays: neurarchy.Num,
  ) => neurarchy.SparseMatrix;
  timeit: <T>(fn: () => T | Promise<T>) => Promise<T>;
}

type LaterOfClassicFace = "sparseRandomMatrix" | "sparseDelaysFromWeights";

export const classicFace: Built<DeclaredClassicFace, typeof neurarchy> = neurarchy;

// How networks are made and run: every option by its name, none by another.
export const made = new neurarchy.Network();
export const madeFully = new neurarchy.Network({ dt: 0.1, seed: null });
// @ts-expect-error -- no option of this name
export const madeWrongly = new neurarchy.Network({ timestep: 0.1 });
made.config({ numThreads: 2, method: "exponential", dtype: "float32", eventTiming: "annarchy" });
// @ts-expect-error -- no key of this name
made.config({ threads: 2 });
// @ts-expect-error -- no method of this name
made.config({ method: "euler" });
void made.compile({ directory: "build", compiler: "gcc", signal: new AbortController().signal });
// @ts-expect-error -- no option of this name
void made.compile({ folder: "build" });
void made.simulate(10, { measureTime: true, progress: ({ done }: Progress) => done });
// @ts-expect-error -- no option of this name
void made.simulate(10, { measure_time: true });
// @ts-expect-error -- runs that end by conditions need populations
void made.simulateUntil(10);
void made.simulateUntil(10, { population: made.getPopulations(), operator: "or" });
// @ts-expect-error -- conditions are joined by "and" or by "or"
void made.simulateUntil(10, { population: made.getPopulations(), operator: "xor" });
made.reset({
  populations: true,
  projections: true,
  synapses: true,
  monitors: true,
  reseedRng: true,
});
// @ts-expect-error -- no option of this name
made.reset({ population: true });
made.every({ period: 10, offset: -1, wait: 5 }, (n) => n.toFixed() as unknown as undefined);
made.every({}, async () => {});
// @ts-expect-error -- no option of this name
made.every({ interval: 10 }, () => undefined);
made.enableLearning({ period: 10, offset: 5, projections: made.getProjections() });
// @ts-expect-error -- no option of this name
made.enableLearning({ projection: made.getProjections() });
made.getProjections({ pre: "a", post: "b", target: "exc", suppressError: true });
// @ts-expect-error -- no option of this name
made.getProjections({ name: "a" });
void neurarchy.simulate(10, { callbacks: false });

/** What must hold. */
export type Proofs = [
  Prove<Equal<Missing<DeclaredNetwork, Network, LaterOfNetwork>, never>>,
  Prove<Equal<Missing<DeclaredClassicFace, typeof neurarchy, LaterOfClassicFace>, never>>,
  Prove<Equal<Missing<{ dt: 0; seed: 0 }, Required<NetworkOptions>>, never>>,
  Prove<Equal<Awaited<Run<number>>, number>>,
];
