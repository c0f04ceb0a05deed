/** The declared members of projections, dendrites and synapses, held against the package (as in `network-surface.ts`). */
import {
  LilConnectivity,
  Projection,
  Uniform,
  type ConnectorOptions,
  type Dendrite,
  type End,
  type Figure,
  type IndividualSynapse,
  type LearningOptions,
  type Matrix,
  type NDArray,
  type Num,
  type PopLike,
  type Row,
  type Run,
  type SelfConnections,
  type SparseMatrix,
  type StorageOptions,
  type Synapse,
  type SynapticInput,
  type SynapticValues,
  type TypedArray,
  type ValueInput,
} from "../../lib/index.js";
import { given, type Built, type Equal, type Missing, type Prove } from "./conformance.js";

interface Profile extends SelfConnections {
  delays?: Num;
  limit?: number;
}
type FromMatrix = StorageOptions & {
  weights: Matrix;
  delays?: number | Matrix;
  prePost?: boolean;
};
type FromSparse = StorageOptions & {
  weights: SparseMatrix;
  delays?: number;
  forceMultipleWeights?: boolean;
};
type Rule = ConnectorOptions & SelfConnections;
type ByPost = Partial<ConnectorOptions> & SelfConnections & { number: number };
type Dog = Profile & { ampPos: number; sigmaPos: number; ampNeg: number; sigmaNeg: number };

/** The connectors, under both names where these differ by the prefix alone. */
interface DeclaredConnectors {
  allToAll: (options: Rule) => Projection;
  oneToOne: (options?: Partial<ConnectorOptions>) => Projection;
  fixedProbability: (options: Rule & { probability: number }) => Projection;
  fixedNumberPre: (options: Rule & { number: number }) => Projection;
  fixedNumberPost: (options: ByPost) => Projection;
  gaussian: (options: Profile & { amp: number; sigma: number }) => Projection;
  dog: (options: Dog) => Projection;
  fromMatrix: (options: FromMatrix) => Projection;
  fromSparse: (options: FromSparse) => Projection;
  fromFunction: (
    fn: (pre: PopLike, post: PopLike, dt: number, args: Record<string, unknown>) => LilConnectivity,
    args?: Record<string, unknown>,
    options?: StorageOptions,
  ) => Projection;
  fromFile: (file: string, options?: StorageOptions) => Projection;
  fromMatrixMarket: (file: string, options?: StorageOptions) => Projection;
  connectAllToAll: (options: Rule) => Projection;
  connectFixedProbability: (options: Rule & { probability: number }) => Projection;
  connectFixedNumberPre: (options: Rule & { number: number }) => Projection;
  connectFixedNumberPost: (options: ByPost) => Projection;
  connectGaussian: (options: Profile & { amp: number; sigma: number }) => Projection;
  connectDog: (options: Dog) => Projection;
  connectFromMatrix: (options: FromMatrix) => Projection;
  connectFromSparse: (options: FromSparse) => Projection;
  connectWithFunc: (
    fn: (pre: PopLike, post: PopLike, args: Record<string, unknown>) => LilConnectivity,
    args?: Record<string, unknown>,
    options?: StorageOptions,
  ) => Projection;
  connectFromFile: (file: string, options?: StorageOptions) => Projection;
  connectFromMatrixMarket: (file: string, options?: StorageOptions) => Projection;
}

interface DeclaredProjection extends DeclaredConnectors {
  show: () => Figure;
  readonly name: string;
  readonly id: number;
  readonly target: string | readonly string[];
  readonly pre: PopLike;
  readonly post: PopLike;
  readonly synapseType: Synapse;
  readonly attributes: readonly string[];
  readonly parameters: readonly string[];
  readonly variables: readonly string[];
  readonly functions: readonly string[];
  readonly size: number;
  readonly nbSynapses: number;
  readonly nbSynapsesPerDendrite: readonly number[];
  readonly postRanks: Int32Array;
  readonly preRanks: readonly Int32Array[];
  readonly maxDelay: number;
  readonly uniformDelay: number;
  readonly dendrites: Iterable<Dendrite>;
  delay: number | Float64Array[];
  w: SynapticValues;
  transmission: boolean;
  axonTransmission: boolean;
  update: boolean;
  plasticity: boolean;
  get: (name: string) => SynapticValues;
  set: (values: Readonly<Record<string, SynapticInput>>) => void;
  dendrite: (post: number | readonly number[]) => Dendrite;
  synapse: (pre: number, post: number) => IndividualSynapse | null;
  [Symbol.iterator]: () => IterableIterator<Dendrite>;
  connectivityMatrix: (options?: { fill?: number }) => NDArray;
  receptiveFields: (options?: {
    variable?: string;
    inPostGeometry?: boolean;
    legacyLeadingRow?: boolean;
  }) => NDArray;
  enableLearning: (options?: LearningOptions) => void;
  disableLearning: (update?: unknown) => void;
  startPruning: (options?: { period?: number }) => void;
  stopPruning: () => void;
  startCreating: (options?: { period?: number }) => void;
  stopCreating: () => void;
  reset: (options?: { attributes?: readonly string[]; synapses?: boolean }) => void;
  save: (file: string) => Run;
  load: (file: string) => Run;
  saveConnectivity: (file: string) => Run;
}

