import { Described } from "./described.js";
import type { ValueInput } from "./values.js";

/**
 * Define an accessor for each attribute: `pop.v` is `pop.get("v")`, `pop.v = x` is `pop.set({ v: x })`.
 *
 * @returns The names that the object has already and that `get` and `set` alone reach.
 */
export function defineAttributes(
  target: object,
  names: readonly string[],
  read: (name: string) => unknown,
  write: (name: string, value: ValueInput) => void,
): readonly string[] {
  const hidden = names.filter((name) => name in target);
  for (const name of names) {
    if (hidden.includes(name)) continue;
    Object.defineProperty(target, name, {
      enumerable: true,
      configurable: true,
      get: () => read(name),
      set: (value: ValueInput) => {
        write(name, value);
      },
    });
  }
  return hidden;
}

/**
 * Base of objects with attributes: an assignment to a name that neither the object nor its class has is a misspelt attribute,
 * not a new field. (`pop.vv = 1` would otherwise be silent.)
 */
export abstract class WithAttributes extends Described {
  static {
    const trap: ProxyHandler<object> = {
      set: (target, name, value, receiver: unknown) => {
        if (receiver instanceof WithAttributes && typeof name === "string") receiver.missing(name);
        return Reflect.set(target, name, value, receiver);
      },
    };
    // Last in the chain of prototypes, so that it is asked only for what nobody above it has.
    Object.setPrototypeOf(WithAttributes.prototype, new Proxy(Described.prototype, trap));
  }

  /** @throws {SimulatorError} UNKNOWN_ATTRIBUTE. */
  protected abstract missing(name: string): never;
}
