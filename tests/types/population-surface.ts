/** The declared members of populations, views and neurons, held against the package (as in `network-surface.ts`). */
import {
  Population,
  Uniform,
  type Figure,
  type IndividualNeuron,
  type NDArray,
  type Neuron,
  type PopulationView,
  type Run,
  type ValueInput,
  type ViewSpec,
} from "../../lib/index.js";
import { given, type Built, type Equal, type Missing, type Prove } from "./conformance.js";

interface Values {
  get: (name: string) => number | NDArray;
  set: (values: Readonly<Record<string, ValueInput>>) => void;
  sum: (target: string) => NDArray;
  [Symbol.iterator]: () => IterableIterator<IndividualNeuron>;
}

interface DeclaredPopulation extends Values {
  show: () => Figure;
  readonly name: string;
  readonly id: number;
  readonly neuronType: Neuron;
  readonly size: number;
  readonly geometry: readonly number[];
  readonly dimension: number;
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly ranks: Int32Array;
  readonly targets: readonly string[];
  readonly attributes: readonly string[];
  readonly parameters: readonly string[];
  readonly variables: readonly string[];
  readonly functions: readonly string[];
  readonly init: Readonly<Record<string, number | NDArray>>;
  readonly neurons: Iterable<IndividualNeuron>;
  stopCondition: string | null;
  enabled: boolean;
  refractory: number | NDArray;
  buffer: (name: string) => NDArray;
  view: (spec: ViewSpec) => PopulationView;
  neuron: {
    (rank: number): IndividualNeuron;
    (...coordinates: number[]): IndividualNeuron;
  };
  rankFromCoordinates: (coordinates: readonly number[]) => number;
  coordinatesFromRank: (rank: number) => number[];
  normalizedCoordinatesFromRank: (rank: number, norm?: number) => number[];
  computeFiringRate: (window: number) => void;
  enable: () => void;
  disable: () => void;
  reset: (attributes?: readonly string[]) => void;
  clear: () => void;
  save: (file: string) => Run;
  load: (file: string) => Run;
}

interface DeclaredView extends Values {
  readonly population: Population;
  readonly name: string;
  readonly id: number;
  readonly neuronType: Neuron;
  readonly ranks: Int32Array;
  readonly size: number;
  readonly geometry: readonly number[] | null;
  readonly offsets: readonly [number, number];
  readonly targets: readonly string[];
  readonly attributes: readonly string[];
  union: (other: PopulationView) => PopulationView;
  rankFromCoordinates: (coordinates: readonly number[], options?: { local?: boolean }) => number;
  coordinatesFromRank: (rank: number, options?: { local?: boolean }) => number[];
}

interface DeclaredNeuron {
  readonly population: Population;
  readonly rank: number;
  readonly coordinates: readonly number[];
  refractory: number;
  get: (name: string) => number;
  set: (values: Readonly<Record<string, number>>) => void;
  sum: (target: string) => number;
}

export const population: Built<DeclaredPopulation, Population> = given<Population>();
export const view: Built<DeclaredView, PopulationView> = given<PopulationView>();
export const neuron: Built<DeclaredNeuron, IndividualNeuron> = given<IndividualNeuron>();

// Values: one, one for each neuron in any form of array, or a distribution.
const pop = given<Population>();
pop.set({ v: 1, u: true, w: [1, 2], x: [[1, 2]], y: new Float32Array(2), z: new Uniform(0, 1) });
pop.set({ v: { data: new Float64Array(4), shape: [2, 2] } });
// @ts-expect-error -- a text is no value
pop.set({ v: "1" });
pop.refractory = [1, 2];
pop.refractory = new Uniform(0, 1);

// Views: ranks, ranges, texts, masks.
pop.view(3);
pop.view([0, 2]);
pop.view(Int32Array.of(0, 2));
pop.view(":3, ::2");
pop.view([true, false]);
pop.view({ start: 0, stop: null, step: 2 });
pop.view([0, { start: 0, stop: null, step: 2 }]);
// @ts-expect-error -- an object is no selection
pop.view({ ranks: [0] });

// How populations are made.
const type = given<Neuron>();
export const full = new Population({
  geometry: [2, 2],
  neuron: type,
  name: "a",
  stopCondition: "v > 1",
});
// @ts-expect-error -- the neuron is missing
export const withoutNeuron = new Population({ geometry: 4 });
// @ts-expect-error -- no option of this name
export const misspelt = new Population({ geometry: 4, neuron: type, stop: "v > 1" });

/** What must hold. */
export type Proofs = [
  Prove<Equal<Missing<DeclaredPopulation, Population, "show" | "save" | "load">, never>>,
  Prove<Equal<Missing<DeclaredView, PopulationView>, never>>,
  Prove<Equal<Missing<DeclaredNeuron, IndividualNeuron>, never>>,
];
