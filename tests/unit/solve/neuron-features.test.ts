import { describe, expect, it } from "vitest";

import { evaluateStep, evaluateStop } from "../../../lib/ir/evaluate.js";
import type { KernelIr } from "../../../lib/ir/ir.js";
import type { NeuronOptions } from "../../../lib/model/definition.js";
import { verify } from "../../../lib/ir/verify.js";
import { analyseNeuron } from "../../../lib/model/neuron.js";
import { analyseStop } from "../../../lib/model/stop.js";
import { lowerNeuron } from "../../../lib/solve/lower.js";
import { lowered, runEvaluated, stateOf, type Values } from "../../support/compiled.js";

function slotOf(ir: KernelIr, name: string): number {
  return ir.fields.findIndex((field) => field.name === name);
}

/** Values of one neuron at the end of each step, by the reference evaluator. */
function trace(
  definition: NeuronOptions,
  name: string,
  steps: number,
  values: Values = {},
  dt = 1,
): number[] {
  const ir = lowered(definition);
  const states = runEvaluated(ir, values, { size: 1, steps, dt });
  return states.map((state) => state[slotOf(ir, name)]![0]!);
}

describe("inputs and global operations", () => {
  it("read the weighted sum of a target from a field of its own", () => {
    const values = { ".sum(exc)": 3, ".sum(inh)": 1 };
    expect(trace({ equations: "r = sum(exc) - sum(inh)" }, "r", 1, values)).toEqual([2]);
  });

  it("add up all connected targets where none is named", () => {
    const model = analyseNeuron({ equations: "r = sum()" }, { constants: [] });
    const valueWith = (targets: readonly string[]): number => {
      const ir = lowerNeuron(model, { targets, reductions: [] });
      const values = { ".sum(a)": 1, ".sum(b)": 2, ".sum(c)": 4 };
      const [state] = runEvaluated(ir, values, { size: 1, steps: 1, dt: 1 });
      return state![slotOf(ir, "r")]![0]!;
    };
    expect([[], ["a"], ["a", "c"]].map(valueWith)).toEqual([0, 1, 5]);
  });

  it("leave global operations to whoever fills their fields", () => {
    const ir = lowered({ equations: "r = t\nm = mean(r) : population" });
    expect(ir.fields[slotOf(ir, ".mean(r)")]).toMatchObject({ role: "reduction", scope: "global" });
    const [state] = runEvaluated(ir, { ".mean(r)": 0.5 }, { size: 2, steps: 1, dt: 1 });
    expect(state![slotOf(ir, "m")]).toEqual(Float64Array.of(0.5));
  });

  it("have fields for the global operations that synapses ask for", () => {
    const model = analyseNeuron({ equations: "r = t" }, { constants: [] });
    const ir = lowerNeuron(model, { targets: [], reductions: [{ operation: "max", name: "r" }] });
    expect(ir.fields.map(({ name }) => name)).toContain(".max(r)");
  });
});

describe("functions of the user", () => {
  it("work out their arguments once, in the types that they are declared with", () => {
    const functions = "half(n, x) = n / 2 + x : float, int, float\ntwice(x) = half(x, x) * 2";
    const definition = { functions, parameters: "a = 3.7", equations: "r = twice(a)" };
    expect(trace(definition, "r", 1, { a: 3.7 })).toEqual([(3 / 2 + 3.7) * 2]);
  });

  it("truncate a result that is declared as int, and take conditionals", () => {
    const functions = "step(x) = if x > 0: x * 2.9 else: -1 : int, float";
    const equations = "r = step(t - 0.5) / 2";
    expect(trace({ functions, equations }, "r", 2)).toEqual([-0.5, 0.5]);
  });

  // r' = r + 3·r' and r' = r + (3·r')² have the solutions 3 and -26/9.
  it.each([
    ["an assignment", "r = f(1)", 0, 3],
    ["a linear implicit equation", "dr/dt = f(r) : implicit", -6, 3],
    ["another implicit equation", "dr/dt = f(r)^2 : implicit", -78, -26 / 9],
  ])("see no attribute, but the constant of that name, in %s", (_, equation, r, expected) => {
    const functions = "g(x) = c * x\nf(c) = g(c)";
    const definition = { functions, parameters: "c = 7.0", equations: equation };
    const ir = lowered(definition, { constants: ["c"] });
    const field = { name: ".constant(c)", role: "constant", scope: "global" };
    expect(ir.fields).toContainEqual(expect.objectContaining(field));
    const values = { c: 7, ".constant(c)": 3, r };
    const [state] = runEvaluated(ir, values, { size: 1, steps: 1, dt: 1 });
    expect(state![slotOf(ir, "r")]![0]).toBeCloseTo(expected, 13);
  });

  it("mean Euler's number by E, whatever attribute has that name", () => {
    const definition = {
      functions: "f(x) = E * x",
      parameters: "E = -70.0",
      equations: "r = f(1)",
    };
    expect(trace(definition, "r", 1, { E: -70 })).toEqual([Math.E]);
  });
});

