import type { KernelField } from "../ir/fields.js";

/** Type of the elements of a field. */
export function cType({ type }: KernelField): string {
  return type === "real" ? "na_real" : "int32_t";
}

/**
 * The variable that holds the value of a field. Names of users get a prefix, so that none can be a word of C or a name of
 * the generated code; letters beyond ASCII give way to the number of the slot.
 */
export function variable({ name, role, owner }: KernelField, slot: number): string {
  const isUsers = (role === "attribute" || role === "constant") && !name.startsWith(".");
  const prefix = owner === "self" ? (isUsers ? "u_" : "") : `${owner}_`;
  // `.lastSpike` is lastSpike, `.sum(exc)` is sum_exc.
  const word = name.replace(/^\./, "").replace("(", "_").replace(")", "");
  return /^\w+$/.test(word) ? prefix + word : `${prefix.slice(0, -1) || "x"}${slot}`;
}

const types = { real: "NA_REAL", int32: "NA_INT32" } as const;
const owners = { self: "NA_SELF", pre: "NA_PRE", post: "NA_POST" } as const;
const scopes = {
  local: "NA_LOCAL",
  global: "NA_GLOBAL",
  row: "NA_ROW",
  column: "NA_COLUMN",
} as const;

/** A line of the table of fields. */
export function tableLine({ name, type, scope, owner }: KernelField): string {
  return `{"${name}", ${types[type]}, ${scopes[scope]}, ${owners[owner]}, 0}`;
}
