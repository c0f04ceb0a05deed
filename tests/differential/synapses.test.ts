import { describe, expect, it } from "vitest";

import { synapseUses } from "../support/built-in.js";
import {
  loweredSynapse,
  runCompiledSynapses,
  runEvaluatedSynapses,
  type Fields,
} from "../support/compiled-synapses.js";
import type { SynapseIr } from "../../lib/ir/ir.js";
import { ulps } from "../support/compiled.js";
import { plasticRun } from "../support/synapse-run.js";

/** Where the fields of two runs differ by more than the functions of the C library may. */
function differences(ir: SynapseIr, actual: readonly Fields[], wanted: readonly Fields[]) {
  const allowed = usesFunctions(ir) ? 4 : 0;
  return actual.flatMap((fields, call) =>
    fields.flatMap((values, slot) =>
      [...values].flatMap((value, i) => {
        const other = wanted[call]![slot]![i]!;
        if (ulps(value, other) <= allowed) return [];
        const { kind, step } = plasticRun.calls[call]!;
        const name = ir.fields[slot]?.name ?? "failure";
        return [`${kind} in step ${step}: ${name}[${i}] is ${value}, not ${other}`];
      }),
    ),
  );
}

/** Functions are as exact as both libraries make them (functions.test.ts); everything else is exact. */
function usesFunctions(ir: SynapseIr): boolean {
  return JSON.stringify(ir).includes('"call"');
}

describe("a compiled synapse type", () => {
  it.each(synapseUses)("does what the evaluator does: %s", async (_, definition, use) => {
    const ir = loweredSynapse(definition, use);
    const evaluated = runEvaluatedSynapses(ir, plasticRun);
    for (const narrow of [false, true]) {
      const compiled = await runCompiledSynapses(ir, { ...plasticRun, narrow });
      expect(differences(ir, compiled, evaluated)).toEqual([]);
    }
    // Every hook that there is has changed something.
    expect(evaluated.at(-1)).not.toEqual(runEvaluatedSynapses(ir, { ...plasticRun, calls: [] }));
  });
});
