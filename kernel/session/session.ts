import { AsyncLocalStorage } from "node:async_hooks";
import vm from "node:vm";
import type {
  ExecuteOutcome,
  ExecuteRequest,
  ExpressionOutcome,
  MimeOutput,
  RequestId,
  SessionApi,
  SessionHost,
} from "../bridge.js";
import { createDisplay, createSlot, type Display, type DisplayOutput } from "../display/display.js";
import { mimeBundle } from "../display/mime.js";
import { hidePromiseMarks } from "../display/promise-marks.js";
import { captureStreams } from "../display/streams.js";
import type { MagicContext } from "../magics/magic.js";
import { findMagic, unknownMagic } from "../magics/table.js";
import { CellRuntime } from "./cell-runtime.js";
import { CellSyntaxError } from "./cell-syntax-error.js";
import { reportError } from "./error-report.js";
import { guardProcess } from "./guards.js";
import { notebookModules, type NotebookModules } from "./imports.js";
import { KernelInterrupt } from "./interrupt.js";
import { openSimulator } from "./prelude.js";
import { declareNames, defineLazily, defineName } from "./scope.js";
import type { Simulator, SimulatorEvents, StartedRun } from "./simulator.js";
import { CellFiles } from "./stack.js";
import { transpile } from "./transpile.js";

/** What asynchronous code carries with it, however late it runs. */
interface CellContext {
  readonly request: RequestId;
  /** A magic shows the progress of its run at once; other code only when a run takes long. */
  readonly inMagic: boolean;
}

/** What a session is made of; tests put other parts in. */
export interface SessionParts {
  /** The notebook's folder. Default: the process's. */
  readonly folder?: string;
  readonly openSimulator?: (events: SimulatorEvents) => Simulator;
}

