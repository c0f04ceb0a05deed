import { expect, it } from "vitest";

import { render, type Diagnostic } from "../../lib/diagnostics.js";
import { checkNeuron } from "../../lib/model/neuron.js";
import { checkSynapse } from "../../lib/model/synapse.js";
import { brief } from "./texts.js";

/** A network without constants and functions. */
export const network = { constants: [] };
/** Projections from rate-coded neurons. */
export const rates = { ...network, type: "rate", targets: ["exc"] } as const;
/** Projections from spiking neurons. */
export const spikes = { ...network, type: "spike", targets: ["exc"] } as const;

/** The mistakes of a neuron. */
export const neuron = (definition: object): readonly Diagnostic[] =>
  checkNeuron(definition, network).diagnostics;

/** The mistakes of a synapse between spiking neurons. */
export const synapse = (definition: object): readonly Diagnostic[] =>
  checkSynapse(definition, spikes).diagnostics;

/** The mistakes of a synapse between rate-coded neurons. */
export const rateSynapse = (definition: object): readonly Diagnostic[] =>
  checkSynapse(definition, rates).diagnostics;

/** What is wrong, how it is found, and what is expected in the words of `brief`. */
export type Row = readonly [
  condition: string,
  found: () => readonly Diagnostic[],
  expected: readonly string[],
];

/** One test for each row of a table of mistakes. */
export function walk(rows: readonly Row[]): void {
  it.each(rows)("%s", (_, found, expected) => {
    const diagnostics = found();
    expect(diagnostics.map(brief)).toEqual(expected);
    // Whatever came from a text stands under a caret in it.
    for (const diagnostic of diagnostics) {
      if (diagnostic.span !== null) expect(render(diagnostic)).toContain("^");
    }
  });
}
