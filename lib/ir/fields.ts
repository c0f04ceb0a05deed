/** The fields of a generated kernel: the table that code generation, the engine and the network share. */

/** Element type of a field: na_real, or int32. */
export type FieldType = "real" | "int32";
/**
 * `local`: one value per neuron or synapse. `global`: one for all. `row`, `column`: in synapses, one per post neuron,
 * one per pre neuron.
 */
export type FieldScope = "local" | "global" | "row" | "column";
/** Whose field it is: in synapses also that of the population at either end. */
export type FieldOwner = "self" | "pre" | "post";

/**
 * What a field is for.
 *
 * `attribute`: a parameter or variable of the model, under its own name.
 * `constant`: a constant of the network (global, real), under its own name or, where an attribute has that name,
 * `.constant(c)`: functions of the user see the constant.
 * `shared`: a value that the globals hook leaves for the update hook of the same step; starts as 0, is nobody's
 * attribute.
 *
 * Neurons. `spiked`: the flag the update hook leaves per neuron. `remaining`: refractory steps left.
 * `refractory`: refractory period per neuron [steps], where the model gives it as a number. `lastSpike`: number of the step of
 * the last spike. `ready`, `axon`: flags of neurons with axonal events (kernel_abi.h). `input`: the weighted sum of a target
 * of a rate-coded neuron, named `.sum(exc)`; zero at the beginning of a step. `reduction`: a global operation on an
 * attribute of the population as of the end of the last step (global, real), named `.mean(r)`.
 *
 * Synapses. `remote`: a field of the population at either end, under the name it has there. `target`: the same, and
 * transmission adds to it. `delay`: delay of a synapse [steps]. `lastEvent`: number of the step up to which event-driven
 * variables have been integrated.
 */
export type FieldRole =
  | "attribute"
  | "constant"
  | "shared"
  | "spiked"
  | "remaining"
  | "refractory"
  | "lastSpike"
  | "ready"
  | "axon"
  | "input"
  | "reduction"
  | "remote"
  | "target"
  | "delay"
  | "lastEvent";

/** One array of a kernel; its place in the table is its slot. */
export interface KernelField {
  readonly name: string;
  readonly type: FieldType;
  readonly scope: FieldScope;
  readonly owner: FieldOwner;
  readonly role: FieldRole;
}

/** What the network must know of a generated unit. Slots are indices into `fields`. */
export interface KernelManifest {
  /** First 8 hex digits of the hash of the C text. */
  readonly hash: string;
  readonly fields: readonly KernelField[];
}

/** Names of fields that are no attribute begin with a dot, which no name in a text does. */
export function ownName(role: FieldRole): string {
  return `.${role}`;
}

/** Field of a population that holds the weighted sum of a target: `.sum(exc)`. */
export function inputName(target: string): string {
  return `.sum(${target})`;
}

/** Field of a population that holds a global operation on one of its attributes: `.mean(r)`. */
export function reductionName(operation: string, attribute: string): string {
  return `.${operation}(${attribute})`;
}

/** Field of a constant of the network whose name is that of an attribute as well: `.constant(c)`. */
export function constantName(name: string): string {
  return `.constant(${name})`;
}

/** Name of the constant that a field with the role `constant` holds. */
export function constantIn(field: string): string {
  return /^\.constant\((.*)\)$/.exec(field)?.[1] ?? field;
}
