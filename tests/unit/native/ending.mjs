// A world that ends during a run: `node ending.mjs <library> <how>`; the last argument is the JavaScript that ends it.
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";

const fields = ["period", "phase", "g", "g_inh", "total", "spiked", "remaining", "resets"];
const int32 = ["period", "phase", "spiked", "remaining", "resets"];
const events = ["lastSpike", "ready", "axon", "axonResets"];

function start(library) {
  const addon = fileURLToPath(
    new URL("../../../native/build/Release/neurarchy.node", import.meta.url),
  );
  const { createNetwork } = createRequire(import.meta.url)(addon);
  const net = createNetwork({
    dt: 0.1,
    seed: 1,
    precision: "double",
    threads: 2,
    forceThreads: true,
    populations: [
      {
        name: "pop",
        size: 1000,
        library,
        fields: [
          ...fields.map((name) => ({
            name,
            type: int32.includes(name) ? "int32" : "real",
            scope: "local",
          })),
          { name: "count", type: "real", scope: "global" },
          ...events.map((name) => ({ name, type: "int32", scope: "local" })),
        ],
        spikedSlot: 5,
        remainingSlot: 6,
        lastSpikeSlot: null,
        axonSlot: null,
        rateSlot: null,
        inputSlots: [],
        reductions: [],
        source: null,
      },
    ],
    projections: [],
  });
  const control = new Int32Array(new SharedArrayBuffer(16));
  void net.run(2 ** 31 - 1, control, null);
  return { net, control };
}

const [library, ending] = isMainThread ? process.argv.slice(2) : [workerData, ""];
if (!isMainThread) {
  start(library);
  parentPort.postMessage("started");
} else if (ending.includes("worker")) {
  const worker = new Worker(fileURLToPath(import.meta.url), { workerData: library });
  worker.once("message", () => {
    console.log("running");
    eval(ending);
  });
} else {
  let { net, control } = start(library);
  const timer = setInterval(() => {
    if (Atomics.load(control, 1) < 100) return;
    clearInterval(timer);
    console.log("running");
    eval(ending);
    // Without a reference to the network the run goes on; a stop ends it and the process.
    if (net === null) Atomics.store(control, 0, 1);
  }, 1);
}
