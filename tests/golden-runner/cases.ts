import { fork, type ChildProcess } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { readCase, type Changes, type Verdict } from "./run-case.js";

/** What the process of a runner is sent. */
export interface Order {
  readonly file: string;
  readonly changes: Changes;
}

/** The case files of folders, and the files themselves that are given. */
export function caseFiles(paths: readonly string[]): string[] {
  return paths.flatMap((path) =>
    statSync(path).isDirectory()
      ? readdirSync(path)
          .filter((name) => name.endsWith(".json"))
          .sort()
          .map((name) => join(path, name))
      : [path],
  );
}

/** Runs cases one after the other in a process of its own, which is replaced when it dies. */
export class CaseRunner {
  #child: ChildProcess | null = null;

  /** Run the case of a file, as it is or under other conditions. */
  async run(file: string, changes: Changes = {}): Promise<Verdict> {
    const child = this.#child ?? this.#start();
    const verdict = await new Promise<Verdict>((resolve) => {
      const died = (code: number | null, signal: string | null): void => {
        this.#child = null;
        const failure = `the process ended (${signal ?? String(code)})`;
        resolve({ name: readCase(file).name, failure, later: null });
      };
      child.once("exit", died);
      child.once("message", (message) => {
        child.off("exit", died);
        resolve(message as Verdict);
      });
      child.send({ file, changes } satisfies Order);
    });
    // Global functions stay in their process for good.
    if ((readCase(file).functions ?? []).length > 0) this.stop();
    return verdict;
  }

  /** End the process. */
  stop(): void {
    this.#child?.removeAllListeners();
    this.#child?.kill();
    this.#child = null;
  }

  #start(): ChildProcess {
    const script = fileURLToPath(new URL("./child.ts", import.meta.url));
    this.#child = fork(script, { execArgv: ["--import", "tsx"] });
    return this.#child;
  }
}
