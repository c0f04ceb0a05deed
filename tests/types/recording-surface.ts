/** The declared members of monitors, of the functions on spikes and of figures (as in `network-surface.ts`). */
import * as neurarchy from "../../lib/index.js";
import type {
  ArrayInput,
  Dendrite,
  Figure,
  GetOptions,
  HistogramOptions,
  Monitor,
  NDArray,
  Population,
  Projection,
  Ragged,
  RasterData,
  Recording,
  Run,
  SpikeDict,
  SpikeInput,
} from "../../lib/index.js";
import { given, type Built, type Equal, type Missing, type Prove } from "./conformance.js";

type Names = string | readonly string[];
interface FigureOptions {
  title?: string;
  xLabel?: string;
  yLabel?: string;
  width?: number;
  height?: number;
}
interface TimeOptions extends FigureOptions {
  dt?: number;
  from?: number;
  to?: number;
}

/** What can be said of spikes, by monitors and by functions. `D` is `{ dt?: number }` for functions. */
interface DeclaredStatistics<D, S> {
  rasterPlot: (spikes: S, options?: D) => RasterData;
  histogram: (spikes: S, options?: HistogramOptions & D) => NDArray;
  interSpikeInterval: {
    (spikes: S, options?: D & { ranks?: readonly number[]; perNeuron?: false }): Float64Array;
    (
      spikes: S,
      options: D & { ranks?: readonly number[]; perNeuron: true },
    ): Map<number, Float64Array>;
  };
  coefficientOfVariation: {
    (spikes: S, options?: D & { ranks?: readonly number[]; perNeuron?: false }): Float64Array;
    (spikes: S, options: D & { ranks?: readonly number[]; perNeuron: true }): Map<number, number>;
  };
  meanFr: (spikes: S, options?: D & { duration?: number }) => number;
  populationRate: (spikes: S, options?: D & { smooth?: number }) => Float64Array;
  smoothedRate: (spikes: S, options?: D & { smooth?: number }) => NDArray;
}

interface DeclaredMonitor extends Omit<
  DeclaredStatistics<object, SpikeInput | undefined>,
  "meanFr"
> {
  show: () => Figure;
  raster: (options?: TimeOptions & { ranks?: readonly number[]; rate?: boolean }) => Figure;
  readonly name: string;
  readonly variables: readonly string[];
  period: number;
  periodOffset: number;
  start: (options?: { variables?: readonly string[]; period?: number }) => void;
  pause: () => void;
  resume: () => void;
  stop: () => void;
  reset: () => void;
  get: {
    (variable: "spike" | "axon_spike", options?: GetOptions & { forceDict?: false }): SpikeDict;
    (variable: string, options?: GetOptions & { forceDict?: false }): NDArray;
    (variables?: Names, options?: GetOptions & { forceDict?: boolean }): Record<string, Recording>;
  };
  times: (variables?: Names) => Record<string, { start: number[]; stop: (number | null)[] }>;
  meanFr: (spikes?: SpikeInput) => number;
  save: (file: string, options?: GetOptions & { variables?: Names; forceDict?: boolean }) => Run;
}

export const ofPopulation: Built<DeclaredMonitor, Monitor<Population>> = given<
  Monitor<Population>
>();
export const ofDendrite: Built<DeclaredMonitor, Monitor<Dendrite>> = given<Monitor<Dendrite>>();
export const functions: Built<
  DeclaredStatistics<{ dt?: number }, SpikeInput>,
  typeof neurarchy
> = neurarchy;

interface DeclaredFigure {
  toPlotly: () => { data: object[]; layout: object; frames?: object[]; config?: object };
  toSVG: () => string;
  toPNG: (options?: { scale?: number }) => Uint8Array;
}
type Spikes = Monitor | SpikeInput;
interface DeclaredPlots {
  raster: (
    spikes: Spikes,
    options?: TimeOptions & { ranks?: readonly number[]; rate?: boolean },
  ) => Figure;
  trace: (
    data: Monitor | ArrayInput,
    options?: TimeOptions & { variables?: Names; neurons?: readonly number[] },
  ) => Figure;
  rate: (spikes: Spikes, options?: TimeOptions & { smooth?: number }) => Figure;
  psth: (spikes: Spikes, options?: TimeOptions & { bins?: number }) => Figure;
  isi: (spikes: Spikes, options?: FigureOptions & { dt?: number; bins?: number }) => Figure;
  weights: (source: Projection | ArrayInput, options?: FigureOptions & { bins?: number }) => Figure;
  receptiveFields: (source: Projection | Dendrite, options?: FigureOptions) => Figure;
  connectivity: (source: Projection, options?: FigureOptions) => Figure;
  heatmap: (values: ArrayInput, options?: FigureOptions) => Figure;
  animation: (frames: Monitor | ArrayInput, options?: FigureOptions) => Figure;
  phasePlane: (
    source: { x: ArrayInput; y: ArrayInput },
    options?: FigureOptions & { nullclines?: boolean; field?: boolean },
  ) => Figure;
  fiCurve: (data: { current: ArrayInput; rate: ArrayInput }, options?: FigureOptions) => Figure;
  network: (network?: neurarchy.Network, options?: FigureOptions) => Figure;
}
export const plots: Built<DeclaredPlots, typeof neurarchy.plot> = neurarchy.plot;
export const figure: Built<DeclaredFigure, Figure> = given<Figure>();

// How monitors are made and read.
const [pop, proj] = [given<Population>(), given<Projection>()];
export const recorded = new neurarchy.Monitor(pop, ["v", "spike"], {
  period: 10,
  periodOffset: 5,
  start: false,
  name: "m",
});
export const nothing = new neurarchy.Monitor(pop);
// @ts-expect-error -- no option of this name
export const misspelt = new neurarchy.Monitor(pop, "v", { offset: 5 });
// @ts-expect-error -- a network cannot be recorded
export const ofNetwork = new neurarchy.Monitor(given<neurarchy.Network>(), "v");
const spikes = recorded.get("spike", { keep: true });
export const values = recorded.get("v", { reshape: false });
export const all = recorded.get();
export const dictionary = recorded.get("v", { forceDict: true });
export const weights = new neurarchy.Monitor(proj, "w", { period: 10 }).get("w");
// @ts-expect-error -- no option of this name
recorded.get("v", { kept: true });
recorded.histogram(spikes, { bins: 2, perNeuron: true, recordingWindow: [0, 20] });
recorded.interSpikeInterval(undefined, { perNeuron: true, ranks: [0] }).get(0);
// @ts-expect-error -- no option of this name
recorded.histogram(spikes, { bin: 2 });

/** What must hold. */
export type Proofs = [
  Prove<Equal<typeof spikes, SpikeDict>>,
  Prove<Equal<typeof values, NDArray>>,
  Prove<Equal<typeof all, Record<string, Recording>>>,
  Prove<Equal<typeof dictionary, Record<string, Recording>>>,
  Prove<Equal<typeof weights, NDArray | Ragged>>,
  Prove<Equal<Missing<DeclaredMonitor, Monitor, "save">, never>>,
  Prove<Equal<Missing<DeclaredStatistics<object, SpikeInput>, typeof neurarchy>, never>>,
  Prove<Equal<Missing<DeclaredFigure, Figure>, never>>,
  Prove<Equal<keyof Pick<typeof neurarchy.plot, "raster" | "trace">, "raster" | "trace">>,
];
