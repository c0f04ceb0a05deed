import { render, type Code, type Problems } from "../diagnostics.js";
import { problem } from "../errors.js";
import type { FunctionDefinition } from "../model/types.js";
import type { NativeNetwork } from "../native/binding.js";
import { freshSeed, RandomGenerator } from "../random/generator.js";
import type { Callback } from "./callbacks.js";
import { configure, DEFAULTS, type NetworkConfig, type Settings } from "./config.js";
import { asRun, type Run } from "./run.js";

/** A population, projection or monitor. */
export interface Member {
  readonly name: string;
}

/** A constant, as far as the network needs to know it. */
export interface NamedValue {
  readonly name: string;
  readonly value: number;
}

/** What a copy or a replica has from the network it is made after. */
export interface Heritage {
  readonly parent: NetworkState;
  /** Its whole configuration, with its seed. */
  readonly config: Settings;
  /** Ends its runs after their current step; null for a copy, which lives on its own. */
  readonly lifeline: AbortSignal | null;
}

/** Everything a network owns. Its objects hold a reference to it; nothing of it is shared between networks. */
export class NetworkState {
  readonly id: number;
  /** Its objects, in the order of creation. */
  readonly populations: Member[] = [];
  readonly projections: Member[] = [];
  readonly monitors: Member[] = [];
  readonly constants = new Map<string, NamedValue>();
  /** How to write each constant to the fields of the engine that hold it. */
  readonly constantFields = new Map<string, ((value: number) => void)[]>();
  /** Functions that all models can call: one list for all networks, to which only new ones are added. */
  readonly functions: Map<string, FunctionDefinition>;
  /** Called during runs, in the order of declaration. */
  readonly callbacks: Callback[] = [];
  callbacksEnabled = true;
  config: Settings;
  /** Null before `compile`. */
  native: NativeNetwork | null = null;
  /** Folder for its compiled models; null: that of the user's cache. */
  directory: string | null = null;
  /** How it was compiled, for its copies and replicas. */
  compileOptions: object = {};
  /** What it has from the network it was made after. */
  heritage: Heritage | null = null;
  /** Objects of other networks, and the copies that stand for them here. */
  readonly counterparts = new Map<object, object>();
  #seed: number | null;
  #rng: RandomGenerator | null = null;
  readonly #warned = new Set<string>();
  readonly #pending: string[] = [];
  #paused = false;
  #last: Promise<unknown> = Promise.resolve();

  constructor(
    id: number,
    config: Settings = DEFAULTS,
    functions = new Map<string, FunctionDefinition>(),
  ) {
    this.id = id;
    this.functions = functions;
    this.config = config;
    this.#seed = config.seed;
  }

  /** Seed of all random numbers; drawn when it is first needed, unless it was given. */
  get seed(): number {
    this.#seed ??= freshSeed();
    return this.#seed;
  }

  /** The generator of the host side, with the same seed. */
  get rng(): RandomGenerator {
    this.#rng ??= new RandomGenerator(this.seed);
    return this.#rng;
  }

  /** Pass the value of a constant on to the engine. */
  changed(constant: NamedValue): void {
    for (const write of this.constantFields.get(constant.name) ?? []) write(constant.value);
  }

  /** Start all random numbers anew, from the next step on. */
  reseed(seed: number): void {
    this.#rng = new RandomGenerator(seed);
    this.#seed = seed;
    if (this.native !== null) this.native.seed = seed;
  }

  /** Apply keys of the configuration; warns of those that have no effect. */
  configure(changes: Partial<NetworkConfig>): void {
    const { settings, unknown, ignored } = configure(this.config, changes);
    if (settings.dt !== this.config.dt) {
      if (this.native !== null) throw problem("COMPILED_ALREADY", { call: "dt" });
      if (this.populations.length > 0) this.warn("DT_CHANGED", { dt: settings.dt });
    }
    this.config = settings;
    if (typeof changes.seed === "number") this.reseed(changes.seed);
    for (const facts of unknown) this.warn("UNKNOWN_KEY", facts);
    if (ignored.length > 0) this.warn("IGNORED_KEYS", { keys: ignored });
  }

  /** Pass a warning to the logger, once. */
  warn<C extends Code>(code: C, facts: Problems[C]): void {
    const text = `WARNING: ${render({ code, problem: facts, span: null })}`;
    // Replicas and copies repeat what was said of the first.
    const { parent } = this.heritage ?? { parent: this };
    const warned = parent.#warned;
    if (this.config.suppressWarnings || warned.has(text)) return;
    warned.add(text);
    this.config.logger(text);
  }

  /** Whether a run has not ended yet. */
  get busy(): boolean {
    return this.#pending.length > 0 && !this.#paused;
  }

  /** @throws {SimulatorError} RUN_PENDING when a run has not ended yet. */
  requireIdle(call: string): void {
    const run = this.#pending[0];
    if (run !== undefined && !this.#paused) throw problem("RUN_PENDING", { call, run });
  }

  /** @throws {SimulatorError} NOT_COMPILED or RUN_PENDING. */
  requireCompiled(call: string): NativeNetwork {
    this.requireIdle(call);
    return this.requireNative(call);
  }

  /** As `requireCompiled`, from inside a run. */
  requireNative(call: string): NativeNetwork {
    if (this.native === null) throw problem("NOT_COMPILED", { call });
    return this.native;
  }

  /** @throws {SimulatorError} COMPILED_ALREADY or RUN_PENDING. */
  requireOpen(call: string): void {
    this.requireIdle(call);
    if (this.native !== null) throw problem("COMPILED_ALREADY", { call });
  }

  /** Let the user have the network between two steps of a run. */
  async pause(call: () => void | Promise<void>): Promise<void> {
    this.#paused = true;
    try {
      await call();
    } finally {
      this.#paused = false;
    }
  }

  /**
   * Do a task when all earlier ones have ended, however they ended.
   *
   * @throws {SimulatorError} RUN_IN_CALLBACK (as a rejection) when the current one waits for a callback: neither would ever end.
   */
  enqueue<T>(call: string, task: () => Promise<T>): Run<T> {
    if (this.#paused) {
      const facts = { call, run: this.#pending[0] ?? "" };
      return asRun(Promise.reject<T>(problem("RUN_IN_CALLBACK", facts)));
    }
    this.#pending.push(call);
    const done = this.#last.then(task).finally(() => this.#pending.shift());
    this.#last = done.catch(() => undefined);
    return asRun(done);
  }

  /** Resolved when all runs that were asked for so far have ended. */
  async quiet(): Promise<void> {
    while (this.#pending.length > 0) await this.#last;
  }

  /**
   * Do a task that is no run when all earlier ones have ended; from inside a callback at once, as the network stands still
   * there.
   */
  errand<T>(call: string, task: () => Promise<T>): Run<T> {
    return this.#paused ? asRun(Promise.resolve().then(task)) : this.enqueue(call, task);
  }

  /** Let a task that waits in the queue have the network for a moment. */
  atRest<T>(work: () => T): T {
    const before = this.#paused;
    this.#paused = true;
    try {
      return work();
    } finally {
      this.#paused = before;
    }
  }

  /** Give back the engine's memory and forget all objects; the configuration stays. */
  clear(): void {
    this.requireIdle("clear");
    this.native?.close();
    this.native = null;
    for (const list of [this.populations, this.projections, this.monitors]) list.length = 0;
    this.constants.clear();
    this.constantFields.clear();
    this.counterparts.clear();
    this.callbacks.length = 0;
    this.callbacksEnabled = true;
    this.#warned.clear();
  }
}
