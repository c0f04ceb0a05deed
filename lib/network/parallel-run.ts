import { sentence } from "../diagnostics.js";
import { problem, ReplicaError } from "../errors.js";
import { loadBinding } from "../native/binding.js";
import { repeatedly, RunControl, Stopwatch, type Progress } from "../native/run-control.js";
import { checkSeed, freshSeed } from "../random/generator.js";
import { hosted } from "./advance.js";
import { invalid } from "./config.js";
import { internals } from "./internals.js";
import type { CompileOptions } from "./compile-options.js";
import { asRun, type Run } from "./run.js";
import type { Heritage, NetworkState } from "./state.js";

/** What is done with each replica: a method of the class of the network, by name, or a function. */
export type ReplicaMethod<N, R, A extends object> =
  string | ((net: N, args: A & { index: number }) => R | Promise<R>);

/**
 * How a network is run several times in parallel. Further keys are arguments of the replicas: a plain array is distributed, one
 * element per replica; everything else, typed arrays and `NDArray` included, is passed to all.
 */
export interface ParallelRunOptions<N, R, A extends object> {
  /** Called once per replica with its arguments and its `index`; what it returns, or resolves to, is collected. */
  readonly method: ReplicaMethod<N, R, A>;
  /** Number of replicas. */
  readonly number: number;
  /** Replicas alive at once. Default, and for 0 or less: the number of cores. */
  readonly maxParallel?: number;
  /**
   * Seeds of the replicas: a fresh one each (null), that of the network for all (`same`), that of the network + 1, + 2, …
   * (`sequential`), or a list. Default null.
   */
  readonly seeds?: null | "same" | "sequential" | readonly number[];
  /** Tell the logger how long it took. Default false. */
  readonly measureTime?: boolean;
  /** Stops every replica after its current step; the promise is rejected with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Told of the number of finished replicas, at most 10 times per second, and at the end. */
  readonly progress?: (progress: Progress) => void;
  readonly [argument: string]: unknown;
}

/** A network, as far as replicas are concerned. */
export interface Replica {
  readonly [internals]: NetworkState;
  compile(options?: CompileOptions): Run;
  clear(): void;
}

/** A network of which there are to be replicas. */
export interface Parent<N extends Replica> {
  readonly network: object;
  readonly state: NetworkState;
  /** Make a replica with these arguments, not compiled yet. */
  readonly replica: (args: object, inherited: Heritage) => N;
  /** What to do with a replica. @throws {SimulatorError} UNKNOWN_METHOD. */
  readonly method: (name: string) => (net: N, args: object) => unknown;
}

/** The options that say how many replicas there are, and with which arguments. */
interface Numbers {
  readonly number: number;
  readonly maxParallel?: number;
  readonly seeds?: null | "same" | "sequential" | readonly number[];
  readonly [argument: string]: unknown;
}

/** What is to be done, after all checks. */
interface Plan {
  readonly number: number;
  /** Replicas alive at once. */
  readonly alive: number;
  readonly seeds: readonly number[];
  /** Of each replica. */
  readonly args: readonly object[];
}

/** Keys that are no arguments of replicas. */
const OPTIONS: ReadonlySet<string> = new Set([
  ...["method", "number", "maxParallel", "seeds", "measureTime", "signal", "progress"],
]);

/**
 * Make replicas of a compiled network and do something with each. All of them live in this JavaScript thread; their native
 * runs take a thread each.
 *
 * @throws {SimulatorError} NOT_COMPILED, UNKNOWN_METHOD, WRONG_SEEDS, WRONG_VALUES, INVALID_SEED; REPLICAS_INTERRUPTED.
 * @throws {InvalidConfiguration} INVALID_SETTING; {ReplicaError} when a replica fails.
 */
export function parallelRun<N extends Replica, R, A extends object>(
  parent: Parent<N>,
  options: ParallelRunOptions<N, R, A>,
): Run<R[]> {
  const { state } = parent;
  // Earlier runs of the network come first; it is free again as soon as the replicas begin.
  const begun = state.enqueue("parallelRun()", () => {
    state.requireNative("parallelRun");
    const { method } = options;
    const call = typeof method === "string" ? parent.method(method) : method;
    return Promise.resolve({ plan: planOf(options, state), call });
  });
  return asRun(
    begun.then(({ plan, call }) => {
      // What it is called with, and what it returns, is between the user's method and its caller.
      const work = call as (net: N, args: object) => R | Promise<R>;
      return runAll(parent, plan, options, work);
    }),
  );
}

