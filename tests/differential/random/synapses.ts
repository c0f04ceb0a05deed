import type { ModelEntry } from "../../golden-runner/schema.js";
import type { Choice } from "./choice.js";
import { assignment, differential, styleOf } from "./equations.js";
import { expression, type Words } from "./expressions.js";
import type { RandomModel } from "./neurons.js";

const functions = "saturate(x, k) = x/(1.0 + abs(x) + k^2)";
const parameters = [
  "eta = 0.05 : projection",
  "tau = 6.4 : projection",
  "kappa = 0.31",
  "lim = 0.83 : postsynaptic",
  "top = 1.37 : projection",
].join("\n");

/** What a random synapse is. */
export interface RandomSynapse extends RandomModel {
  readonly row: readonly string[];
  readonly plastic: boolean;
}

/** What a neuron shows to synapses, kept small. */
function ends(pre: RandomModel, post: RandomModel): string[] {
  const seen = (side: string, { local, shared, parameters: own }: RandomModel): string[] =>
    [...local, ...shared, ...own]
      .filter((name) => !name.startsWith("g_") && name !== "z")
      .map((name) => `tanh(${side}.${name})`);
  return [...seen("pre", pre), ...seen("post", post)];
}

/** Continuous equations: for the projection, for each row, for each synapse. */
function continuous(
  choice: Choice,
  remote: readonly string[],
  plastic: boolean,
): { lines: string[]; local: string[]; row: string[]; shared: string[] } {
  const style = styleOf(choice);
  const shared = choice.some(["G"], 0.3);
  const row = choice.some(["theta"], 0.4);
  const local = choice.some(["x", "y"], 0.4);
  const names = ["eta", "kappa", "lim", "tanh(0.1*t)", "w", ...remote, ...shared, ...row, ...local];
  const words = (self: string): Words => ({
    names: names.filter((name) => name !== self),
    functions: ["saturate"],
  });
  const ofPost = remote.filter((name) => name.includes("post."));
  const lines = [
    ...shared.map((name) =>
      differential(choice, name, "tau", { names: ["eta", "tanh(0.1*t)"] }, style, ["projection"]),
    ),
    ...row.map((name) =>
      differential(choice, name, "tau", { names: ["lim", "eta", ...ofPost] }, style, [
        "postsynaptic",
      ]),
    ),
    ...local.map((name) =>
      choice.chance(0.6)
        ? differential(choice, name, "tau", words(name), style)
        : assignment(choice, name, words(name)),
    ),
    ...(plastic
      ? [
          choice.pick([
            () => `dw/dt = eta*tanh(${expression(choice, words("w"), 2)}) : min = -1.0, max = 2.0`,
            () => `w += eta*dt*sin(${expression(choice, words("w"), 2)}) : max = top`,
            () => `tau*dw/dt = tanh(${expression(choice, words("w"), 2)}) - w : exponential`,
          ])(),
        ]
      : []),
  ];
  return { lines, local, row, shared };
}

/** A synapse between rate-coded neurons. */
export function rateSynapse(choice: Choice, pre: RandomModel, post: RandomModel): RandomSynapse {
  const plastic = choice.chance(0.5);
  const operations = choice.chance(0.3) ? ["mean(pre.r)", "tanh(norm1(post.r))"] : [];
  const remote = [...choice.some(ends(pre, post), 0.6), ...operations];
  const learning = choice.chance(0.7);
  const made = learning
    ? continuous(choice, remote, plastic)
    : { lines: [], local: [], row: [], shared: [] };
  const names = ["w", "kappa", "pre.r", ...remote, ...made.local, ...made.row, ...made.shared];
  const psp = choice.pick([
    () => null,
    () => "w * pre.r",
    () => `w * tanh(${expression(choice, { names, functions: ["saturate"] }, 2)})`,
    () => `if pre.r > lim: w*pre.r else: ${expression(choice, { names }, 1)}`,
  ])();
  const operation = choice.pick(["sum", "sum", "mean", "max", "min"]);
  const entry: ModelEntry = {
    parameters,
    equations: made.lines.join("\n"),
    functions,
    ...(psp === null ? {} : { psp }),
    ...(operation === "sum" ? {} : { operation }),
  };
  return {
    entry,
    spiking: false,
    local: [...made.local, ...(learning && plastic ? ["w"] : [])],
    row: made.row,
    shared: made.shared,
    parameters: ["kappa"],
    sharedParameters: ["eta", "tau"],
    plastic: learning && plastic,
  };
}

