/**
 * The protocol worker: everything Jupyter sees. It runs on its own thread, so that clients are answered while the
 * user's code keeps the main thread busy.
 */
import { writeSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";

import type { ToMain, ToWorker, WorkerStart } from "../bridge.js";
import { comms } from "../comm/comms.js";
import type { TypeService } from "../language/type-service.js";
import { readConnection } from "../protocol/connection.js";
import { Headers } from "../protocol/message.js";
import { Wire } from "../protocol/wire.js";
import { ZmqTransport } from "../transport/zmq.js";
import { Cells } from "./cells.js";
import { Dispatcher } from "./dispatcher.js";
import { complete } from "./handlers/complete.js";
import { debug } from "./handlers/debug.js";
import { execute } from "./handlers/execute.js";
import { history } from "./handlers/history.js";
import { input } from "./handlers/input.js";
import { inspect } from "./handlers/inspect.js";
import { interrupt } from "./handlers/interrupt.js";
import { isComplete } from "./handlers/is-complete.js";
import { kernelInfo } from "./handlers/kernel-info.js";
import { shutdown } from "./handlers/shutdown.js";
import { History } from "./history.js";
import { Interrupter } from "./interrupter.js";
import { Outbox } from "./outbox.js";
import { watchParent } from "./parent-watch.js";
import { Questions } from "./questions.js";
import { Runs } from "./runs.js";

/** How long the main thread may take to end the process [ms]. */
const exitPatience = 500;

const main = parentPort!;
const start = workerData as WorkerStart;
const post = (message: ToMain): void => main.postMessage(message);

const connection = readConnection(start.connectionFile);
const transport = new ZmqTransport(connection);
const wire = new Wire(connection.key, connection.hash);
const outbox = new Outbox(transport, wire, new Headers());
const entries = new History(stateFolder());
const cells = new Cells(outbox, entries, post);
const runs = new Runs(outbox);
const questions = new Questions(outbox, start.answers, start.signals);
const interrupter = new Interrupter({
  signals: start.signals,
  post,
  stopRuns: () => runs.stopAll(),
  say: (text) => cells.say(text),
});

let typeService: Promise<TypeService> | null = null;
const language = (): Promise<TypeService> => (typeService ??= loadTypeService());

const dispatcher = new Dispatcher(wire, outbox, {
  kernel_info_request: kernelInfo(),
  execute_request: execute(cells, language),
  complete_request: complete(language),
  inspect_request: inspect(language),
  is_complete_request: isComplete(),
  history_request: history(entries),
  interrupt_request: interrupt(interrupter, questions),
  shutdown_request: shutdown(outbox, () => void end()),
  debug_request: debug(),
  input_reply: input(questions),
  ...comms(outbox),
});

main.on("message", (message: ToWorker) => {
  switch (message.type) {
    case "stream":
    case "display":
    case "clear":
      cells.output(message);
      break;
    case "run-started":
      runs.started(message, cells.voice(message.id));
      break;
    case "run-finished":
      runs.finished(message.run);
      break;
    case "input":
      questions.ask(message, cells.asker(message.id));
      break;
    case "done":
      cells.done(message.id, message.outcome);
      break;
    case "interrupted":
      interrupter.notice();
      break;
    case "rehearsed":
      interrupter.rehearsalOver(message.stopped);
      break;
    case "ready":
      void interrupter.rehearse().then(() => cells.begin());
      break;
  }
});

/** Let everything that was said leave, then ask the main thread to exit, and kill the process if it cannot. */
async function end(): Promise<void> {
  await Promise.all([transport.close(), entries.close()]);
  await typeService?.then((service) => service.close());
  interrupter.close();
  post({ type: "shutdown" });
  setTimeout(killProcess, exitPatience);
}

/** Kill the process; with its children, when Jupyter made it the leader of a group. */
function killProcess(): void {
  try {
    process.kill(-process.pid, "SIGKILL");
  } catch {
    process.kill(process.pid, "SIGKILL");
  }
}

async function loadTypeService(): Promise<TypeService> {
  const { createTypeService } = await import("../language/type-service.js");
  return createTypeService({ folder: process.cwd() });
}

function stateFolder(): string {
  const base = process.env["XDG_STATE_HOME"] ?? join(homedir(), ".local", "state");
  return join(base, "neurarchy", "history");
}

await transport.open({
  message: (channel, frames) => dispatcher.receive(channel, frames),
  subscribed: (topic) => outbox.welcome(topic),
});
outbox.publish({}, "status", { execution_state: "starting" });
// A defect in one request must not take the others down: say it where the server logs, and go on.
for (const event of ["uncaughtException", "unhandledRejection"] as const) {
  process.on(event, (error: unknown) => {
    writeSync(2, `neurarchy: ${error instanceof Error ? String(error.stack) : String(error)}\n`);
  });
}

watchParent(() => void end());