/** Connectors, structural plasticity, files and pictures that are built later. */
type LaterOfProjection = "show" | "receptiveFields";

interface DeclaredDendrite {
  readonly proj: Projection;
  readonly pre: PopLike;
  readonly target: string | readonly string[];
  readonly postRank: number;
  readonly idx: number;
  readonly size: number;
  readonly preRanks: Int32Array;
  readonly attributes: readonly string[];
  readonly parameters: readonly string[];
  readonly variables: readonly string[];
  readonly synapses: Iterable<IndividualSynapse>;
  delay: number | Float64Array;
  w: number | Row;
  get: (name: string) => number | Row;
  set: (values: Readonly<Record<string, ValueInput>>) => void;
  synapse: (pre: number | readonly number[]) => IndividualSynapse;
  receptiveField: (options?: { variable?: string; fill?: number }) => NDArray;
  createSynapse: (rank: number, options?: { w?: number; delay?: number }) => void;
  createSynapses: (
    ranks: readonly number[],
    options?: { weights?: readonly number[]; delays?: readonly number[] },
  ) => void;
  pruneSynapse: (rank: number) => void;
  pruneSynapses: (ranks: readonly number[]) => void;
  [Symbol.iterator]: () => IterableIterator<IndividualSynapse>;
}

type LaterOfDendrite =
  "receptiveField" | "createSynapse" | "createSynapses" | "pruneSynapse" | "pruneSynapses";

interface DeclaredSynapse {
  readonly dendrite: Dendrite;
  readonly rank: number;
  w: number;
  get: (name: string) => number;
  set: (values: Readonly<Record<string, number>>) => void;
}

const proj = given<Projection>();
export const projection: Built<DeclaredProjection, Projection> = proj;
export const dendrite: Built<Omit<DeclaredDendrite, "proj">, Dendrite> = given<Dendrite>();
export const ofProjection: Projection = proj.dendrite(0).proj;
export const synapse: Built<DeclaredSynapse, IndividualSynapse> = given<IndividualSynapse>();

// Values of synapses and delays.
proj.w = 1;
proj.w = [1, 2];
proj.w = [1, [2, 3], new Float64Array(2), new Uniform(0, 1)];
proj.w = new Uniform(0, 1);
proj.delay = 2;
proj.delay = [[1, 2], new Float64Array(2)];
proj.dendrite([0, 1]).w = [1, 2];
proj.dendrite(0).delay = [1, 2];
proj.dendrite(0).synapse([0, 1]).w = 2;
// @ts-expect-error -- a text is no weight
proj.w = "1";

// The options of connectors.
const weights = 0.5;
proj.allToAll({
  weights,
  delays: new Uniform(1, 5),
  allowSelfConnections: true,
  forceMultipleWeights: true,
  storageFormat: "csr",
  storageOrder: "pre_to_post",
});
proj.connectOneToOne({ weights, shift: 1 });
proj.fromFunction(
  (pre, post, dt, { scale }) => {
    const connectivity = new LilConnectivity(dt);
    connectivity.add(0, Array.from(pre.ranks), scale, [post.size]);
    return connectivity;
  },
  { scale: 2 },
);
proj.fromMatrix({ weights: [[1, null]], delays: [[1, null]], prePost: true });
// @ts-expect-error -- the weights are missing
proj.allToAll({ delays: 1 });
// @ts-expect-error -- no option of this name
proj.oneToOne({ shift: 1 });
// @ts-expect-error -- no format of this name
proj.allToAll({ weights, storageFormat: "sparse" });
// @ts-expect-error -- the probability is a number
proj.fixedProbability({ weights, probability: "0.1" });
// @ts-expect-error -- no option of this name
proj.fromMatrix({ weights: [[1]], prepost: true });

// How projections are made.
const [pre, post] = [given<End>(), given<End>()];
export const full = new Projection({ pre, post, target: ["exc", "inh"], name: "a" });
export const ofModel = new Projection({ pre, post, target: "exc", synapse: given<Synapse>() });
// @ts-expect-error -- the target is missing
export const withoutTarget = new Projection({ pre, post });
// @ts-expect-error -- no option of this name
export const misspelt = new Projection({ pre, post, target: "exc", synapses: given<Synapse>() });

/** Rows of a list of synapses, in all forms. */
export const rows: TypedArray[] = [new Float64Array(1), new Int32Array(1), new Uint8Array(1)];

/** What must hold. */
export type Proofs = [
  Prove<Equal<Missing<DeclaredProjection, Projection, LaterOfProjection>, never>>,
  Prove<Equal<Missing<DeclaredDendrite, Dendrite, LaterOfDendrite>, never>>,
  Prove<Equal<Missing<DeclaredSynapse, IndividualSynapse>, never>>,
  Prove<Equal<LilConnectivity["size" | "nbSynapses" | "maxDelay" | "uniformDelay"], number>>,
];