describe("an implicit equation that has no solution", () => {
  /** Slots of the variables that were reported in one step. */
  function reported(definition: NeuronOptions, values: Values): readonly string[] {
    const ir = lowered(definition);
    const failed: string[] = [];
    const options = {
      fail: (_: number, slot: number) => {
        failed.push(ir.fields[slot]!.name);
      },
    };
    evaluateStep(ir, stateOf(ir, 1, values), 1, { t: 0, dt: 1 }, options);
    return failed;
  }
  const unsolvable = "d{x}/dt = {x}^2 + 1 : implicit";
  const definition = (name: string): NeuronOptions => ({
    equations: unsolvable.replaceAll("{x}", name) + (name === "v" ? "" : "\nv = 0"),
    spike: "v > 10",
    reset: "v = 0",
    refractory: 3,
  });

  it("is reported", () => {
    expect(reported(definition("v"), { v: 1 })).toEqual(["v"]);
  });

  it("is not reported of a refractory neuron, whose variables stand still", () => {
    expect(reported(definition("v"), { v: 1, ".remaining": 2 })).toEqual([]);
  });

  it("is reported of the conductance of a refractory neuron, which goes on", () => {
    expect(reported(definition("g_exc"), { g_exc: 1, ".remaining": 2 })).toEqual(["g_exc"]);
  });
});

describe("the time of the last spike", () => {
  const definition = { equations: "v += 1\nd = t - t_last", spike: "v >= 2", reset: "v = 0" };

  it("is that of the spike before, in equations", () => {
    const values = { ".lastSpike": -10000 };
    expect(trace(definition, "d", 4, values, 0.5)).toEqual([5000, 5000.5, 0.5, 1]);
  });

  it("is in resets still that of the spike before", () => {
    const counted = {
      ...definition,
      reset: "v = 0; interval = t - t_last",
      equations: "v += 1\ninterval += 0",
    };
    expect(trace(counted, "interval", 4, { ".lastSpike": -10000 })).toEqual([0, 10001, 10001, 2]);
  });

  it("is noted where nothing else happens at a spike", () => {
    const quiet = { equations: "v = t", spike: "v == 2" };
    expect(trace(quiet, ".lastSpike", 4, { ".lastSpike": -10000 })).toEqual([-10000, -10000, 2, 2]);
  });
});

describe("axonal events", () => {
  const definition = {
    equations: "v += 1",
    spike: "v > 5",
    reset: "v = 0",
    axonSpike: "v == 3",
    axonReset: "n += 1",
    parameters: "n = 0",
    refractory: 2.0,
  };

  it("come where their condition holds, that of spikes does not, and nothing is refractory", () => {
    const values = { ".refractory": 2, n: 0 };
    const axon = trace({ ...definition, axonReset: "v += 0" }, ".axon", 14, values);
    expect(axon.flatMap((event, step) => (event === 1 ? [step] : []))).toEqual([2, 10]);
  });

  it("do not come from a refractory neuron that stands at the condition", () => {
    const still = { ...definition, axonReset: "v += 0", reset: "v = 3" };
    const axon = trace(still, ".axon", 5, { v: 5, ".refractory": 2 });
    // After the reset in step 0 itself, then frozen at 3 in steps 1 and 2.
    expect(axon).toEqual([1, 0, 0, 0, 0]);
  });
});

describe("a stop condition", () => {
  const definition = { equations: "dv/dt = 0", spike: "v > 3", reset: "v = 0" };

  /** For how many neurons a condition holds after a step. */
  function count(text: string): number {
    const model = analyseNeuron(definition, { constants: [] });
    const ir = lowerNeuron(analyseStop(model, text, { constants: [] }));
    verify(ir);
    const state = stateOf(ir, 4, { v: [1, 2, 3, 4] });
    evaluateStep(ir, state, 4, { t: 0, dt: 1 });
    return evaluateStop(ir, state, 4, { t: 0, dt: 1 });
  }

  it("counts the neurons for which it holds, after their resets", () => {
    expect(count("v > 1.5 : any")).toBe(2);
  });

  it("knows which neurons spiked in the step", () => {
    expect(count("spiked : any")).toBe(1);
    expect(count("not spiked and v > 2 : all")).toBe(1);
  });
});

describe("refractory neurons", () => {
  it.each(["implicit", "semiimplicit", "exponential", "midpoint", "rk4", "explicit"])(
    "stand still under the method %s",
    (method) => {
      const definition = {
        equations: `dv/dt = 1 - v : ${method}`,
        spike: "v > 0.9",
        reset: "v = 0.25",
        refractory: 2.0,
      };
      const values = { v: 5, ".refractory": 2 };
      expect(trace(definition, "v", 3, values, 0.1)).toEqual([0.25, 0.25, 0.25]);
    },
  );
});
