import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { decodeNpy } from "../../../lib/array/npy.js";
import { readDocument } from "../../../lib/network/io.js";
import {
  MonitorList,
  Network,
  Neuron,
  STDP,
  Uniform,
  type Population,
  type Projection,
  type Synapse,
} from "../../../lib/index.js";
import { temporaryFolder } from "../../support/folder.js";

const folder = temporaryFolder();

const LIF = new Neuron({
  parameters: "tau = 10.0 : population\nI = 15.0",
  equations: "tau * dv/dt = -v + I + g_exc",
  spike: "v > 10.0",
  reset: "v = 0.0",
});

interface Example {
  readonly net: Network;
  readonly pop: Population;
  readonly proj: Projection;
  readonly warnings: string[];
}

interface Choices {
  readonly geometry?: number | number[];
  readonly neuron?: Neuron;
  readonly probability?: number;
  readonly delays?: number | Uniform;
  readonly connectivity?: string;
  readonly synapse?: Synapse;
}

async function example(choices: Choices = {}): Promise<Example> {
  const { geometry = [3, 2], neuron = LIF, probability = 0.5, delays = 2 } = choices;
  const net = new Network({ dt: 1, seed: 5 });
  const warnings: string[] = [];
  net.config({ logger: (text: string) => warnings.push(text) });
  const pop = net.create(geometry, { neuron, name: "pop" });
  const proj = net.connect(pop, pop, {
    ...{ target: "exc", name: "proj" },
    ...(choices.synapse === undefined ? {} : { synapse: choices.synapse }),
  });
  if (choices.connectivity !== undefined) proj.fromFile(choices.connectivity);
  else proj.fixedProbability({ probability, weights: new Uniform(0, 1), delays });
  await net.compile();
  return { net, pop, proj, warnings };
}

/** All that can be read of an example. */
function contents({ net, pop, proj }: Example): unknown {
  const values = pop.attributes.map((name) => String(pop.get(name)));
  return [net.currentStep, values, proj.preRanks, proj.w, proj.delay];
}

const at = (name: string): string => join(folder, name);

