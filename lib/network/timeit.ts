import { sentence } from "../diagnostics.js";
import { Stopwatch } from "../native/run-control.js";
import { unowned } from "./unowned.js";

/**
 * Call a function and tell the logger of the default network how long it took, until its promise was settled where it returns
 * one.
 *
 * @returns What the function returns.
 * @example const result = await timeit(() => net.simulate(1000));
 */
export async function timeit<T>(fn: () => T | Promise<T>): Promise<T> {
  const watch = new Stopwatch();
  const result = await fn();
  const name = fn.name === "" ? "the function" : fn.name;
  const facts = { function: name, seconds: watch.elapsed() / 1000 };
  unowned.config.logger(sentence("FUNCTION_TIME", facts));
  return result;
}
