/**
 * How long do the statistics of ten million spikes take? 10 000 neurons fire 1000 times each; every statistic begins with what
 * the engine hands over, so that each time contains the sorting by neuron. Minimum of three runs, printed in ms.
 */
import { meanFr, populationRate, smoothedRate } from "../../lib/analysis/rates.js";
import {
  coefficientOfVariation,
  histogram,
  interSpikeInterval,
  rasterPlot,
  type Spikes,
} from "../../lib/analysis/spikes.js";
import { spikeDict, spikeTrains } from "../../lib/analysis/trains.js";
import { RandomGenerator } from "../../lib/random/generator.js";

const NEURONS = 10_000;
const STEPS = 10_000;
const PER_STEP = 1000;

const rng = new RandomGenerator(1);
const ranks = new Int32Array(STEPS * PER_STEP);
const steps = new Float64Array(STEPS * PER_STEP);
for (let step = 0; step < STEPS; step++) {
  // Every tenth neuron, from a random one on: ascending and each once, as the engine records them.
  const first = Math.floor(rng.random() * 10);
  for (let i = 0; i < PER_STEP; i++) {
    ranks[step * PER_STEP + i] = first + i * 10;
    steps[step * PER_STEP + i] = step;
  }
}
const all = Int32Array.from({ length: NEURONS }, (_, rank) => rank);
const sorted = (): Spikes => spikeTrains([{ ranks, steps }], all);

const statistics: Readonly<Record<string, () => unknown>> = {
  "counting sort alone": sorted,
  "dictionary of get": () => spikeDict(sorted()),
  rasterPlot: () => rasterPlot(sorted()),
  histogram: () => histogram(sorted(), { bins: 10 }),
  "histogram per neuron": () => histogram(sorted(), { bins: 1000, perNeuron: true }),
  interSpikeInterval: () => interSpikeInterval(sorted()),
  coefficientOfVariation: () => coefficientOfVariation(sorted()),
  meanFr: () => meanFr(sorted()),
  populationRate: () => populationRate(sorted(), { smooth: 10 }),
};

for (const [name, compute] of Object.entries(statistics)) {
  const times = Array.from({ length: 3 }, () => {
    const begin = performance.now();
    if (compute() === null) throw new Error("no result");
    return performance.now() - begin;
  });
  console.log(`${name.padEnd(24)} ${Math.min(...times).toFixed(0)} ms`);
}

// 100 million rates: a tenth of the neurons.
const some = spikeTrains(
  [{ ranks, steps }],
  all.filter((rank) => rank < NEURONS / 10),
);
const begin = performance.now();
smoothedRate(some, { smooth: 10 });
console.log(`${"smoothedRate of 10 %".padEnd(24)} ${(performance.now() - begin).toFixed(0)} ms`);
