import type { Side, Statement } from "../../lib/dsl/ast.js";
import { constantNamed, stored, type FunctionTable } from "./functions.js";
import { assigned, linearForm, methodOf, runStatements, type Place } from "./integrate.js";
import type { Model } from "./model.js";
import { NEVER, type Population, type World } from "./population.js";
import { evaluate, NotCovered, type Scope } from "./scope.js";

/** One synapse. */
export interface SynapseState {
  readonly pre: number;
  /** [steps] At least 1. */
  delay: number;
  readonly values: Map<string, number>;
  /** The step L of the last event (§2.6). */
  lastEvent: number;
}

/** The synapses of one postsynaptic neuron. */
export interface Row {
  readonly post: number;
  readonly synapses: readonly SynapseState[];
  readonly values: Map<string, number>;
}

/** Spikes under way in a projection with several delays. */
interface UnderWay {
  readonly arrival: number;
  readonly emitted: number;
  readonly row: Row;
  readonly synapse: SynapseState;
}

/** What a projection is made of. */
export interface Parts {
  readonly name: string;
  readonly pre: Population;
  readonly post: Population;
  readonly targets: readonly string[];
  readonly model: Model;
  readonly rows: readonly Row[];
  /** None: one step for all; uniform: more; several: each synapse has its own. */
  readonly delays: "none" | "uniform" | "several";
  /** All synapses share one weight (§4.1). */
  readonly singleWeight: boolean;
  readonly world: World;
}

/** Synapses between two populations. */
export class Projection implements Parts {
  readonly name: string;
  readonly pre: Population;
  readonly post: Population;
  readonly targets: readonly string[];
  readonly model: Model;
  readonly rows: readonly Row[];
  readonly delays: "none" | "uniform" | "several";
  readonly singleWeight: boolean;
  readonly world: World;
  readonly shared = new Map<string, number>();
  /** Values that were set before compilation. */
  readonly given = new Map<string, number | readonly (number | readonly number[])[]>();
  transmission = true;
  axonTransmission = true;
  update = true;
  plasticity = true;
  /** [steps] */
  period = 1;
  offset = 0;
  #underWay: readonly UnderWay[] = [];

  constructor(parts: Parts) {
    this.name = parts.name;
    this.pre = parts.pre;
    this.post = parts.post;
    this.targets = parts.targets;
    this.model = parts.model;
    this.rows = parts.rows;
    this.delays = parts.delays;
    this.singleWeight = parts.singleWeight;
    this.world = parts.world;
  }

  get spiking(): boolean {
    return this.model.spiking;
  }

  get functions(): FunctionTable {
    const { functions, constants } = this.world;
    return { local: this.model.functions, global: functions, constants };
  }

  /** Initial values of attributes but the weight. */
  initialise(only?: readonly string[]): void {
    const attributes = [...this.model.attributes.values()];
    const order = [
      ...attributes.filter(({ parameter }) => parameter),
      ...attributes.filter(({ parameter }) => !parameter),
    ];
    for (const { name, init } of order) {
      if (name === "w" || (only !== undefined && !only.includes(name))) continue;
      const given = this.given.get(name);
      if (given !== undefined) {
        this.assign(name, given);
        continue;
      }
      for (const row of this.rows) {
        for (const synapse of row.synapses) {
          const scope = this.scope(row, synapse, "event");
          this.store(row, synapse, name, typeof init === "number" ? init : evaluate(init, scope));
        }
      }
    }
  }

  /** After a reset nothing is under way, and no event has been (D10). */
  forget(): void {
    this.#underWay = [];
    for (const { synapses } of this.rows) {
      for (const synapse of synapses) synapse.lastEvent = NEVER;
    }
  }

  /** Assign an attribute: one value, one per row, or one per synapse (network-api §3.8). */
  assign(name: string, value: number | readonly (number | readonly number[])[]): void {
    this.rows.forEach((row, i) => {
      const ofRow = typeof value === "number" ? value : value[i]!;
      row.synapses.forEach((synapse, j) => {
        this.store(row, synapse, name, typeof ofRow === "number" ? ofRow : ofRow[j]!);
      });
    });
  }