/** A synapse between spiking neurons. */
export function spikingSynapse(choice: Choice, pre: RandomModel, post: RandomModel): RandomSynapse {
  const plastic = choice.chance(0.6);
  const remote = choice.some(ends(pre, post), 0.4);
  const learning = choice.chance(0.4);
  const made = learning
    ? continuous(choice, remote, false)
    : { lines: [], local: [], row: [], shared: [] };
  const traces = choice.some(["a", "b"], 0.5);
  const decays = traces.map((name) =>
    choice.pick([
      () => `${choice.real(4, 12)}*d${name}/dt = -${name} : event-driven`,
      () => `d${name}/dt = (kappa - ${name})/tau : event-driven, init = ${choice.real(0.1, 0.9)}`,
      () => `tau*d${name}/dt + ${name} = eta : event-driven`,
    ])(),
  );
  const free = choice.some(["e"], 0.3);
  const state = [...traces, ...free, ...made.local];
  const words: Words = {
    names: ["w", "kappa", "eta", "tanh(0.1*t)", ...state, ...remote, ...made.row],
    functions: ["saturate"],
  };
  const timed: Words = {
    ...words,
    names: [...words.names, "exp((t_pre - t)/tau)", "exp((t_post - t)/tau)"],
  };
  const change = (): string[] => [
    ...[...traces, ...free].flatMap((name) =>
      choice.chance(0.6)
        ? [`${name} ${choice.pick(["+=", "-=", "="])} 0.2*tanh(${expression(choice, words, 1)})`]
        : [],
    ),
    ...(plastic && choice.chance(0.7)
      ? [
          choice.pick([
            () => `w = clip(w + 0.1*tanh(${expression(choice, timed, 2)}), 0.0, 1.5)`,
            () => `w += 0.1*sin(${expression(choice, timed, 2)}) : min = 0.0, max = top`,
            () => `w = if ${state[0] ?? "w"} > 0.1: 0.9*w else: 1.05*w`,
          ])(),
        ]
      : []),
  ];
  const unlessPost = (line: string): string =>
    choice.chance(0.15) ? `${line}${line.includes(" : ") ? ", " : " : "}unless_post` : line;
  const toTarget = choice.pick([
    () => [],
    () => ["g_target += w"],
    () => [`g_target += w*(1.0 + tanh(${expression(choice, words, 1)}))`],
    () => ["g_target += w : max = 1.5"],
    () => ["g_target += w", "g_target *= 0.9"],
    () => [`g_target = w`],
    () => [`g_target += if ${state[0] ?? "w"} > 0.2: w else: 0.5*w`],
  ])();
  const declared = free.map((name) => `${name} += 0.05 : init = 0.3`);
  const pre_spike = [...toTarget, ...declared, ...change().map(unlessPost)];
  const axonal = pre.axonal === true && choice.chance(0.6);
  const post_spike = axonal ? [] : change();
  const psp = choice.chance(0.2)
    ? choice.pick([
        pre.local.includes("v") ? "0.1*w*(pre.v - post.v)" : "0.1*w*post.v",
        `0.1*tanh(${state[0] ?? "w"})`,
      ])
    : null;
  const code = pre_spike.join("\n");
  const entry: ModelEntry = {
    parameters,
    equations: [...decays, ...made.lines].join("\n"),
    functions,
    ...(code === "" ? {} : { pre_spike: code }),
    ...(post_spike.length === 0 ? {} : { post_spike: post_spike.join("\n") }),
    ...(axonal
      ? { pre_axon_spike: code !== "" && choice.chance(0.5) ? code : "g_target += 2.0*w" }
      : {}),
    ...(psp === null ? {} : { psp }),
  };
  const learns = [...pre_spike, ...post_spike].some((line) => /^w /.test(line));
  return {
    entry,
    spiking: true,
    local: [...made.local, ...traces, ...free, ...(learns ? ["w"] : [])],
    row: made.row,
    shared: made.shared,
    parameters: ["kappa"],
    sharedParameters: ["eta", "tau"],
    plastic: learns,
  };
}