/** The main thread's side of a notebook: its scope, its cells, and what they show. One for each process. */
export class Session implements SessionApi {
  private readonly host: SessionHost;
  private readonly context = new AsyncLocalStorage<CellContext>();
  private readonly files: CellFiles;
  private readonly modules: NotebookModules;
  private readonly simulator: Simulator;
  private readonly magics: MagicContext;
  /** Names that are JavaScript's, Node's or the kernel's own when the session begins. */
  private readonly reserved: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(globalThis));
  /** Values of those names that cells have given them; the global object keeps the original. */
  private readonly shadows: Record<string, unknown> = {};
  /** Whose output it is when nothing else tells: native callbacks carry no context. */
  private latest: RequestId = 0;
  private runs = 0;

  constructor(host: SessionHost, parts: SessionParts = {}) {
    const { folder = process.cwd(), openSimulator: open = openSimulator } = parts;
    this.host = host;
    this.files = new CellFiles(folder);
    this.simulator = open({
      started: (run) => this.watchRun(run),
      warned: (message) => this.write("stderr", `${message}\n`),
    });
    const emit = (output: DisplayOutput): void => host.post({ ...output, id: this.request() });
    const display = createDisplay(emit);
    this.magics = {
      simulator: this.simulator,
      evaluate: (expression) => this.evaluate(expression),
      display,
      print: (line) => this.write("stdout", `${line}\n`),
    };
    const tslab = { display, newDisplay: () => createSlot(emit) };
    this.modules = notebookModules(folder, {
      modules: new Map<string, () => unknown>([
        ["neurarchy", () => this.simulator.load()],
        ["tslab", () => tslab],
      ]),
      library: this.simulator.entry,
    });
    this.furnishScope(display);
  }

  execute(request: ExecuteRequest): Promise<ExecuteOutcome> {
    this.latest = request.id;
    const context = { request: request.id, inMagic: false };
    return this.context.run(context, () => this.outcome(request));
  }

  currentRequest(): RequestId | undefined {
    return this.context.getStore()?.request;
  }

  private async outcome(request: ExecuteRequest): Promise<ExecuteOutcome> {
    try {
      const name = `cell[${String(request.executionCount)}].ts`;
      const { value } = await this.run(name, request.code);
      const result = value === undefined || request.silent ? null : await output(value);
      const userExpressions: Record<string, ExpressionOutcome> = {};
      for (const [name, expression] of Object.entries(request.userExpressions)) {
        userExpressions[name] = await this.expressionOutcome(expression);
      }
      return { status: "ok", result, userExpressions };
    } catch (error) {
      return { status: "error", ...reportError(error, this.files) };
    }
  }

  private async expressionOutcome(expression: string): Promise<ExpressionOutcome> {
    try {
      return { status: "ok", ...(await output(await this.evaluate(expression))) };
    } catch (error) {
      return { status: "error", ...reportError(error, this.files) };
    }
  }

  /** Evaluate a text beside the cells; its names end up in the user's scope all the same. */
  private async evaluate(expression: string): Promise<unknown> {
    const { value } = await this.run("expression.ts", expression);
    return value;
  }

  /**
   * Compile and run a cell. Everything up to its first `await` is synchronous. The value of its last expression comes
   * in an object, because a promise would be awaited on its way.
   */
  private async run(name: string, source: string): Promise<{ readonly value: unknown }> {
    const cell = transpile(source, name, {
      reserved: this.reserved,
      shadowed: Object.keys(this.shadows),
    });
    for (const magic of cell.magics) {
      if (findMagic(magic.name) !== null) continue;
      const place = { ...magic, width: magic.name.length + 1 };
      throw new CellSyntaxError(unknownMagic(magic.name), { name, source }, place);
    }
    const script = new vm.Script(cell.code, {
      filename: this.files.add(name, source, cell.positions),
      importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    });
    declareNames(cell.names);
    const body = script.runInThisContext() as (runtime: CellRuntime) => Promise<void>;
    const runtime = new CellRuntime(this.modules, this.shadows, (magic, argument) =>
      this.magic(magic, argument),
    );
    await body(runtime);
    return { value: cell.hasResult ? runtime.last : undefined };
  }

  private magic(name: string, argument: string): Promise<void> {
    const context = { request: this.request(), inMagic: true };
    return this.context.run(context, () => findMagic(name)!.run(this.magics, argument));
  }

  /** The request that what happens now belongs to. */
  private request(): RequestId {
    return this.currentRequest() ?? this.latest;
  }

  private write(name: "stdout" | "stderr", text: string): void {
    this.host.post({ type: "stream", id: this.request(), name, text });
  }

  private watchRun({ kind, control, total, dt, finished }: StartedRun): void {
    const run = ++this.runs;
    const show = this.context.getStore()?.inMagic === true ? "always" : "late";
    const id = this.request();
    this.host.post({ type: "run-started", id, run, kind, control, total, dt, label: kind, show });
    void finished.then(() => {
      this.host.post({ type: "run-finished", run });
    });
  }

  /** Put into the scope what a cell has without importing, and around it what keeps the kernel alive. */
  private furnishScope(display: Display): void {
    // Frames of the library stand between an error and the cell.
    Error.stackTraceLimit = 50;
    hidePromiseMarks();
    defineName("display", display);
    defineName("prompt", (text: unknown = "", options: { readonly password?: boolean } = {}) =>
      this.host.ask(String(text), options.password ?? false),
    );
    defineName("require", this.modules.require);
    defineLazily(this.simulator.names, () => this.simulator.load());
    captureStreams((name, text) => this.write(name, text));
    guardProcess((error) => this.reportUncaught(error));
  }

  /** An error of a timer, an emitter or a promise ends nothing; the cell that made it is told. */
  private reportUncaught(error: unknown): void {
    // The interrupt of stuck code takes this way through Node (`interrupt.ts`).
    if (error instanceof KernelInterrupt) return;
    let text: string;
    try {
      text = reportError(error, this.files).traceback.join("\n");
    } catch {
      // An error thrown from here would end the process, and a user's error may do anything when it is read.
      text = "an error that cannot be printed";
    }
    this.write("stderr", `Uncaught ${text}\n`);
  }
}

async function output(value: unknown): Promise<MimeOutput> {
  return { data: await mimeBundle(value), metadata: {} };
}
