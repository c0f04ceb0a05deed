import type {
  EveryEntry,
  GoldenCase,
  LearningEntry,
  Operation,
  SetEntry,
} from "../golden-runner/schema.js";
import { blocksOf, build, flat, type Objects } from "./build.js";
import { callText } from "./functions.js";
import { Population } from "./population.js";
import { Projection } from "./projection.js";
import { readProjection, type Recorded, type Recorder } from "./recorder.js";
import { evaluate, NotCovered } from "./scope.js";
import { SpikeSourceArray, TimedArray } from "./sources.js";
import { halfToEven, steps } from "./time.js";

/** What a schedule leaves. */
export interface Results {
  readonly recorders: readonly Recorder[];
  readonly reads: Readonly<Record<string, unknown>>;
  readonly calls: Readonly<Record<string, readonly (readonly [number, number])[]>>;
}

/**
 * Run a golden case on plain objects, one per neuron and synapse, with the texts of the models interpreted at every
 * step: slow, and written from the specification alone, to compare the engine with.
 *
 * @throws {NotCovered} when the case needs what the reference does not know, such as random draws.
 */
export function runReference(golden: GoldenCase): Results {
  const run = new Run(build(golden));
  for (const operation of golden.schedule) run.perform(operation);
  return { recorders: run.objects.recorders, reads: run.reads, calls: run.calls };
}

/**
 * One step (model-language §4.9). Populations and projections come in the order of creation in every phase.
 *
 * 1. transmission: inputs to 0, event code of arriving spikes, continuous contributions
 * 2. recording of inputs
 * 3. (random numbers are not covered)
 * 4. neurons: update, spike test, resets, firing rates
 * 5. delay queues
 * 6. global operations
 * 7. equations of synapses
 * 8. code for postsynaptic spikes
 * 9. (structural plasticity is not covered)
 * 10. recording
 * 11. time
 */
function step({ world, populations, projections, recorders }: Objects): void {
  for (const population of populations.values()) population.zeroInputs();
  for (const projection of projections.values()) projection.transmit();
  for (const recorder of recorders) recorder.recordInputs();
  for (const population of populations.values()) population.advance();
  for (const population of populations.values()) population.push();
  for (const population of populations.values()) population.reduce();
  for (const projection of projections.values()) projection.learn();
  for (const projection of projections.values()) projection.postEvents();
  for (const recorder of recorders) recorder.record();
  world.n++;
}

class Run {
  readonly objects: Objects;
  readonly reads: Record<string, unknown> = {};
  readonly calls: Record<string, [number, number][]> = {};

  constructor(objects: Objects) {
    this.objects = objects;
  }

  perform(op: Operation): void {
    const { world, recorders } = this.objects;
    if (op.simulate !== undefined) this.#simulate(op.simulate, op.every ?? []);
    else if (op.step !== undefined) this.#steps(op.step);
    else if (op.until !== undefined) this.reads[op.read ?? ""] = this.#until(op.until);
    else if (op.set !== undefined) this.#set(op.set);
    else if (op.read !== undefined) this.reads[op.read] = this.#read(op);
    else if (op.constant !== undefined) world.constants.set(op.constant.name, op.constant.value);
    else if (op.reset !== undefined) this.#reset(op.reset);
    else if (op.clear !== undefined) this.#population(op.clear).clear();
    else if (op.enable !== undefined) this.#population(op.enable).enabled = true;
    else if (op.disable !== undefined) this.#population(op.disable).enabled = false;
    else if (op.enable_learning !== undefined) this.#enableLearning(op.enable_learning);
    else if (op.disable_learning !== undefined) {
      for (const projection of this.#chosen(op.disable_learning)) {
        if (projection.spiking) projection.plasticity = false;
        else projection.update = false;
      }
    } else if (op.monitor !== undefined) {
      const recorder = recorders[op.monitor.record]!;
      if (op.monitor.op === "pause") recorder.pause();
      else if (op.monitor.op === "resume") recorder.resume();
      else recorder.start(op.monitor.period);
    } else if (op.update !== undefined) {
      const { object, rates, ...options } = op.update;
      const population = this.#population(object);
      if (!(population instanceof TimedArray)) throw new NotCovered("an update");
      population.update(blocksOf(rates), options);
    } else if (op.call !== undefined) this.reads[op.as ?? ""] = this.#call(op.call);
    else throw new NotCovered(`the operation ${Object.keys(op).join(", ")}`);
  }

