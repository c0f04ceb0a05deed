/** A promise of a run. A notebook cell awaits it when it is the value of a top-level statement. */
export interface Run<T = void> extends Promise<T> {
  readonly run: true;
}

/** Mark a promise as that of a run. */
export function asRun<T>(promise: Promise<T>): Run<T> {
  return Object.assign(promise, { run: true as const });
}
