import { inspect } from "node:util";
import type { MimeBundle } from "../bridge.js";

/** Under this symbol a value keeps the function that makes its MIME bundle; other TypeScript kernels know it, too. */
const DISPLAY = Symbol.for("Jupyter.display");

/** How values of one kind show themselves; null for values of another kind. */
type Rule = (value: unknown) => MimeBundle | null;

/** Tried in their order, after the display symbol; what none knows is printed as `console.log` prints it. */
const rules: readonly Rule[] = [
  imageRule("image/png", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  imageRule("image/jpeg", [0xff, 0xd8, 0xff]),
  imageRule("image/gif", [0x47, 0x49, 0x46, 0x38]),
];

/**
 * The MIME bundle of a value: what its `Symbol.for("Jupyter.display")` method returns, or promises, else what the rules
 * say, else its text.
 *
 * @throws {TypeError} when the method makes no bundle, and whatever the method throws
 */
export function mimeBundle(value: unknown): MimeBundle | Promise<MimeBundle> {
  const method = displayMethod(value);
  if (method === null) {
    for (const rule of rules) {
      const bundle = rule(value);
      if (bundle !== null) return bundle;
    }
    return textBundle(value);
  }
  const bundle = method();
  return bundle instanceof Promise ? bundle.then(checkBundle) : checkBundle(bundle);
}

/** The text of a value, without colours. */
export function textBundle(value: unknown): MimeBundle {
  return { "text/plain": inspect(value) };
}

function imageRule(type: string, signature: readonly number[]): Rule {
  return (value) => {
    if (!(value instanceof Uint8Array)) return null;
    if (signature.some((byte, index) => value[index] !== byte)) return null;
    return { [type]: Buffer.from(value).toString("base64"), ...textBundle(value) };
  };
}

function displayMethod(value: unknown): (() => unknown) | null {
  if ((typeof value !== "object" && typeof value !== "function") || value === null) return null;
  const method: unknown = Reflect.get(value, DISPLAY);
  return typeof method === "function" ? (): unknown => Reflect.apply(method, value, []) : null;
}

function checkBundle(bundle: unknown): MimeBundle {
  if (typeof bundle === "object" && bundle !== null && !Array.isArray(bundle)) {
    return bundle as MimeBundle;
  }
  const got = inspect(bundle);
  throw new TypeError(`Symbol.for("Jupyter.display") must return a MIME bundle, got ${got}`);
}
