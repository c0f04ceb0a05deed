/** The fields of a generated kernel: the table that code generation, the engine and the network share. */

/** Element type of a field: na_real, or int32. */
export type FieldType = "real" | "int32";
/** One value per element, or one for all. */
export type FieldScope = "local" | "global";

/**
 * What a field is for.
 * `attribute`: a parameter or variable of the model, under its own name.
 * `constant`: a constant of the network (global, real).
 * `spiked`: the flag the update hook leaves per neuron. `remaining`: refractory steps left.
 * `refractory`: refractory period per neuron [steps], where the model gives it as a number.
 * `shared`: a value that the globals hook leaves for the update hook of the same step; starts as 0, is nobody's
 * attribute.
 */
export type FieldRole = "attribute" | "constant" | "spiked" | "remaining" | "refractory" | "shared";

/** One array of a kernel; its place in the table is its slot. */
export interface KernelField {
  readonly name: string;
  readonly type: FieldType;
  readonly scope: FieldScope;
  readonly role: FieldRole;
}

/** What the network must know of a generated unit. Slots are indices into `fields`. */
export interface KernelManifest {
  /** First 8 hex digits of the hash of the C text. */
  readonly hash: string;
  readonly fields: readonly KernelField[];
}