  #steps(count: number): void {
    for (let i = 0; i < count; i++) step(this.objects);
  }

  /** network-api §1.5, §1.7 */
  #simulate(duration: number, every: readonly EveryEntry[]): void {
    const { world } = this.objects;
    const { dt } = world;
    const begin = world.n;
    const length = steps(duration, dt, Math.ceil);
    const moments = every.flatMap(({ id, period, offset = 0, wait = 0, set }) => {
      this.calls[id] = [];
      const p = Math.max(1, steps(period, dt, Math.trunc));
      const o = ((steps(offset, dt, Math.trunc) % p) + p) % p;
      const found: { at: number; id: string; n: number; set: SetEntry | undefined }[] = [];
      for (let at = steps(wait, dt, Math.trunc) + o, n = 0; at < length; at += p, n++) {
        found.push({ at: begin + at, id, n, set });
      }
      return found;
    });
    for (const { at, id, n, set } of moments.toSorted((a, b) => a.at - b.at)) {
      this.#steps(at - world.n);
      this.calls[id]!.push([n, world.n]);
      if (set !== undefined) this.#set(set);
    }
    this.#steps(begin + length - world.n);
  }

  /** network-api §1.6 */
  #until({ max, populations, operator = "and" }: NonNullable<Operation["until"]>): number {
    const { world } = this.objects;
    const begin = world.n;
    const listed = [populations].flat().map((name: string) => this.#population(name));
    const holds = (population: Population): boolean => {
      const { condition, all } = population.stopCondition!;
      const tests = population.neurons.map(
        (_, i) => evaluate(condition, population.scope(i)) !== 0,
      );
      return all ? tests.every(Boolean) : tests.some(Boolean);
    };
    const length = steps(max, world.dt, Math.ceil);
    while (world.n < begin + length) {
      this.#steps(1);
      if (operator === "and" ? listed.every(holds) : listed.some(holds)) break;
    }
    return (world.n - begin) * world.dt;
  }

  #set({ object, attribute, value, ranks }: SetEntry): void {
    const population = this.objects.populations.get(object);
    if (population === undefined) {
      this.#setProjection(this.objects.projections.get(object)!, attribute, value);
      return;
    }
    if (attribute === "spike_times") {
      if (!(population instanceof SpikeSourceArray)) throw new NotCovered("spike times");
      population.setTimes(value as unknown as number[][]);
      return;
    }
    const given = flat(value);
    if (attribute === "refractory") population.setRefractory(given);
    else if (attribute === "firing_rate") population.window = Number(given);
    else {
      (ranks ?? population.neurons.map((_, i) => i)).forEach((rank, i) => {
        population.store(rank, attribute, typeof given === "number" ? given : given[i]!);
      });
    }
  }

  #setProjection(projection: Projection, attribute: string, value: unknown): void {
    const { dt } = projection.world;
    switch (attribute) {
      case "transmission":
        projection.transmission = Boolean(value);
        return;
      case "axon_transmission":
        projection.axonTransmission = Boolean(value);
        return;
      case "update":
        projection.update = Boolean(value);
        return;
      case "plasticity":
        projection.plasticity = Boolean(value);
        return;
      case "delay":
        projection.rows.forEach(({ synapses }, i) => {
          synapses.forEach((synapse, j) => {
            const time = typeof value === "number" ? value : (value as number[][])[i]![j]!;
            synapse.delay = Math.max(1, steps(time, dt, halfToEven));
            projection.pre.extend(synapse.delay);
          });
        });
        return;
      default:
        projection.assign(attribute, value as number);
    }
  }

  #read({ object = "", attribute = "", ranks }: Operation): unknown {
    const population = this.objects.populations.get(object);
    if (population === undefined) {
      return readMember(this.objects.projections.get(object)!, attribute);
    }
    const { geometry, neurons, shared, world } = population;
    const chosen = ranks ?? neurons.map((_, i) => i);
    if (attribute === "normalized") throw new NotCovered("coordinates");
    if (attribute === "size") return population.size;
    if (attribute === "refractory") {
      return chosen.map((rank) => population.refractory![rank]! * world.dt);
    }
    if (shared.has(attribute)) return shared.get(attribute);
    const values = chosen.map((rank) => population.value(rank, attribute));
    return ranks === undefined ? shaped(values, geometry) : values;
  }

  /** network-api §1.8; decisions 3 */
  #reset({ object, attributes, ...options }: NonNullable<Operation["reset"]>): void {
    const { world, populations, projections, recorders } = this.objects;
    if (object !== undefined) {
      const part = populations.get(object) ?? projections.get(object)!;
      part.initialise(attributes);
      return;
    }
    if (options["synapses"] === true) throw new NotCovered("a reset of connections");
    world.n = 0;
    if (options["populations"] !== false) {
      for (const population of populations.values()) population.initialise();
    }
    for (const projection of projections.values()) {
      projection.forget();
      if (options["projections"] === true) projection.initialise();
    }
    if (options["monitors"] !== false) for (const recorder of recorders) recorder.clear();
  }

  /** §4.6 */
  #enableLearning(entry: LearningEntry): void {
    const { dt, n } = this.objects.world;
    for (const projection of this.#chosen(entry)) {
      projection.update = true;
      projection.plasticity = true;
      projection.period = entry.period === undefined ? 1 : steps(entry.period, dt, Math.trunc);
      projection.offset =
        entry.offset === undefined
          ? 0
          : (n + steps(entry.offset, dt, Math.trunc)) % projection.period;
    }
  }

  #chosen({ projections }: LearningEntry): readonly Projection[] {
    const all = this.objects.projections;
    return projections === undefined
      ? [...all.values()]
      : projections.map((name) => all.get(name)!);
  }

  #call({ object, function: name, args }: NonNullable<Operation["call"]>): number[] {
    const owner = this.objects.populations.get(object) ?? this.objects.projections.get(object)!;
    const text = owner.model.functions.get(name)!;
    const columns = args.map((column) => [column].flat());
    return columns[0]!.map((_, i) =>
      callText(
        text,
        columns.map((column) => column[i]!),
        owner.functions,
      ),
    );
  }

  #population(name: string): Population {
    return this.objects.populations.get(name)!;
  }
}

