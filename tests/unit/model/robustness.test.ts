import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { EquationError } from "../../../lib/errors.js";
import { analyseNeuron } from "../../../lib/model/neuron.js";
import { analyseSynapse } from "../../../lib/model/synapse.js";
import { limits, jumble, mutation, timeout } from "../../support/random-texts.js";

const text = fc.oneof(mutation, mutation, jumble);

/** Run an analysis that may find mistakes and nothing else. */
function check(analyse: () => unknown): void {
  try {
    analyse();
  } catch (error) {
    expect(error).toBeInstanceOf(EquationError);
  }
}

describe("analysing any text", { timeout }, () => {
  it("answers neurons with mistakes and nothing worse", () => {
    fc.assert(
      fc.property(text, text, text, text, (equations, parameters, reset, functions) => {
        const context = { constants: ["gain"] };
        check(() => analyseNeuron({ equations, parameters, functions }, context));
        check(() => analyseNeuron({ equations, parameters: "tau = 1.0" }, context));
        check(() => analyseNeuron({ equations, parameters, spike: reset, reset }, context));
      }),
      limits,
    );
  });

  it("answers synapses with mistakes and nothing worse", () => {
    fc.assert(
      fc.property(text, text, text, text, (equations, parameters, code, psp) => {
        const context = { constants: ["gain"], targets: ["exc"] };
        check(() => analyseSynapse({ equations, psp }, { ...context, type: "rate" }));
        check(() => analyseSynapse({ equations, parameters }, { ...context, type: "rate" }));
        check(() =>
          analyseSynapse(
            { equations, preSpike: code, postSpike: psp },
            { ...context, type: "spike" },
          ),
        );
      }),
      limits,
    );
  });
});
