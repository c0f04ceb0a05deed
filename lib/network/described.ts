/** Base of objects that consoles and notebooks show by the one line of `toString`, not by their fields. */
export abstract class Described {
  abstract toString(): string;

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}
