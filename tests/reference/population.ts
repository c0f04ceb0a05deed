import type { Expression, ReductionOperation, Statement } from "../../lib/dsl/ast.js";
import { constantNamed, stored, type FunctionTable } from "./functions.js";
import { assign, linearForm, methodOf, runStatements, type Place } from "./integrate.js";
import type { Attribute, Model } from "./model.js";
import { evaluate, NotCovered, type Scope } from "./scope.js";
import { steps } from "./time.js";

/** "Never": the step of the last spike before the first one (§1.9, §2.6). */
export const NEVER = -10000;

/** What all objects of a network know of it. */
export interface World {
  readonly dt: number;
  readonly method: string;
  readonly eventTiming: string;
  /** The step n; the time is n·dt. */
  n: number;
  readonly constants: Map<string, number>;
  readonly functions: FunctionTable["global"];
}

/** One neuron. */
export interface NeuronState {
  readonly values: Map<string, number>;
  /** sum(target) of a rate-coded neuron. */
  readonly inputs: Map<string, number>;
  /** Refractory steps that are left. */
  remaining: number;
  lastSpike: number;
  /** Steps of spikes within the window of the firing rate. */
  recent: number[];
}

/** The values of all neurons at the end of a step, for delays. */
interface Snapshot {
  readonly shared: ReadonlyMap<string, number>;
  readonly neurons: readonly ReadonlyMap<string, number>[];
  readonly spikes: readonly number[];
}

/** A population whose neurons have equations. Those of the inputs replace `advance`. */
export class Population {
  readonly name: string;
  readonly geometry: readonly number[];
  readonly model: Model;
  readonly world: World;
  readonly neurons: readonly NeuronState[];
  readonly shared = new Map<string, number>();
  /** Values that were set before compilation, by attribute: one, or one per neuron. */
  readonly given = new Map<string, number | readonly number[]>();
  /** Targets of the projections to this population. */
  readonly targets = new Set<string>();
  enabled = true;
  spikes: number[] = [];
  axonSpikes: number[] = [];
  /** Newest first; as many as the largest delay needs. */
  queue: Snapshot[] = [];
  /** [ms] 0: no firing rate is computed. */
  window = 0;
  /** Refractory period in steps of each neuron, where it is a number. */
  refractory: number[] | null = null;
  stopCondition: { readonly condition: Expression; readonly all: boolean } | null = null;
  readonly #reductions = new Map<string, number>();

  constructor(name: string, geometry: readonly number[], model: Model, world: World) {
    this.name = name;
    this.geometry = geometry;
    this.model = model;
    this.world = world;
    const size = geometry.reduce((a, b) => a * b, 1);
    this.neurons = Array.from({ length: size }, () => ({
      values: new Map<string, number>(),
      inputs: new Map<string, number>(),
      remaining: 0,
      lastSpike: NEVER,
      recent: [],
    }));
    if (typeof model.refractory === "number") this.setRefractory(model.refractory);
  }

  get size(): number {
    return this.neurons.length;
  }

  get spiking(): boolean {
    return this.model.spiking;
  }

  /** Set the refractory period [ms]; without effect where the model names an attribute. */
  setRefractory(value: number | readonly number[]): void {
    if (typeof this.model.refractory === "string") return;
    this.refractory = this.neurons.map((_, i) =>
      steps(typeof value === "number" ? value : value[i]!, this.world.dt, Math.trunc),
    );
  }

  /** Values before the first step: of all attributes, or of those that are named. */
  initialise(only?: readonly string[]): void {
    const chosen = [...this.model.attributes.values()].filter(
      ({ name }) => only === undefined || only.includes(name),
    );
    const parametersFirst = [
      ...chosen.filter(({ parameter }) => parameter),
      ...chosen.filter(({ parameter }) => !parameter),
    ];
    for (const attribute of parametersFirst) this.#initialiseOne(attribute);
    this.clear();
    for (const neuron of this.neurons) {
      neuron.remaining = 0;
      neuron.lastSpike = NEVER;
      neuron.inputs.clear();
    }
    this.#reductions.clear();
    this.refill();
  }

