import type { ExecuteOutcome, OutputMessage, RequestId, ToMain } from "../bridge.js";
import type { Reply, Request } from "./handler.js";
import type { History } from "./history.js";
import type { Asker, Outbox, Parent } from "./outbox.js";

interface Running {
  readonly request: Request<"execute_request">;
  readonly executionCount: number;
  readonly resolve: (outcome: ExecuteOutcome) => void;
}

/** Sends cells to the main thread and gives a voice to what they produce, also after they ended. */
export class Cells {
  private readonly outbox: Outbox;
  private readonly history: History;
  private readonly post: (message: ToMain) => void;
  private nextId: RequestId = 1;
  private nextCount = 1;
  private running: { id: RequestId; cell: Running } | null = null;
  /** Who asked for each cell, for output that comes late; silent cells have no voice. */
  private readonly voices = new Map<RequestId, Parent>();
  /** Takes the cells that came before the main thread was ready. */
  private begun: () => void = () => undefined;
  private readonly ready = new Promise<void>((resolve) => {
    this.begun = resolve;
  });

  constructor(outbox: Outbox, history: History, post: (message: ToMain) => void) {
    this.outbox = outbox;
    this.history = history;
    this.post = post;
  }

  /** The main thread is ready to run cells. */
  begin(): void {
    this.begun();
  }

  /** Run a cell; one at a time. */
  async execute(request: Request<"execute_request">): Promise<Reply> {
    await this.ready;
    const { code, silent } = request.content;
    const store = !silent && (request.content.store_history ?? true);
    const id = this.nextId++;
    const executionCount = this.nextCount;
    if (store) this.nextCount += 1;
    if (!silent) {
      this.voices.set(id, request.header);
      this.outbox.publish(request.header, "execute_input", {
        code,
        execution_count: executionCount,
      });
    }
    const outcome = await new Promise<ExecuteOutcome>((resolve) => {
      this.running = { id, cell: { request, executionCount, resolve } };
      this.post({
        type: "execute",
        request: {
          id,
          code,
          executionCount,
          silent,
          userExpressions: request.content.user_expressions,
          allowStdin: request.content.allow_stdin,
        },
      });
    });
    this.conclude(request, executionCount, outcome);
    if (store) this.history.add(executionCount, code, resultText(outcome));
    return { ...replyContent(outcome), execution_count: executionCount };
  }

  /** The cell with this id ended; a second report of the same cell is ignored. */
  done(id: RequestId, outcome: ExecuteOutcome): void {
    if (this.running?.id !== id) return;
    const { cell } = this.running;
    this.running = null;
    cell.resolve(outcome);
  }

  /** Tell whoever runs a cell now something about it. */
  say(text: string): void {
    const parent = this.running && this.voice(this.running.id);
    if (parent) this.outbox.stream(parent, "stderr", text);
  }

  /** The client that runs a cell, with where to ask it; null when it is over. */
  asker(id: RequestId): Asker | null {
    return this.running?.id === id ? this.running.cell.request : null;
  }

  /** The parent of what a cell shows; null when nobody should see it. */
  voice(id: RequestId): Parent | null {
    return this.voices.get(id) ?? null;
  }

  output(message: OutputMessage): void {
    const parent = this.voice(message.id);
    if (parent === null) return;
    switch (message.type) {
      case "stream":
        this.outbox.stream(parent, message.name, message.text);
        break;
      case "display": {
        const { data, metadata, displayId, update } = message;
        const transient = displayId === null ? {} : { display_id: displayId };
        const type = update ? "update_display_data" : "display_data";
        this.outbox.publish(parent, type, { data, metadata, transient });
        break;
      }
      case "clear":
        this.outbox.publish(parent, "clear_output", { wait: message.wait });
        break;
    }
  }

  private conclude(
    request: Request<"execute_request">,
    executionCount: number,
    outcome: ExecuteOutcome,
  ): void {
    if (request.content.silent) return;
    if (outcome.status === "error") {
      const { ename, evalue, traceback } = outcome;
      this.outbox.publish(request.header, "error", { ename, evalue, traceback });
    } else if (outcome.result !== null) {
      const { data, metadata } = outcome.result;
      this.outbox.publish(request.header, "execute_result", {
        execution_count: executionCount,
        data,
        metadata,
      });
    }
  }
}

function replyContent(outcome: ExecuteOutcome): Record<string, unknown> {
  if (outcome.status === "error") return { ...outcome, user_expressions: {} };
  return { status: "ok", payload: [], user_expressions: outcome.userExpressions };
}

function resultText(outcome: ExecuteOutcome): string | null {
  const text = outcome.status === "ok" ? outcome.result?.data["text/plain"] : null;
  return typeof text === "string" ? text : null;
}
