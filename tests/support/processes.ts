import { readdirSync, readFileSync } from "node:fs";

/** How long a process may take to go [ms]. */
const patience = 10_000;

/** Whether a process runs; one that has ended but was not waited for does not. */
export function isAlive(pid: number): boolean {
  return stateOf(pid)?.state !== undefined && stateOf(pid)?.state !== "Z";
}

/** Numbers of the processes that a process has started and that still run. */
export function childrenOf(parent: number): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => stateOf(pid)?.parent === parent && isAlive(pid));
}

/** Resolve when a process has ended; there is no event for processes that are not one's own children. */
export async function vanished(pid: number): Promise<void> {
  const deadline = Date.now() + patience;
  while (isAlive(pid)) {
    if (Date.now() > deadline) throw new Error(`process ${pid} still runs`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function stateOf(pid: number): { readonly state: string; readonly parent: number } | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name stands in parentheses and may contain anything.
    const [state, parent] = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return { state: state!, parent: Number(parent) };
  } catch {
    return null;
  }
}