  /** The value of an attribute, wherever it is kept. */
  value(row: Row, synapse: SynapseState, name: string): number {
    const value = synapse.values.get(name) ?? row.values.get(name) ?? this.shared.get(name);
    if (value === undefined) throw new NotCovered(`the attribute ${name} of ${this.name}`);
    return value;
  }

  store(row: Row, synapse: SynapseState, name: string, value: number): void {
    const attribute = this.model.attributes.get(name);
    const kept = stored(value, attribute?.kind ?? "float");
    if (attribute?.reach === "global") this.shared.set(name, kept);
    else if (attribute?.reach === "row") row.values.set(name, kept);
    else synapse.values.set(name, kept);
  }

  /** Whether anything happens: the switch is on, and somebody listens. */
  get #works(): boolean {
    return this.transmission && this.post.enabled;
  }

  // Phase 1 ---------------------------------------------------------------------------------------------------------

  /** Event code for spikes that arrive, then the continuous contribution. */
  transmit(): void {
    const { n } = this.world;
    if (this.spiking && this.delays === "several") this.#send();
    if (!this.#works) {
      this.#underWay = this.#underWay.filter(({ arrival }) => arrival > n);
      return;
    }
    if (this.spiking) this.#deliver();
    if (this.model.psp !== null || !this.spiking) this.#reduce();
  }

  /** Put the spikes of the last step on their way. */
  #send(): void {
    const emitted = this.world.n - 1;
    for (const pre of this.pre.spikesAfter(1)) {
      for (const [row, synapse] of this.#outgoing(pre)) {
        const arrival = emitted + synapse.delay;
        this.#underWay = [...this.#underWay, { arrival, emitted, row, synapse }];
      }
    }
  }

  /** §4.3 */
  #deliver(): void {
    const { n } = this.world;
    const { model, pre } = this;
    const axonal = this.axonTransmission && pre.enabled ? pre.axonSpikes : [];
    if (!model.axonLikeSpike && model.preAxonSpike.length > 0) {
      for (const rank of axonal) {
        for (const [row, synapse] of this.#outgoing(rank)) {
          for (const statement of model.preAxonSpike) this.#toTarget(statement, row, synapse);
        }
      }
    }
    if (this.delays === "several") {
      const arriving = this.#underWay.filter(({ arrival }) => arrival === n);
      this.#underWay = this.#underWay.filter(({ arrival }) => arrival > n);
      const order = (a: UnderWay, b: UnderWay): number =>
        a.row.post - b.row.post || a.emitted - b.emitted || a.synapse.pre - b.synapse.pre;
      for (const { row, synapse } of arriving.toSorted(order)) this.#preEvent(row, synapse);
    } else {
      const delay = this.delays === "none" ? 1 : (this.rows[0]?.synapses[0]?.delay ?? 1);
      const spikes = this.delays === "none" ? pre.spikesAfter(1) : this.#queued(delay);
      for (const rank of spikes) {
        for (const [row, synapse] of this.#outgoing(rank)) this.#preEvent(row, synapse);
      }
    }
    if (model.axonLikeSpike) {
      for (const rank of axonal) {
        for (const [row, synapse] of this.#outgoing(rank)) this.#preEvent(row, synapse);
      }
    }
  }

  #queued(delay: number): readonly number[] {
    return this.pre.enabled ? (this.pre.queue[delay - 1]?.spikes ?? []) : [];
  }

  /** The synapses of a presynaptic neuron in ascending order of the postsynaptic ones. */
  #outgoing(pre: number): readonly (readonly [Row, SynapseState])[] {
    return this.rows.flatMap((row) =>
      row.synapses
        .filter((synapse) => synapse.pre === pre)
        .map((synapse) => [row, synapse] as const),
    );
  }

  #preEvent(row: Row, synapse: SynapseState): void {
    const { n, eventTiming } = this.world;
    const { preSpike, psp } = this.model;
    this.#advanceEventDriven(row, synapse, n - 1);
    synapse.lastEvent = eventTiming === "annarchy" ? n : n - 1;
    const ofTarget = preSpike.filter(({ target }) => target.name === "g_target");
    for (const statement of ofTarget) this.#toTarget(statement, row, synapse);
    if (ofTarget.length === 0 && psp === null) this.#addWeight(row, synapse);
    for (const statement of preSpike) {
      if (statement.target.name === "g_target") continue;
      const together =
        this.pre.neurons[synapse.pre]!.lastSpike === this.post.neurons[row.post]!.lastSpike;
      if (together && statement.flags.some(({ name }) => name === "unless_post")) continue;
      this.#runEventStatement(statement, row, synapse);
    }
  }

  #addWeight(row: Row, synapse: SynapseState): void {
    const weight = this.value(row, synapse, "w");
    for (const target of this.targets) this.#addInput(row.post, target, weight);
  }

  /** A statement on g_target, for every target. */
  #toTarget(statement: Statement, row: Row, synapse: SynapseState): void {
    const { flags, right } = statement;
    const together =
      this.pre.neurons[synapse.pre]!.lastSpike === this.post.neurons[row.post]!.lastSpike;
    if (together && flags.some(({ name }) => name === "unless_post")) return;
    const plain = this.scope(row, synapse, "event");
    for (const target of this.targets) {
      const old = this.post.value(row.post, `g_${target}`);
      const scope: Scope = {
        ...plain,
        name: (name) =>
          name === "g_target" ? this.post.value(row.post, `g_${target}`) : plain.name(name),
      };
      let value = assigned(statement, old, evaluate(right, scope));
      for (const { name, value: bound } of flags) {
        if (name === "min") value = Math.max(value, evaluate(bound!, scope));
        if (name === "max") value = Math.min(value, evaluate(bound!, scope));
      }
      this.post.store(row.post, `g_${target}`, value);
    }
  }

  /** Another statement of event code, followed by its bounds. */
  #runEventStatement(statement: Statement, row: Row, synapse: SynapseState): void {
    const { target, flags, right } = statement;
    if (target.name === "w" && !this.plasticity) return;
    const scope = this.scope(row, synapse, "event");
    const old = this.value(row, synapse, target.name);
    this.store(row, synapse, target.name, assigned(statement, old, evaluate(right, scope)));
    for (const name of ["min", "max"]) {
      const bound = flags.find((flag) => flag.name === name)?.value;
      if (bound === undefined || bound === null) continue;
      const limit = evaluate(bound, scope);
      const now = this.value(row, synapse, target.name);
      if (name === "min" ? now < limit : now > limit) {
        this.store(row, synapse, target.name, limit);
      }
    }
  }

  /** §2.6: x ← S + (x − S)·exp(dt·(L − until)/τ), in the order of declaration. */
  #advanceEventDriven(row: Row, synapse: SynapseState, until: number): void {
    const scope = this.scope(row, synapse, "event");
    for (const statement of this.model.equations) {
      if (methodOf(statement, this.world.method) !== "event-driven") continue;
      const name = statement.target.name;
      const { tau, steady } = linearForm(statement, scope);
      const x = this.value(row, synapse, name);
      const decay = Math.exp((this.world.dt * (synapse.lastEvent - until)) / tau);
      this.store(row, synapse, name, steady + (x - steady) * decay);
    }
  }

  #addInput(post: number, target: string, value: number): void {
    if (this.post.spiking) {
      const name = `g_${target}`;
      this.post.store(post, name, (this.post.neurons[post]!.values.get(name) ?? 0) + value);
    } else {
      const { inputs } = this.post.neurons[post]!;
      inputs.set(target, (inputs.get(target) ?? 0) + value);
    }
  }

  /** §4.2, §4.5 */
  #reduce(): void {
    const { psp, operation } = this.model;
    const values = this.rows.map((row) =>
      row.synapses.map((synapse) => {
        const scope = this.scope(row, synapse, "psp");
        return psp === null ? scope.name("w") * scope.remote("pre", "r") : evaluate(psp, scope);
      }),
    );
    this.rows.forEach((row, i) => {
      const contributions = values[i]!;
      const sum = contributions.reduce((a, b) => a + b, 0);
      const reduced =
        operation === "max"
          ? Math.max(...contributions)
          : operation === "min"
            ? Math.min(...contributions)
            : operation === "mean"
              ? sum / contributions.length
              : sum;
      for (const target of this.targets) this.#addInput(row.post, target, reduced);
    });
  }

  // Phases 7 and 8 --------------------------------------------------------------------------------------------------

  /** §4.6: global, then per row, then per synapse. */
  learn(): void {
    const { n, method } = this.world;
    const due = (((n - this.offset) % this.period) + this.period) % this.period === 0;
    if (!this.#works || !this.update || !due) return;
    const { equations, attributes } = this.model;
    const of = (reach: string): readonly Statement[] =>
      equations.filter((s) => (attributes.get(s.target.name)?.reach ?? "local") === reach);
    const factors = this.#factors(method);
    const run = (reach: string, row: Row, synapse: SynapseState): void => {
      runStatements(of(reach), this.#place(row, synapse, factors));
    };
    const [first] = this.rows;
    if (first?.synapses[0] !== undefined) run("global", first, first.synapses[0]);
    for (const row of this.rows) {
      if (row.synapses[0] !== undefined) run("row", row, row.synapses[0]);
      for (const synapse of row.synapses) run("local", row, synapse);
    }
  }

  #factors(method: string): ReadonlyMap<Statement, number> {
    const factors = new Map<Statement, number>();
    const [row] = this.rows;
    const synapse = row?.synapses[0];
    if (row === undefined || synapse === undefined) return factors;
    for (const statement of this.model.equations) {
      if (methodOf(statement, method) !== "exponential") continue;
      const { tau, words } = linearForm(statement, this.scope(row, synapse, "equations"));
      const reach = (word: string): string => this.model.attributes.get(word)?.reach ?? "global";
      if ([...words].every((word) => word !== "*" && reach(word) === "global")) {
        factors.set(statement, 1 - Math.exp((-this.world.dt * this.period) / tau));
      }
    }
    return factors;
  }

  #place(row: Row, synapse: SynapseState, factors: ReadonlyMap<Statement, number>): Place {
    const write = (name: string, value: number): void => {
      if (name !== "w" || this.plasticity) this.store(row, synapse, name, value);
    };
    return {
      scope: this.scope(row, synapse, "equations"),
      write,
      bound: write,
      step: this.world.dt * this.period,
      method: this.world.method,
      coupledRungeKutta: false,
      factors,
    };
  }

  /** Code for postsynaptic spikes of this step. */
  postEvents(): void {
    if (!this.spiking || !this.#works || this.model.postSpike.length === 0) return;
    const { n } = this.world;
    for (const rank of this.post.spikes) {
      const row = this.rows.find(({ post }) => post === rank);
      const synapses = row?.synapses.toSorted((a, b) => a.pre - b.pre) ?? [];
      for (const synapse of synapses) {
        this.#advanceEventDriven(row!, synapse, n);
        synapse.lastEvent = n;
        for (const statement of this.model.postSpike) {
          this.#runEventStatement(statement, row!, synapse);
        }
      }
    }
  }

  // Words -----------------------------------------------------------------------------------------------------------

  /** What words mean in a synapse (§1.9, §1.15, §4.7). */
  scope(row: Row, synapse: SynapseState, where: "psp" | "event" | "equations"): Scope {
    const { dt, n, constants } = this.world;
    const { pre, post, model } = this;
    const of = (side: Side): readonly [Population, number] =>
      side === "pre" ? [pre, synapse.pre] : [post, row.post];
    const queued = where !== "event" && this.delays !== "none";
    return {
      name: (name) => {
        if (model.attributes.has(name)) return this.value(row, synapse, name);
        if (name === "t") return n * dt;
        if (name === "dt") return where === "equations" ? dt * this.period : dt;
        if (name === "t_pre") return pre.neurons[synapse.pre]!.lastSpike * dt;
        if (name === "t_post") return post.neurons[row.post]!.lastSpike * dt;
        return constantNamed(name, constants);
      },
      remote: (side, name) => {
        const [population, rank] = of(side);
        if (side === "post" || !queued) return population.value(rank, name);
        const reach = population.model.attributes.get(name)?.reach;
        const late = this.delays === "uniform" || reach === "local";
        return late ? population.delayed(rank, name, synapse.delay) : population.value(rank, name);
      },
      input: (side, target) => {
        const [population, rank] = of(side!);
        return population.input(rank, target);
      },
      reduction: (operation, side, name) => of(side!)[0].reduction(operation, name),
      functions: this.functions,
    };
  }
}

/** §4.1: whether the weight is the subject of a statement. */
export function isPlastic({ equations, preSpike, postSpike }: Model): boolean {
  return [...equations, ...preSpike, ...postSpike].some(({ target }) => target.name === "w");
}