  #initialiseOne({ name, init, kind, reach }: Attribute): void {
    const given = this.given.get(name);
    this.neurons.forEach((neuron, i) => {
      const value =
        given !== undefined
          ? typeof given === "number"
            ? given
            : given[i]!
          : typeof init === "number"
            ? init
            : evaluate(init, this.initialScope(neuron));
      if (reach === "local") neuron.values.set(name, stored(value, kind));
      else this.shared.set(name, stored(value, kind));
    });
  }

  /** Initial values name parameters and constants. */
  initialScope(neuron: NeuronState): Scope {
    const refuse = (): never => {
      throw new NotCovered("an initial value that depends on others");
    };
    return {
      name: (name) =>
        neuron.values.get(name) ??
        this.shared.get(name) ??
        constantNamed(name, this.world.constants),
      remote: refuse,
      input: refuse,
      reduction: refuse,
      functions: this.functions,
    };
  }

  get functions(): FunctionTable {
    const { functions, constants } = this.world;
    return { local: this.model.functions, global: functions, constants };
  }

  /** Forget spikes that are under way. */
  clear(): void {
    this.spikes = [];
    this.axonSpikes = [];
    this.queue = this.queue.map((snapshot) => ({ ...snapshot, spikes: [] }));
    for (const neuron of this.neurons) neuron.recent = [];
  }

  /** The value of an attribute in a neuron. */
  value(rank: number, name: string): number {
    const value = this.neurons[rank]!.values.get(name) ?? this.shared.get(name);
    if (value === undefined) throw new NotCovered(`the attribute ${name} of ${this.name}`);
    return value;
  }

  /** Store a value in a neuron, or in the population where it is one for all. */
  store(rank: number, name: string, value: number): void {
    const attribute = this.model.attributes.get(name);
    const kept = stored(value, attribute?.kind ?? "float");
    if (attribute?.reach === "global") this.shared.set(name, kept);
    else this.neurons[rank]!.values.set(name, kept);
  }

  /** sum(target), or the conductance of a spiking neuron; without a target, of all targets. */
  input(rank: number, target: string | null): number {
    if (target === null) {
      return [...this.targets].reduce((sum, each) => sum + this.input(rank, each), 0);
    }
    if (this.spiking) return this.neurons[rank]!.values.get(`g_${target}`) ?? 0;
    return this.neurons[rank]!.inputs.get(target) ?? 0;
  }

  /** Phase 1: the accumulators of a rate-coded population start at 0. */
  zeroInputs(): void {
    if (this.enabled) for (const { inputs } of this.neurons) inputs.clear();
  }

  /** The neurons that fired `delay` steps ago; a disabled population sends nothing (D13). */
  spikesAfter(delay: number): readonly number[] {
    if (!this.enabled) return [];
    return delay <= 1 ? this.spikes : (this.queue[delay - 1]?.spikes ?? []);
  }

  // §1.14 -----------------------------------------------------------------------------------------------------------

  /** A global operation as it was computed last; 0 before the first time. */
  reduction(operation: ReductionOperation, name: string): number {
    return this.#reductions.get(`${operation} ${name}`) ?? 0;
  }

  /** Phase 6. */
  reduce(): void {
    if (!this.enabled) return;
    for (const { name, reach } of this.model.attributes.values()) {
      if (reach !== "local") continue;
      const values = this.neurons.map((_, i) => this.value(i, name));
      const sum = (of: (x: number) => number): number => values.reduce((s, x) => s + of(x), 0);
      this.#reductions.set(`min ${name}`, Math.min(...values));
      this.#reductions.set(`max ${name}`, Math.max(...values));
      this.#reductions.set(`mean ${name}`, sum((x) => x) / values.length);
      this.#reductions.set(`norm1 ${name}`, sum(Math.abs));
      this.#reductions.set(`norm2 ${name}`, Math.sqrt(sum((x) => x * x)));
    }
  }

  // Delays (§4.7) ---------------------------------------------------------------------------------------------------

  /** Phase 5: push the current values and spikes. */
  push(): void {
    if (!this.enabled || this.queue.length === 0) return;
    this.queue = [this.#snapshot(this.spikes), ...this.queue.slice(0, -1)];
  }

  /** Fill the queue with current values and no spikes. */
  refill(length = this.queue.length): void {
    this.queue = Array.from({ length }, () => this.#snapshot([]));
  }

  /** Make the queue longer: zeros and no spikes at the old end. */
  extend(length: number): void {
    const zeros = (values: ReadonlyMap<string, number>): ReadonlyMap<string, number> =>
      new Map([...values.keys()].map((name) => [name, 0]));
    while (this.queue.length < length) {
      this.queue.push({
        shared: zeros(this.shared),
        neurons: this.neurons.map(({ values }) => zeros(values)),
        spikes: [],
      });
    }
  }

  /** The value of an attribute as it was `delay` steps ago. */
  delayed(rank: number, name: string, delay: number): number {
    const snapshot = this.queue[delay - 1]!;
    const value = snapshot.neurons[rank]!.get(name) ?? snapshot.shared.get(name);
    if (value === undefined) throw new NotCovered(`the attribute ${name} of ${this.name}`);
    return value;
  }

  #snapshot(spikes: readonly number[]): Snapshot {
    return {
      shared: new Map(this.shared),
      neurons: this.neurons.map(({ values }) => new Map(values)),
      spikes,
    };
  }

  // Phase 4 ---------------------------------------------------------------------------------------------------------

  /** One step of all neurons (§3.1, §3.2). */
  advance(): void {
    if (!this.enabled) return;
    this.spikes = [];
    this.axonSpikes = [];
    const active = this.neurons.map(({ remaining }) => remaining <= 0);
    const factors = this.#factors();
    const reachOf = (s: Statement): string => this.model.attributes.get(s.target.name)!.reach;
    const { equations } = this.model;
    const ofAll = equations.filter((s) => reachOf(s) === "global");
    const ofEach = equations.filter((s) => reachOf(s) === "local");
    if (this.size > 0)
      runStatements(
        ofAll,
        this.#place(0, factors, () => true),
      );
    this.neurons.forEach((neuron, i) => {
      const writes = (name: string): boolean => active[i]! || name.startsWith("g_");
      runStatements(ofEach, this.#place(i, factors, writes));
      if (!active[i]!) neuron.remaining--;
    });
    if (this.spiking) this.emit(active);
  }

  /** §2.2: factors without local attributes are computed before anything changes. */
  #factors(): ReadonlyMap<Statement, number> {
    const factors = new Map<Statement, number>();
    for (const statement of this.model.equations) {
      if (methodOf(statement, this.world.method) !== "exponential") continue;
      const { tau, words } = linearForm(statement, this.scope(0));
      const fixed = [...words].every(
        (word) => word !== "*" && this.model.attributes.get(word)?.reach !== "local",
      );
      if (fixed) factors.set(statement, 1 - Math.exp(-this.world.dt / tau));
    }
    return factors;
  }

  /** Spike test, resets and firing rates, in ascending rank, after all neurons were updated. */
  emit(active: readonly boolean[]): void {
    const { spike, axonSpike, reset, axonReset } = this.model;
    this.neurons.forEach((_, i) => {
      if (!active[i]!) return;
      const holds = (condition: Expression): boolean => evaluate(condition, this.scope(i)) !== 0;
      const place = this.#place(i, new Map(), () => true);
      if (spike !== null && holds(spike)) {
        for (const statement of reset) assign({ ...statement, flags: [] }, place);
        this.fire(i);
      }
      if (axonSpike !== null && holds(axonSpike) && spike !== null && !holds(spike)) {
        this.axonSpikes.push(i);
        for (const statement of axonReset) assign({ ...statement, flags: [] }, place);
      }
    });
    this.rates();
  }

  /** A neuron fires in this step. */
  fire(rank: number): void {
    const neuron = this.neurons[rank]!;
    const { refractory } = this.model;
    this.spikes.push(rank);
    neuron.lastSpike = this.world.n;
    neuron.remaining =
      typeof refractory === "string"
        ? steps(this.value(rank, refractory), this.world.dt, Math.trunc)
        : (this.refractory?.[rank] ?? 0);
    if (this.window > 0) neuron.recent.push(this.world.n);
  }

  /** §3.6 */
  rates(): void {
    if (this.window <= 0) return;
    const length = steps(this.window, this.world.dt, Math.trunc);
    for (const neuron of this.neurons) {
      neuron.recent = neuron.recent.filter((n) => n > this.world.n - length);
      neuron.values.set("r", (neuron.recent.length * 1000) / this.window);
    }
  }

  #place(
    rank: number,
    factors: ReadonlyMap<Statement, number>,
    writes: (name: string) => boolean,
  ): Place {
    return {
      scope: this.scope(rank),
      write: (name, value) => {
        if (writes(name)) this.store(rank, name, value);
      },
      bound: (name, value) => {
        this.store(rank, name, value);
      },
      step: this.world.dt,
      method: this.world.method,
      coupledRungeKutta: true,
      factors,
    };
  }

  /** What words mean in the equations of a neuron (§1.9). */
  scope(rank: number): Scope {
    const { dt, n, constants } = this.world;
    return {
      name: (name) => {
        if (this.model.attributes.has(name)) return this.value(rank, name);
        if (name === "t") return n * dt;
        if (name === "dt") return dt;
        if (name === "t_last") return this.neurons[rank]!.lastSpike * dt;
        if (name === "spiked") return Number(this.neurons[rank]!.lastSpike === n - 1);
        return this.neurons[rank]!.values.get(name) ?? constantNamed(name, constants);
      },
      remote: () => {
        throw new NotCovered("pre. and post. in a neuron");
      },
      input: (_, target) => this.input(rank, target),
      reduction: (operation, _, name) => this.reduction(operation, name),
      functions: this.functions,
    };
  }
}
