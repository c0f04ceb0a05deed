/**
 * The user's scope is the global object of the main context: a cell's names are found there by every later cell, and
 * V8 reads and writes them about as fast as the variables of a plain script.
 */

/** Make names properties of the scope that can be assigned; a name that has a value keeps it until then. */
export function declareNames(names: readonly string[]): void {
  for (const name of names) {
    const property = Object.getOwnPropertyDescriptor(globalThis, name);
    if (property?.writable === true) continue;
    defineName(name, undefined);
  }
}

/** Give a name of the scope a value. */
export function defineName(name: string, value: unknown): void {
  Object.defineProperty(globalThis, name, {
    value,
    writable: true,
    enumerable: true,
    configurable: true,
  });
}

/**
 * Give names of the scope values that are made when the first of them is read. Names that are taken stay as they are,
 * and a cell may declare any of them for itself.
 */
export function defineLazily(
  names: readonly string[],
  load: () => Readonly<Record<string, unknown>>,
): void {
  for (const name of names) {
    if (name in globalThis) continue;
    Object.defineProperty(globalThis, name, {
      get: () => {
        const value = load()[name];
        defineName(name, value);
        return value;
      },
      set: (value: unknown) => defineName(name, value),
      enumerable: true,
      configurable: true,
    });
  }
}
