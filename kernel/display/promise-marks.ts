import { inspect } from "node:util";

/** Symbols under which Node, up to 22, keeps the asynchronous context of a promise in the promise. */
const MARKS = new Set(["async_id_symbol", "trigger_async_id_symbol", "kResourceStore"]);

/** Keep Node's bookkeeping out of promises that are printed, whoever prints them. */
export function hidePromiseMarks(): void {
  const property: PropertyDescriptor = {
    configurable: true,
    writable: true,
    // An object that stands for itself is printed as if it had no inspection of its own.
    value(this: object): object {
      for (const symbol of Object.getOwnPropertySymbols(this)) {
        if (!MARKS.has(symbol.description ?? "")) continue;
        Object.defineProperty(this, symbol, { enumerable: false });
      }
      return this;
    },
  };
  Reflect.defineProperty(Promise.prototype, inspect.custom, property);
}
