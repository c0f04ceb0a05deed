/**
 * What do several cores bring to a parallel run? 64 replicas of a network of Izhikevich neurons are run one after the other and
 * as many at once as there are cores, in turns; the minimum of three runs each. The replicas' constructors and connectors run
 * in the one JavaScript thread and take their share of both times.
 */
import { availableParallelism } from "node:os";

import { Network, type NetworkOptions } from "../../lib/index.js";
import { Izhikevich } from "../support/neurons.js";

const REPLICAS = 64;
const NEURONS = 1000;
const DURATION = 1000;

class Cortex extends Network {
  readonly pop;
  readonly spikes;

  constructor(options: NetworkOptions) {
    super(options);
    this.pop = this.create(NEURONS, { neuron: Izhikevich });
    const random = { probability: 0.1, weights: 0.05 };
    this.connect(this.pop, this.pop, { target: "exc" }).fixedProbability(random);
    this.spikes = this.monitor(this.pop, "spike");
  }
}

const net = new Cortex({ seed: 1 });
await net.compile();

/** Wall-clock time [ms], and the rates of the replicas, by which we know that all did the same. */
async function run(maxParallel: number): Promise<{ time: number; rates: number[] }> {
  const begin = performance.now();
  const rates = await net.parallelRun({
    method: async (replica) => {
      await replica.simulate(DURATION);
      return replica.spikes.meanFr();
    },
    ...{ number: REPLICAS, seeds: "sequential" as const, maxParallel },
  });
  return { time: performance.now() - begin, rates };
}

const cores = availableParallelism();
const times = { single: Infinity, several: Infinity };
for (let round = 0; round < 3; round++) {
  const single = await run(1);
  const several = await run(cores);
  if (String(single.rates) !== String(several.rates)) throw new Error("the results differ");
  times.single = Math.min(times.single, single.time);
  times.several = Math.min(times.several, several.time);
}
console.log(`${REPLICAS} networks of ${NEURONS} neurons, ${DURATION} ms each`);
console.log(`one after the other   ${times.single.toFixed(0)} ms`);
console.log(`${cores} at once             ${times.several.toFixed(0)} ms`);
console.log(`speed-up              ${(times.single / times.several).toFixed(2)}`);
