import { expect, it } from "vitest";

import { render, type Code, type Problems } from "../../lib/diagnostics.js";
import {
  Network,
  Neuron,
  SimulatorError,
  Synapse,
  type Population,
  type Projection,
} from "../../lib/index.js";

/** The call in which a mistake is made. What comes before it, in the function that returns it, is right. */
export type Call = () => unknown;

/** What a call is answered with: an error, or a warning and a value. */
export type Answer =
  | { readonly kind: "error"; readonly code: string; readonly facts: object; readonly type: object }
  | { readonly kind: "warning"; readonly text: string; readonly value: unknown };

/** A mistake in the words of the specification's table, how it is made in a network, and its answer. */
export type Row = readonly [
  mistake: string,
  make: (net: Network) => Call | Promise<Call>,
  answer: Answer,
];

/** An error of this code with at least these facts, whose texts the message quotes. */
export function error<C extends Code>(
  code: C,
  facts: Partial<Problems[C]>,
  type: object = SimulatorError,
): Answer {
  return { kind: "error", code, facts, type };
}

/** This one warning; the call goes on and returns `value`, unless that does not matter. */
export function warning<C extends Code>(code: C, facts: Problems[C], value?: unknown): Answer {
  const text = `WARNING: ${render({ code, problem: facts, span: null })}`;
  return { kind: "warning", text, value };
}

/** One test for each row of a table of mistakes. */
export function walk(rows: readonly Row[]): void {
  it.each(rows)("%s", async (_, make, answer) => {
    const warnings: string[] = [];
    const net = new Network({ dt: 1, seed: 1 });
    net.config({ logger: (text) => warnings.push(text) });
    const call = await make(net);
    expect(warnings).toEqual([]);
    if (answer.kind === "warning") {
      const value = await call();
      expect(warnings).toEqual([answer.text]);
      if (answer.value !== undefined) expect(value).toEqual(answer.value);
      return;
    }
    const { code, facts, type } = answer;
    const thrown: unknown = await Promise.resolve()
      .then(call)
      .then(
        () => "no error",
        (reason: unknown) => reason,
      );
    expect(thrown).toMatchObject({ code, details: facts, name: Reflect.get(type, "name") });
    const { message } = thrown as SimulatorError;
    for (const fact of Object.values<unknown>({ ...facts })) {
      if (typeof fact === "string") expect(message).toContain(fact);
    }
    expect(warnings).toEqual([]);
  });
}

/** What the type checker would refuse, as a program without types would write it. */
export function untyped(json: string): never {
  return JSON.parse(json) as never;
}

/** Call a method with what the type checker would refuse. */
export function callUntyped(object: object, method: string, ...given: readonly unknown[]): unknown {
  return Reflect.apply(Reflect.get(object, method), object, given);
}

const Rate = new Neuron({
  parameters: "tau = 10.0 : population\nb = 1.0",
  equations: "tau * dv/dt = -v + b + sum(exc)\nr = v",
});

const Spiking = new Neuron({
  parameters: "tau = 10.0 : population\nperiod = 2.0",
  equations: "tau * dv/dt = -v + g_exc",
  spike: "v > 1.0",
  reset: "v = 0.0",
});

/** Eight rate-coded neurons in two rows, the population `rates`. */
export function rates(net: Network, name = "rates"): Population {
  return net.create([2, 4], { neuron: Rate, name });
}

/** Four spiking neurons, the population `cells`. */
export function cells(net: Network, name = "cells"): Population {
  return net.create(4, { neuron: Spiking, name });
}

/** A synapse with an attribute of each locality. */
export const Learning = new Synapse({
  parameters: "eta = 0.1 : projection",
  equations: "dtheta/dt = post.r : postsynaptic\ndw/dt = eta * pre.r * post.r",
});

/** The projection `loop` of four spiking neurons to themselves, not connected yet. */
export function loop(net: Network): Projection {
  const pop = cells(net);
  return net.connect(pop, pop, { target: "exc", name: "loop" });
}
