import { problem } from "../errors.js";
import type { Site } from "./rows.js";

/** How many partners each neuron is to have, and among how many they are drawn. */
interface Wanted {
  readonly connector: string;
  readonly end: "pre" | "post";
  readonly number: number;
  readonly partners: number;
}

/** @throws {SimulatorError} TOO_FEW_PARTNERS. */
export function requirePartners(wanted: Wanted, { label }: Site): void {
  if (wanted.number > wanted.partners) {
    throw problem("TOO_FEW_PARTNERS", { projection: label, ...wanted });
  }
}
