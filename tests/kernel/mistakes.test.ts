import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { KernelProcess, type KernelClient } from "../support/kernel-client.js";

/** A network with a population of ten, made before each mistake is. */
const notebook = `
  const net = new Network({ dt: 1, seed: 1 });
  const LIF = new Neuron({
    parameters: "tau = 10.0",
    equations: "tau * dv/dt = -v + g_exc : init = 0.5",
    spike: "v > 1.0",
    reset: "v = 0.0",
  });
  const pop = net.create(10, { neuron: LIF, name: "cells" });
`;

const neuron = (fields: string): string =>
  `net.create(10, { neuron: new Neuron({ name: "mine", ${fields} }) })`;
const fires = 'spike: "v > 1.0", reset: "v = 0.0"';

/** What users get wrong most often: the cell, the name of its error, and what the error says under its sentence. */
const mistakes: readonly (readonly [string, string, string, string | RegExp])[] = [
  [
    "a misspelt variable",
    neuron(`parameters: "tau = 10.0", equations: "tau * dv/dt = -v / tua", ${fires}`),
    "EquationError",
    [
      'EquationError: unknown name "tua" in neuron "mine"',
      "  1 | tau * dv/dt = -v / tua",
      '    |                    ^^^ did you mean "tau"?',
    ].join("\n"),
  ],
  [
    "a missing bracket",
    neuron(`equations: "dv/dt = -(v - 1.0", ${fires}`),
    "EquationError",
    [
      'EquationError: the bracket "(" is never closed',
      "  1 | dv/dt = -(v - 1.0",
      "    |          ^",
    ].join("\n"),
  ],
  [
    "els for else",
    neuron(`equations: "v = if t > 5.0: 1.0 els: 0.0", ${fires}`),
    "EquationError",
    [
      'EquationError: expected "else", found "els"',
      "  1 | v = if t > 5.0: 1.0 els: 0.0",
      '    |                     ^^^ did you mean "else"?',
    ].join("\n"),
  ],
  [
    "an unknown flag",
    neuron(`equations: "dv/dt = -v : exponental", ${fires}`),
    "EquationError",
    [
      'EquationError: unknown flag "exponental"',
      "  1 | dv/dt = -v : exponental",
      '    |              ^^^^^^^^^^ did you mean "exponential"?',
    ].join("\n"),
  ],
  [
    "a reset without a name",
    neuron('equations: "dv/dt = 1.0 - v", spike: "v > 1.0", reset: "= 0.0"'),
    "EquationError",
    ["EquationError: the assignment has no variable on its left", "  1 | = 0.0", "    | ^"].join(
      "\n",
    ),
  ],
  [
    "a reset of something that the neuron does not have",
    neuron('equations: "dv/dt = 1.0 - v", spike: "v > 1.0", reset: "vv = 0.0"'),
    "EquationError",
    [
      'EquationError: the reset changes "vv", which is not a variable of neuron "mine"',
      "  1 | vv = 0.0",
      '    | ^^ did you mean "v"?',
    ].join("\n"),
  ],
  [
    "an array of the wrong length",
    "pop.v = [1, 2, 3]",
    "SimulatorError",
    /^SimulatorError: v of population "cells": an array of shape \(3\) does not fit 10 neurons\n/,
  ],
  [
    "simulate before compile",
    "%simulate 100",
    "SimulatorError",
    "SimulatorError: simulate(): the network is not compiled yet, call compile() first",
  ],
  [
    "a target that nobody reads",
    'net.connect(pop, pop, { target: "ext", name: "loop" }).allToAll({ weights: 1 });\n%compile',
    "SimulatorError",
    'SimulatorError: projection "loop": population "cells" never reads the target "ext"; did you mean "exc"?',
  ],
  [
    "a negative probability",
    'net.connect(pop, pop, { target: "exc" }).fixedProbability({ probability: -0.1, weights: 1 })',
    "SimulatorError",
    /^SimulatorError: fixedProbability\(\): probability = -0\.1, must be a number from 0 to 1\n/,
  ],
  [
    "dt = 0",
    "new Network({ dt: 0 })",
    "InvalidConfiguration",
    /^InvalidConfiguration: dt = 0: must be a time above 0 \[ms\]\n/,
  ],
];

describe("a typical mistake gives one clear error, and the next cell works", () => {
  let kernel: KernelProcess;
  let client: KernelClient;
  beforeAll(async () => {
    kernel = await KernelProcess.start();
    client = await kernel.connect();
  });
  afterAll(() => kernel.close());

  it.each(mistakes)("%s", async (_what, cell, name, text) => {
    await client.execute(notebook);
    const { reply, published } = await client.execute(cell);
    expect(reply.content.ename).toBe(name);
    const shown: string = reply.content.traceback.join("\n");
    if (typeof text === "string") expect(shown).toBe(text);
    else expect(shown).toMatch(text);
    const errors = published.filter(({ header }) => header.msg_type === "error");
    expect(errors).toHaveLength(1);
    const next = await client.execute("pop.v.size");
    expect(next.reply.content.status).toBe("ok");
  });
});