async function runAll<N extends Replica, R>(
  parent: Parent<N>,
  { number, alive, seeds, args }: Plan,
  options: Pick<ParallelRunOptions<N, R, object>, "signal" | "progress" | "measureTime">,
  call: (net: N, args: object) => R | Promise<R>,
): Promise<R[]> {
  const { network, state } = parent;
  const { signal, progress, measureTime = false } = options;
  signal?.throwIfAborted();
  const config = { ...state.config, host: null };
  // The threads are for the replicas; results do not depend on them.
  if (alive > 1) Object.assign(config, { numThreads: 1, forceThreads: false });
  const inherited = args.map((_, i) => ({ parent: state, config: { ...config, seed: seeds[i]! } }));
  const watch = new Stopwatch();
  const crew = new Crew();
  const results: R[] = [];
  let next = 0;
  let finished = 0;
  const worker = async (): Promise<void> => {
    while (next < number && !crew.halted) {
      const index = next++;
      try {
        results[index] = await crew.work(async (lifeline, give) => {
          const replica = parent.replica(args[index]!, { ...inherited[index]!, lifeline });
          give(replica);
          await replica.compile({ ...state.compileOptions, signal: lifeline });
          lifeline.throwIfAborted();
          return call(replica, { ...args[index]!, index });
        });
        finished += 1;
      } catch (cause) {
        crew.halt(new ReplicaError(index, cause));
      }
    }
  };
  const abort = (): void => crew.halt(signal?.reason);
  const task = { network, state, kind: "replicas", total: number } as const;
  await hosted(task, async (control: RunControl) => {
    signal?.addEventListener("abort", abort);
    const unwatch = repeatedly(() => {
      if (control.stopped) {
        crew.halt(problem("REPLICAS_INTERRUPTED", { done: finished, total: number }));
      }
      control.tell(finished);
      progress?.(watch.progress(finished, number, "replicas"));
    });
    try {
      await Promise.all(Array.from({ length: alive }, worker));
    } finally {
      unwatch();
      signal?.removeEventListener("abort", abort);
    }
  });
  crew.throwIfHalted();
  if (measureTime) {
    const facts = { number, seconds: watch.elapsed() / 1000 };
    state.config.logger(sentence("REPLICAS_TIME", facts));
  }
  return results;
}

/** The replicas that are alive; all can be told to stop. */
class Crew {
  readonly #alive = new Set<AbortController>();
  #halt: { readonly reason: unknown } | null = null;

  get halted(): boolean {
    return this.#halt !== null;
  }

  /** Stop all after their current step. The first reason counts. */
  halt(reason: unknown): void {
    this.#halt ??= { reason };
    for (const controller of this.#alive) controller.abort(reason);
  }

  throwIfHalted(): void {
    if (this.#halt !== null) throw this.#halt.reason;
  }

  /**
   * Let a replica live for a task, which says with `give` which one it is. When all are halted, or the task fails, its runs
   * end after their current step; it is cleared when they have ended.
   */
  async work<R>(
    task: (lifeline: AbortSignal, give: (replica: Replica) => void) => Promise<R>,
  ): Promise<R> {
    const controller = new AbortController();
    const { signal } = controller;
    this.#alive.add(controller);
    let replica: Replica | null = null;
    const aborted = new Promise<never>((_, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason as Error));
    });
    try {
      // A method that waits for something else than its network is not waited for.
      return await Promise.race([task(signal, (made) => (replica = made)), aborted]);
    } catch (error) {
      controller.abort(error);
      throw error;
    } finally {
      this.#alive.delete(controller);
      await dissolve(replica);
    }
  }
}

async function dissolve(replica: Replica | null): Promise<void> {
  if (replica === null) return;
  await replica[internals].quiet();
  replica.clear();
}

/** @throws as `parallelRun`. */
function planOf(options: Numbers, state: NetworkState): Plan {
  const { number, maxParallel = 0, seeds = null } = options;
  requireWhole("number", number, 1);
  requireWhole("maxParallel", maxParallel, -Infinity);
  const given = Object.entries(options).filter(([key]) => !OPTIONS.has(key));
  for (const [argument, values] of given) {
    if (Array.isArray(values) && values.length !== number) {
      throw problem("WRONG_VALUES", { argument, number, given: values.length });
    }
  }
  const of = (index: number): object =>
    Object.fromEntries(
      given.map(([key, value]) => [key, Array.isArray(value) ? (value[index] as unknown) : value]),
    );
  return {
    number,
    alive: Math.min(number, maxParallel > 0 ? maxParallel : loadBinding().maxThreads),
    seeds: seedsOf(seeds, number, state.seed),
    args: Array.from({ length: number }, (_, index) => of(index)),
  };
}

function seedsOf(seeds: Numbers["seeds"], number: number, seed: number): readonly number[] {
  const each = (make: (index: number) => number): number[] =>
    Array.from({ length: number }, (_, index) => make(index));
  if (seeds === null || seeds === undefined) return each(freshSeed);
  if (seeds === "same") return each(() => seed);
  // Unsigned 32-bit numbers, after the last of which comes 0.
  if (seeds === "sequential") return each((index) => (seed + index + 1) >>> 0);
  if (typeof seeds !== "object") {
    const expected = 'null, "same", "sequential" or a list';
    throw invalid({ option: "seeds", value: String(seeds), expected });
  }
  if (seeds.length !== number) throw problem("WRONG_SEEDS", { number, given: seeds.length });
  seeds.forEach(checkSeed);
  return [...seeds];
}

function requireWhole(option: string, value: number, least: number): void {
  if (Number.isInteger(value) && value >= least) return;
  const expected = least === 1 ? "a whole number above 0" : "a whole number";
  throw invalid({ option, value: String(value), expected });
}