describe("files of networks", () => {
  it("have the entries that the specification names", async () => {
    const { net } = await example();
    await net.simulate(3);
    await net.save(at("entries.json"));
    const saved = JSON.parse(readFileSync(at("entries.json"), "utf8")) as Record<string, object>;
    expect(saved).toMatchObject({
      time_step: 3,
      obj_names: { populations: ["pop"], projections: ["proj"] },
      pop: {
        name: "pop",
        geometry: [3, 2],
        size: 6,
        parameters: ["tau", "I"],
        tau: 10,
        I: [
          [15, 15],
          [15, 15],
          [15, 15],
        ],
      },
      proj: { name: "proj", pre: "pop", post: "pop", target: "exc", delays: 2 },
    });
  });

  it("leave populations or projections out when asked", async () => {
    const { net, pop, proj } = await example();
    await net.save(at("part.npz"), { projections: false });
    pop.set({ I: 3 });
    proj.w = 7;
    await net.load(at("part.npz"), { projections: false });
    expect(pop.get("I")).toMatchObject({ data: new Float64Array(6).fill(15) });
    expect(proj.w).toEqual(proj.preRanks.map(({ length }) => new Float64Array(length).fill(7)));
  });

  it("replace what was there in one piece, and leave nothing beside it", async () => {
    const { net } = await example();
    await net.save(at("new-folder/net.npz"));
    await net.save(at("new-folder/net.npz"));
    expect(readdirSync(at("new-folder"))).toEqual(["net.npz"]);
  });

  it("are not written into folders of folders that are not there, nor over folders", async () => {
    const { net } = await example();
    await expect(net.save(at("no/such/net.npz"))).rejects.toMatchObject({ code: "CANNOT_WRITE" });
    mkdirSync(at("taken.npz"));
    await expect(net.save(at("taken.npz"))).rejects.toMatchObject({ code: "CANNOT_WRITE" });
    expect(readdirSync(folder).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });

  it("can be written and read from a callback", async () => {
    const { net, pop } = await example();
    net.every({ period: 2 }, async (n) => {
      if (n === 1) await net.save(at("callback.npz"));
      pop.set({ I: 1 });
      if (n === 1) await net.load(at("callback.npz"));
    });
    await net.simulate(3);
    expect(pop.get("I")).toMatchObject({ data: new Float64Array(6).fill(1) });
    expect(existsSync(at("callback.npz"))).toBe(true);
  });

  it("give other synapses to a projection, which a reset takes back", async () => {
    const saving = await example({ probability: 0.9 });
    await saving.net.save(at("synapses.npz"));
    const loading = await example({ probability: 0.3, delays: 4 });
    const own = [loading.proj.preRanks, loading.proj.w];
    await loading.net.load(at("synapses.npz"));
    expect(loading.proj.preRanks).toEqual(saving.proj.preRanks);
    expect(loading.proj.w).toEqual(saving.proj.w);
    expect(loading.proj.delay).toBe(2);
    loading.net.reset({ synapses: true });
    expect([loading.proj.preRanks, loading.proj.w]).toEqual(own);
  });
});

describe("files that do not fit", () => {
  const cut = (name: string): ((example: Example) => Promise<string>) => {
    return async ({ net }) => {
      await net.save(at(name));
      const bytes = readFileSync(at(name));
      writeFileSync(at(name), bytes.subarray(0, bytes.length / 2));
      return name;
    };
  };
  const edited = (change: (saved: Record<string, Record<string, unknown>>) => void) => {
    return async ({ net }: Example) => {
      await net.save(at("edited.json"));
      const saved = JSON.parse(readFileSync(at("edited.json"), "utf8")) as Parameters<
        typeof change
      >[0];
      change(saved);
      writeFileSync(at("edited.json"), JSON.stringify(saved));
      return "edited.json";
    };
  };
  const other = (choices: Choices) => async (): Promise<string> => {
    await (await example(choices)).net.save(at("other.npz"));
    return "other.npz";
  };
  it.each([
    ["a missing one", () => Promise.resolve("missing.npz"), "CANNOT_READ", "missing.npz"],
    ["a cut .npz", cut("cut.npz"), "DAMAGED_FILE", "cut.npz"],
    ["a cut .txt.gz", cut("cut.txt.gz"), "DAMAGED_FILE", "cut.txt.gz"],
    ["a cut .json", cut("cut.json"), "DAMAGED_FILE", "cut.json"],
    ["a cut .h5", cut("cut.h5"), "DAMAGED_FILE", "cut.h5"],
    [
      "one of Matlab",
      ({ net }) => net.save(at("x.mat")).then(() => "x.mat"),
      "WRITTEN_ONLY",
      "x.mat",
    ],
    [
      "that of a population",
      ({ pop }) => pop.save(at("p.npz")).then(() => "p.npz"),
      "WRONG_CONTENT",
      "the state of a population",
    ],
    ["that of another geometry", other({ geometry: 6 }), "FILE_MISMATCH", "(6)"],
    ["one with too few values", edited((s) => (s["pop"]!["v"] = [1, 2])), "FILE_MISMATCH", '"v"'],
    [
      "one with a word for a value",
      edited((s) => (s["pop"]!["tau"] = "x")),
      "FILE_MISMATCH",
      '"tau"',
    ],
    [
      "one with a rank too far",
      edited((s) => (s["proj"]!["post_ranks"] = [0, 1, 2, 3, 4, 99])),
      "FILE_MISMATCH",
      "99",
    ],
    ["one with too few weights", edited((s) => (s["proj"]!["w"] = [[1]])), "FILE_MISMATCH", '"w"'],
    [
      "one with a damaged state",
      edited((s) => (s["pop"]!["kernel"] = { state: "AAAA" })),
      "FILE_MISMATCH",
      "pop",
    ],
    [
      "one with no object of this network",
      edited((s) => (s["obj_names"]!["populations"] = ["a"])),
      "FILE_MISMATCH",
      '"a"',
    ],
    ["one that names what it has not", edited((s) => delete s["proj"]), "DAMAGED_FILE", "proj"],
  ] satisfies [string, (e: Example) => Promise<string>, string, string][])(
    "such as %s, are refused, and change nothing",
    async (_, make, code, named) => {
      const loaded = await example();
      const file = await make(await example());
      await loaded.net.simulate(7);
      const before = contents(loaded);
      const error: unknown = await loaded.net.load(at(file)).catch((e: unknown) => e);
      expect(error).toMatchObject({ code });
      expect((error as Error).message).toContain(named);
      expect(contents(loaded)).toEqual(before);
    },
  );

  it("in names only lead to warnings", async () => {
    const saving = await example({
      neuron: new Neuron({ ...LIF.options, equations: "tau * dv/dt = -v + I + g_exc\nu = v" }),
    });
    await saving.net.save(at("names.npz"));
    const loading = await example();
    await loading.net.load(at("names.npz"));
    expect(loading.warnings.join()).toContain('no attribute "u"');
  });

  it("are refused where other synapses would end a recording", async () => {
    const synapse = new STDP();
    await (await example({ probability: 0.9, synapse })).net.save(at("recorded.npz"));
    const { net, proj } = await example({ probability: 0.05, synapse });
    net.monitor(proj, "w", { period: 5 });
    await expect(net.load(at("recorded.npz"))).rejects.toMatchObject({ code: "RECORDED_SYNAPSES" });
  });
});

describe("files of single objects", () => {
  it.each(["pop.npz", "pop.json"])("bring back a population: %s", async (name) => {
    const { net, pop } = await example();
    await net.simulate(5);
    const before = String(pop.get("v"));
    await pop.save(at(name));
    await net.simulate(5);
    await pop.load(at(name));
    expect(String(pop.get("v"))).toBe(before);
  });

  it("bring back a projection", async () => {
    const { proj } = await example();
    const before = proj.w;
    await proj.save(at("proj.npz"));
    proj.w = 3;
    await proj.load(at("proj.npz"));
    expect(proj.w).toEqual(before);
  });

  it.each([
    ["c.npz", 3],
    ["c.txt.gz", new Uniform(1, 6)],
    ["c.json", new Uniform(1, 6)],
    ["c.h5", 3],
  ])("connect as saveConnectivity wrote: %s", async (name, delays) => {
    const { proj } = await example({ delays });
    await proj.saveConnectivity(at(name));
    const again = (await example({ connectivity: at(name) })).proj;
    expect(again.preRanks).toEqual(proj.preRanks);
    expect(again.w).toEqual(proj.w);
    expect(again.delay).toEqual(proj.delay);
  });

  it("are no connections, but for those of saveConnectivity", async () => {
    const { proj } = await example();
    await proj.save(at("state.npz"));
    await expect(example({ connectivity: at("state.npz") })).rejects.toMatchObject({
      code: "WRONG_CONTENT",
      message: expect.stringContaining("saveConnectivity") as string,
    });
  });
});

describe("files of parameters", () => {
  it("have what global parameters start with, and constants", async () => {
    const net = new Network();
    const pop = net.create(2, { neuron: LIF, name: "pop" });
    net.constant("speed", 3);
    await net.saveParameters(at("parameters.json"));
    const saved = JSON.parse(readFileSync(at("parameters.json"), "utf8")) as unknown;
    expect(saved).toEqual({
      populations: { pop: { tau: 10 } },
      projections: {},
      network: {},
      constants: { speed: 3 },
    });
    pop.set({ tau: 4 });
    await net.loadParameters(at("parameters.json"));
    expect(pop.get("tau")).toBe(10);
  });

  it("set local parameters only when asked, and return the entry network as numbers", async () => {
    const net = new Network();
    const warnings: string[] = [];
    net.config({ logger: (text: string) => warnings.push(text) });
    const pop = net.create(2, { neuron: LIF, name: "pop" });
    const content = { populations: { pop: { I: 4, v: 1 }, gone: {} }, network: { a: "2.5", b: 1 } };
    writeFileSync(at("local.json"), JSON.stringify(content));
    expect(await net.loadParameters(at("local.json"))).toEqual({ a: 2.5, b: 1 });
    expect(pop.get("I")).toMatchObject({ data: Float64Array.of(15, 15) });
    expect(warnings.join()).toMatch(/"I".*not global[^]*"v".*no parameter[^]*no population "gone"/);
    await net.loadParameters(at("local.json"), { globalOnly: false });
    expect(pop.get("I")).toMatchObject({ data: Float64Array.of(4, 4) });
  });
});

describe("files of recordings", () => {
  it("hold one variable as .npy, several by name", async () => {
    const { net, pop } = await example();
    const monitor = net.monitor(pop, ["v", "spike"]);
    await net.simulate(4);
    await monitor.save(at("v.npy"), { variables: "v", keep: true });
    expect(decodeNpy(readFileSync(at("v.npy")), "v.npy").shape).toEqual([4, 6]);
    await monitor.save(at("m.npz"), { reshape: true });
    expect(readDocument(at("m.npz"))).toMatchObject({ v: { shape: [4, 3, 2] }, spike: {} });
    expect(monitor.get("v").shape[0]).toBe(0);
  });

  it("are refused by their names and numbers of variables", async () => {
    const { net, pop } = await example();
    const monitor = net.monitor(pop, ["v", "spike"]);
    expect(() => monitor.save("x.txt")).toThrow(expect.objectContaining({ code: "FILE_TYPE" }));
    expect(() => monitor.save("x.npy")).toThrow(expect.objectContaining({ code: "ONE_VARIABLE" }));
    expect(() => new MonitorList([monitor]).saveAll("x.npy")).toThrow(
      expect.objectContaining({ code: "FILE_TYPE" }),
    );
  });

  it("hold what several monitors recorded, by object or with flat names", async () => {
    const { net, pop } = await example();
    const monitors = new MonitorList([
      net.monitor(pop, "v"),
      net.monitor(pop, "g_exc", { name: "M" }),
    ]);
    await net.simulate(2);
    await monitors.saveAll(at("all.npz"), { keep: true });
    expect(readDocument(at("all.npz"))).toMatchObject({ Monitor_pop: { v: {} }, M: { g_exc: {} } });
    await monitors.saveAll(at("flat.h5"), { flatKeys: true });
    expect(readDocument(at("flat.h5"))).toMatchObject({ Monitor_pop_v: { shape: [2, 6] } });
  });
});
