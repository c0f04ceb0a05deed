import { describe, expect, it } from "vitest";

import { print } from "../../../lib/dsl/print.js";
import { Variable, type SynapseOptions } from "../../../lib/model/definition.js";
import { defineFunctions } from "../../../lib/model/functions.js";
import { analyseSynapse, checkSynapse } from "../../../lib/model/synapse.js";
import type { EventCode } from "../../../lib/model/types.js";
import { brief } from "../../support/texts.js";

const rates = { constants: ["kappa"], type: "rate", targets: ["exc"] } as const;
const spikes = { constants: ["kappa"], type: "spike", targets: ["exc"] } as const;

function attributes(definition: SynapseOptions, context: typeof rates | typeof spikes): string[] {
  return analyseSynapse(definition, context).attributes.map(
    ({ name, kind, locality, type, init }) =>
      `${name}: ${locality} ${type} ${kind} = ${JSON.stringify(init)}`,
  );
}

function code(event: EventCode | null): readonly string[] | null {
  return (
    event &&
    [...event.targets, ...event.statements].map(({ name, value }) => `${name} = ${print(value)}`)
  );
}

function warnings(definition: SynapseOptions): string[] {
  return checkSynapse(definition, spikes).warnings.map(brief);
}

describe("analyseSynapse", () => {
  it("gives every synapse a weight: a parameter, unless a statement changes it", () => {
    expect(attributes({}, rates)).toEqual(["w: local float parameter = 0"]);
    expect(attributes({ postSpike: "w += 1" }, spikes)).toEqual(["w: local float variable = 0"]);
    expect(attributes({ equations: "w += pre.r" }, rates)).toEqual(["w: local float variable = 0"]);
    expect(attributes({ parameters: { w: 2 }, preSpike: "w += 1" }, spikes)).toEqual([
      "w: local float variable = 2",
    ]);
  });

  it("knows which synapses change their weight", () => {
    const plastic = (definition: SynapseOptions): boolean =>
      analyseSynapse(definition, spikes).plastic;
    expect(plastic({})).toBe(false);
    expect(plastic({ preSpike: "g_target += w" })).toBe(false);
    expect(plastic({ equations: "x = w" })).toBe(false);
    expect(plastic({ equations: "dw/dt = -w" })).toBe(true);
    expect(plastic({ preSpike: "w += 1" })).toBe(true);
    expect(plastic({ preSpike: "w += 1", preAxonSpike: "w += 1" })).toBe(true);
    expect(plastic({ postSpike: "w += 1" })).toBe(true);
  });

  it("reads localities from flags and options", () => {
    const definition = {
      parameters: "tau = 1 : projection; theta = 2 : postsynaptic; eta = kappa",
      equations: [
        "a = 1 : projection",
        "b = a + post.r : postsynaptic",
        new Variable("c = b", { locality: "semiglobal" }),
        new Variable("d = c", { locality: "local", type: "int", init: 2.5 }),
      ],
    };
    expect(attributes(definition, rates)).toEqual([
      "w: local float parameter = 0",
      "tau: global float parameter = 1",
      "theta: semiglobal float parameter = 2",
      'eta: local float parameter = {"attribute":"kappa"}',
      "a: global float variable = 0",
      "b: semiglobal float variable = 0",
      "c: semiglobal float variable = 0",
      "d: local int variable = 2",
    ]);
  });

  it("transmits the weighted rate of rate-coded neurons, and the weight at spikes, where no text says it", () => {
    const rate = analyseSynapse({}, rates);
    expect(rate.psp && print(rate.psp)).toBe("w * pre.r");
    expect([rate.preSpike, rate.postSpike, rate.preAxonSpike]).toEqual([null, null, null]);
    const spike = analyseSynapse({}, spikes);
    expect(spike.psp).toBeNull();
    expect(code(spike.preSpike)).toEqual(["g_target = g_target + w"]);
  });

  it("adds the weight also to code without a statement for the input, but not next to a psp", () => {
    const code1 = analyseSynapse({ preSpike: "x += 1" }, spikes).preSpike;
    expect(code(code1)).toEqual(["g_target = g_target + w", "x = x + 1"]);
    const both = analyseSynapse({ psp: "w * x", preSpike: "x += 1" }, spikes);
    expect(code(both.preSpike)).toEqual(["x = x + 1"]);
    expect(analyseSynapse({ psp: "w * (pre.v - post.v)" }, spikes).preSpike).toBeNull();
  });

  it("puts statements for the input before all others", () => {
    const { preSpike } = analyseSynapse(
      { preSpike: "w *= 3\ng_target += w\nx = w\ng_target = if w > 1: g_target else: 0" },
      spikes,
    );
    expect(code(preSpike)).toEqual([
      "g_target = g_target + w",
      "g_target = if w > 1: g_target else: 0",
      "w = w * 3",
      "x = w",
    ]);
  });

  it("declares the variables of event code, and reads its flags", () => {
    const definition = {
      parameters: "top = 1 : projection",
      preSpike: "g_target += w : max = top\nx += 1 : init = 0.5, min = -top, unless_post",
      postSpike: new Variable("y = x", { init: 2, max: "post.v" }),
    };
    expect(attributes(definition, spikes)).toEqual([
      "w: local float parameter = 0",
      "top: global float parameter = 1",
      "x: local float variable = 0.5",
      "y: local float variable = 2",
    ]);
    const { preSpike, postSpike } = analyseSynapse(definition, spikes);
    const flags = [preSpike, postSpike].flatMap((event) =>
      [...(event?.targets ?? []), ...(event?.statements ?? [])].map(
        ({ bounds, unlessPost }) =>
          `${bounds.map(({ kind, value }) => `${kind} ${print(value)}`).join()} ${unlessPost}`,
      ),
    );
    expect(flags).toEqual(["max top false", "min -top true", "max post.v false"]);
  });

  it("takes the code of axonal events for that of spikes where the texts are the same", () => {
    const text = "g_target += w\nx = 1";
    const same = analyseSynapse({ preSpike: text, preAxonSpike: text }, spikes);
    expect(same.preAxonSpike).toBe(same.preSpike);
    const other = analyseSynapse({ preSpike: text, preAxonSpike: "g_target += 2*w" }, spikes);
    expect(code(other.preAxonSpike)).toEqual(["g_target = g_target + 2 * w"]);
  });

  it("sets equations that are integrated from event to event apart", () => {
    const model = analyseSynapse(
      {
        parameters: "tau = 10",
        equations: "tau*dx/dt = -x : event-driven\ndz/dt = -z\ntau*dy/dt = -y : exact, init = 1",
        preSpike: "x += 1",
      },
      spikes,
    );
    expect(model.eventDriven.map(({ name }) => name)).toEqual(["x", "y"]);
    expect(model.updates.map(({ name }) => name)).toEqual(["z"]);
    expect(model.eventDriven.every((ode) => !("method" in ode))).toBe(true);
  });

  it("takes functions, constants and the default method of the network", () => {
    const report = (): never => {
      throw new Error("a mistake in the global functions");
    };
    const constants = ["kappa"];
    const owner = { owner: null, globals: new Map(), constants, report };
    const functions = defineFunctions("g(x) = kappa*x\nh(x) = g(x)", owner).definitions;
    const model = analyseSynapse(
      { functions: "f(x) = x^2", equations: "dw/dt = f(h(pre.r)) - w" },
      { ...rates, functions, method: "rk4" },
    );
    expect([...model.functions.keys()]).toEqual(["f", "h", "g"]);
    expect(model.constants).toEqual(["kappa"]);
    expect(model.updates).toMatchObject([{ method: "rk4" }]);
  });

  it("draws once per synapse, per postsynaptic neuron or per projection", () => {
    const equations =
      "a = Uniform(0, 1) : projection\nb = Normal(0, 1) : postsynaptic\nw += Gamma(1, 2)";
    const { random } = analyseSynapse({ equations }, rates);
    expect(random.map(({ locality }) => locality)).toEqual(["global", "semiglobal", "local"]);
  });

  it("warns of old flags, stale values and variables that look like inputs", () => {
    expect(
      warnings({
        equations: "dx/dt = -x : exact\ndw/dt = x",
        psp: "w * x",
        preSpike: "x += 1\ng_exc += w\ng_targt += w",
      }),
    ).toEqual([
      "INPUT_NOT_MEANT g_exc",
      "INPUT_NOT_MEANT g_targt",
      "DEPRECATED_FLAG exact",
      "STALE_VALUE x",
      "STALE_VALUE x",
    ]);
    expect(warnings({ equations: "dx/dt = -x : event-driven", preSpike: "w += x" })).toEqual([]);
  });
});
