/** What dendrites and projections say of synapses that cannot be made or removed. */
import { describe, expect, it } from "vitest";

import {
  Creating,
  Neuron,
  Synapse,
  type Projection,
  type SynapseOptions,
} from "../../../lib/index.js";
import { checkSynapse } from "../../../lib/model/synapse.js";
import { strictNetwork } from "../../support/neurons.js";

const Rate = new Neuron({ equations: "r = sum(exc)" });

interface Setup {
  readonly options?: SynapseOptions;
  readonly structuralPlasticity?: boolean;
  readonly delays?: number;
  readonly compile?: boolean;
}

async function connected(setup: Setup): Promise<Projection> {
  const { options = {}, structuralPlasticity = false, delays = 0, compile = true } = setup;
  const net = strictNetwork({ dt: 0.5 }, { structuralPlasticity });
  const pop = net.create(4, { neuron: Rate });
  const proj = net
    .connect(pop, pop, { target: "exc", synapse: new Synapse(options) })
    .oneToOne({ weights: 1, delays });
  if (compile) await net.compile();
  return proj;
}

const refused: readonly (readonly [string, Setup, (proj: Projection) => void])[] = [
  ["NOT_COMPILED", { compile: false }, (proj) => proj.startPruning()],
  ["STRUCTURE_OFF", {}, (proj) => proj.startCreating()],
  ["STRUCTURE_OFF", {}, (proj) => proj.stopPruning()],
  ["STRUCTURE_OFF", {}, (proj) => proj.dendrite(0).createSynapse(1)],
  ["STRUCTURE_OFF", {}, (proj) => proj.dendrite(0).pruneSynapse(0)],
  ["NO_RULE", { structuralPlasticity: true }, (proj) => proj.startPruning()],
  ["NO_RULE", { options: { creating: "True" } }, (proj) => proj.startPruning()],
  ["RULE_PERIOD", { options: { creating: "True" } }, (proj) => proj.startCreating({ period: 0.2 })],
  ["SYNAPSE_EXISTS", { structuralPlasticity: true }, (proj) => proj.dendrite(2).createSynapse(2)],
  [
    "SYNAPSE_EXISTS",
    { structuralPlasticity: true },
    (proj) => proj.dendrite(2).createSynapses([1, 1]),
  ],
  ["NO_SYNAPSE", { structuralPlasticity: true }, (proj) => proj.dendrite(2).pruneSynapse(1)],
  ["NO_SYNAPSE", { structuralPlasticity: true }, (proj) => proj.dendrite(2).pruneSynapses([2, 2])],
  ["NO_SUCH_RANK", { structuralPlasticity: true }, (proj) => proj.dendrite(2).createSynapse(4)],
  [
    "UNMATCHED_LIST",
    { structuralPlasticity: true },
    (proj) => proj.dendrite(2).createSynapses([0, 1], { weights: [1] }),
  ],
  [
    "INVALID_VALUE",
    { structuralPlasticity: true },
    (proj) => proj.dendrite(2).createSynapse(0, { delay: -1 }),
  ],
];

describe("a change of synapses", () => {
  it.each(refused)("is refused with %s (%j)", async (code, setup, change) => {
    const proj = await connected(setup);
    const before = setup.compile === false ? 0 : 4;
    expect(() => {
      change(proj);
    }).toThrow(expect.objectContaining({ code }) as Error);
    if (before > 0) expect(proj.nbSynapses).toBe(before);
  });

  it.each([
    ["another than that of all synapses", 2, 1.0],
    ["one where synapses have none", 0, 3.0],
  ])("cannot have a delay that is %s", async (_, delays, d) => {
    const creating = new Creating("True", { d });
    await expect(connected({ options: { creating }, delays })).rejects.toMatchObject({
      code: "RULE_DELAY",
    });
  });
});

describe("a synapse object", () => {
  it("stays with its synapse when others come, and says when that has gone", async () => {
    const proj = await connected({ structuralPlasticity: true });
    const dendrite = proj.dendrite(2);
    const synapse = dendrite.synapse(2);
    dendrite.createSynapse(0, { w: 5 });
    expect(synapse.w).toBe(1);
    synapse.w = 3;
    expect(dendrite.get("w")).toEqual(Float64Array.of(5, 3));
    dendrite.pruneSynapse(2);
    expect(() => synapse.w).toThrow(expect.objectContaining({ code: "NO_SYNAPSE" }) as Error);
  });
});

describe("a rule", () => {
  const codes = (options: SynapseOptions): readonly string[] =>
    checkSynapse(options, { constants: [], type: "rate", targets: ["exc"] }).diagnostics.map(
      ({ code }) => code,
    );

  it.each<[SynapseOptions, string[]]>([
    [{ creating: "pre.r > 1 : proba = 0.5, w = -1e-3, d = 2.0" }, []],
    [{ creating: "w > 1" }, ["NOT_ALLOWED_HERE"]],
    [{ creating: "Uniform(0, 1) > Uniform(0, 2)" }, ["RULE_DRAWS"]],
    [{ parameters: "a = 1 : projection", pruning: "Normal(a, 1) > 0" }, ["RULE_DRAWS"]],
    [{ pruning: "w > 1 : proba = 2" }, ["RULE_SETTING"]],
    [{ pruning: "w > 1 : proba" }, ["RULE_SETTING"]],
    [{ pruning: "w > 1 : d = 2" }, ["UNKNOWN_FLAG"]],
    [
      { creating: new Creating("pre.r > 1", { proba: -1, d: NaN }) },
      ["RULE_SETTING", "RULE_SETTING"],
    ],
  ])("%j has the mistakes %j", (options, mistakes) => {
    expect(codes(options)).toEqual(mistakes);
  });

  it("given as an object draws a number also where its probability is 1", () => {
    const context = { constants: [], type: "rate", targets: ["exc"] } as const;
    const { model } = checkSynapse({ creating: new Creating("True"), pruning: "w > 1" }, context);
    expect(model.creating?.probability).toBe(1);
    expect(model.pruning?.probability).toBeNull();
  });
});
