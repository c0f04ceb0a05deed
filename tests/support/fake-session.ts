import type { ExecuteOutcome, SessionMessage } from "../../kernel/bridge.js";
import { Session } from "../../kernel/session/session.js";
import type { CurrentNetwork, Simulator, SimulatorEvents } from "../../kernel/session/simulator.js";

/** A library of one network that keeps a record of what it is asked for. */
export class FakeSimulator implements Simulator {
  readonly entry = "/nowhere/index.js";
  readonly names = ["FakeNetwork", "fakePlot"];
  readonly calls: string[] = [];
  loads = 0;
  monitors: { name: string; variables: string[] }[] = [];
  readonly events: SimulatorEvents;
  readonly network: CurrentNetwork;

  constructor(events: SimulatorEvents) {
    this.events = events;
    this.network = this.makeNetwork("current");
  }

  load(): Readonly<Record<string, unknown>> {
    this.loads++;
    return { FakeNetwork: (name: string) => this.makeNetwork(name), fakePlot: "plot" };
  }

  currentNetwork(): CurrentNetwork {
    return this.network;
  }

  isNetwork(value: unknown): value is CurrentNetwork {
    return typeof value === "object" && value !== null && "getMonitors" in value;
  }

  raster(source: unknown): unknown {
    return {
      [Symbol.for("Jupyter.display")]: () => ({ "text/plain": `raster of ${String(source)}` }),
    };
  }

  private makeNetwork(name: string): CurrentNetwork {
    const run = async (
      call: string,
      kind: "compile" | "simulate",
      total: number,
    ): Promise<void> => {
      this.calls.push(`${name}.${call}`);
      const control = new Int32Array(new SharedArrayBuffer(16));
      const finished = Promise.resolve();
      this.events.started({ kind, control, total, dt: 1, finished });
      await finished;
      this.calls.push(`${name} done`);
    };
    const asRun = (promise: Promise<void>): Promise<void> => Object.assign(promise, { run: true });
    return {
      dt: 1,
      seed: 42,
      compile: () => asRun(run("compile()", "compile", 0)),
      simulate: (duration) => asRun(run(`simulate(${duration})`, "simulate", duration)),
      reset: () => this.calls.push(`${name}.reset()`),
      config: (options) => this.calls.push(`${name}.config(${JSON.stringify(options)})`),
      getMonitors: () => this.monitors,
    };
  }
}

/** A session over a port that keeps what is posted. */
export class FakeNotebook {
  readonly posted: SessionMessage[] = [];
  readonly session: Session;
  simulator!: FakeSimulator;
  private count = 0;

  constructor(folder: string) {
    this.session = new Session(
      { post: (message) => this.posted.push(message), ask: () => "" },
      { folder, openSimulator: (events) => (this.simulator = new FakeSimulator(events)) },
    );
  }

  /** Run a cell. */
  execute(code: string, options: object = {}): Promise<ExecuteOutcome> {
    this.posted.length = 0;
    const id = ++this.count;
    const request = { id, code, executionCount: id, silent: false, userExpressions: {} };
    return this.session.execute({ ...request, allowStdin: false, ...options });
  }

  /** Run a cell; the text of its result, or of its error. */
  async text(code: string): Promise<string | null> {
    const outcome = await this.execute(code);
    if (outcome.status === "error") return outcome.traceback.join("\n");
    return (outcome.result?.data["text/plain"] ?? null) as string | null;
  }

  /** What the last cell wrote to a stream. */
  stream(name: "stdout" | "stderr" = "stdout"): string {
    return this.posted
      .flatMap((message) =>
        message.type === "stream" && message.name === name ? message.text : [],
      )
      .join("");
  }
}