function readMember(projection: Projection, attribute: string): unknown {
  const { rows, world, delays, pre, post } = projection;
  const perRow = rows.map(({ synapses }) => synapses);
  switch (attribute) {
    case "delay":
      if (delays === "several") return perRow.map((row) => row.map((s) => s.delay * world.dt));
      return perRow[0]![0]!.delay * world.dt;
    case "pre_ranks":
      return perRow.map((row) => row.map((synapse) => synapse.pre));
    case "post_ranks":
      return rows.map((row) => row.post);
    case "size":
      return rows.length;
    case "nb_synapses":
      return perRow.flat().length;
    case "nb_synapses_per_dendrite":
      return perRow.map((row) => row.length);
    case "connectivity_matrix":
      return post.neurons.map((_, i) =>
        pre.neurons.map((__, j) => {
          const row = rows.find((each) => each.post === i);
          return row?.synapses.find((synapse) => synapse.pre === j)?.values.get("w") ?? 0;
        }),
      );
    case "w":
      if (projection.singleWeight) return perRow[0]![0]!.values.get("w");
      return readProjection(projection, "w");
    default:
      return readProjection(projection, attribute);
  }
}

/** A flat list in the shape of a population. */
function shaped(values: readonly number[], [first, ...rest]: readonly number[]): Recorded {
  if (first === undefined || rest.length === 0) return values;
  const width = values.length / first;
  return Array.from({ length: first }, (_, i) =>
    shaped(values.slice(i * width, (i + 1) * width), rest),
  );
}
