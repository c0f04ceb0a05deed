/**
 * How fast is the kernel beside ipykernel, on this machine, in one run?
 *
 * Both are driven by the same raw client, in turns, so that a change of load meets both. Written down are the
 * median over 1000 cells of `1+1` from request to idle, the least time from the start of the process to the reply
 * to `kernel_info_request` over several starts, and the resident memory after the first cell, before anything is
 * simulated (without the type service, which is a process of its own).
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { KernelProcess, type StartOptions } from "../support/kernel-client.js";

const starts = 7;
const cells = 1000;
const warmUp = 50;

interface Figures {
  /** [ms], least */
  readonly start: number;
  /** [ms], median */
  readonly cell: number;
  /** [ms] */
  readonly ninetyFifth: number;
  /** [MB] */
  readonly memory: number;
}

const kernels: Readonly<Record<string, StartOptions>> = {
  neurarchy: {},
  ipykernel: { argv: (file) => [pythonWithIpykernel(), "-m", "ipykernel_launcher", "-f", file] },
};

const figures = await measure(Object.values(kernels));
const [ours, theirs] = figures as [Figures, Figures];
console.log("                     start [ms]   1+1 median [ms]   1+1 95 % [ms]   idle memory [MB]");
Object.keys(kernels).forEach((name, i) => {
  const { start, cell, ninetyFifth, memory } = figures[i]!;
  const columns = [start.toFixed(0), cell.toFixed(2), ninetyFifth.toFixed(2), memory.toFixed(0)];
  const widths = [12, 18, 16, 19];
  console.log(name.padEnd(19) + columns.map((text, c) => text.padStart(widths[c]!)).join(""));
});

const goals: readonly (readonly [string, boolean])[] = [
  [`1+1 takes at most half of ipykernel's time`, ours.cell <= theirs.cell / 2],
  [`starts no slower than ipykernel`, ours.start <= theirs.start],
  [`idle memory at most 100 MB`, ours.memory <= 100],
];
for (const [goal, met] of goals) console.log(`${met ? "met   " : "MISSED"}  ${goal}`);
if (goals.some(([, met]) => !met)) process.exitCode = 1;

async function measure(options: readonly StartOptions[]): Promise<Figures[]> {
  const startTimes = options.map((): number[] => []);
  for (let round = 0; round < starts; round++) {
    for (const [i, option] of options.entries()) startTimes[i]!.push(await startTime(option));
  }
  const running = await Promise.all(
    options.map(async (option) => {
      const kernel = await KernelProcess.start(option);
      const client = await kernel.connect();
      await client.execute("1+1");
      return { kernel, client, times: [] as number[] };
    }),
  );
  const memory = running.map(({ kernel }) => residentMemory(kernel.process.pid!));
  for (let cell = -warmUp; cell < cells; cell++) {
    for (const { client, times } of running) {
      const before = performance.now();
      await client.execute("1+1");
      if (cell >= 0) times.push(performance.now() - before);
      client.published.length = 0;
    }
  }
  await Promise.all(running.map(({ kernel }) => kernel.close()));
  return running.map(({ times }, i) => {
    const sorted = times.sort((a, b) => a - b);
    return {
      start: Math.min(...startTimes[i]!),
      cell: sorted[Math.floor(cells / 2)]!,
      ninetyFifth: sorted[Math.floor(0.95 * cells)]!,
      memory: memory[i]!,
    };
  });
}

/** From the start of the process to the reply of a client that connects at once [ms]. */
async function startTime(option: StartOptions): Promise<number> {
  const kernel = await KernelProcess.start(option);
  const client = kernel.dial();
  const id = await client.send("kernel_info_request", {});
  await client.until(() => client.repliesTo(id).length > 0);
  const time = performance.now() - kernel.startedAt;
  await kernel.close();
  return time;
}

/** [MB] https://man7.org/linux/man-pages/man5/proc_pid_status.5.html */
function residentMemory(pid: number): number {
  const [, kilobytes] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))!;
  return Number(kilobytes) / 1000;
}

function pythonWithIpykernel(): string {
  const candidates = [".test-venv", ".venv"].map((folder) =>
    fileURLToPath(new URL(`../../${folder}/bin/python`, import.meta.url)),
  );
  const python = candidates.find(
    (path) => existsSync(path) && spawnSync(path, ["-c", "import ipykernel"]).status === 0,
  );
  if (python === undefined) throw new Error("ipykernel is not installed: run tests/setup.sh");
  return python;
}
