import type { ModelEntry } from "../../golden-runner/schema.js";
import type { Choice } from "./choice.js";
import { assignment, differential, discrete, styleOf, type Style } from "./equations.js";
import { expression, type Words } from "./expressions.js";

/** A model and what may be recorded and set. */
export interface RandomModel {
  readonly entry: ModelEntry;
  readonly spiking: boolean;
  /** Variables, one value per element, and others. */
  readonly local: readonly string[];
  readonly shared: readonly string[];
  /** Real parameters that may be set, local and others. */
  readonly parameters: readonly string[];
  readonly sharedParameters: readonly string[];
  readonly axonal?: boolean;
}

const functions = [
  "saturate(x, k) = x/(1.0 + abs(x) + k^2)",
  "choose(a, b) = if a > b: a - b else: 0.5*(b - a)",
  "whole(a, b) = 2.5*a + b : int, float, int",
];

/** The parameters that all neurons have, some of them for the whole population. */
function parametersOf(choice: Choice): {
  readonly text: string;
  readonly local: string[];
  readonly shared: string[];
} {
  const local: string[] = [];
  const shared: string[] = [];
  const lines = [
    ["tau", choice.real(3, 20)] as const,
    ["B", choice.real(0.1, 1)] as const,
    ["k", choice.real(-0.8, 0.8)] as const,
    ["top", choice.real(0.6, 1.5)] as const,
  ].map(([name, value]) => {
    const wide = choice.chance(0.4);
    (wide ? shared : local).push(name);
    return `${name} = ${value}${wide ? " : population" : ""}`;
  });
  const text = [...lines, `m = ${choice.integer(1, 4)} : int`, "on = true"].join("\n");
  return { text, local, shared };
}

/** Population-wide variables, of population-wide values only. */
function wide(
  choice: Choice,
  shared: readonly string[],
  style: Style,
): { lines: string[]; names: string[] } {
  const names = choice.some(["P", "Q"], 0.3);
  const words: Words = { names: [...shared.filter((n) => n !== "top"), "t*0.1", ...names] };
  const lines = names.map((name) => {
    const others: Words = { names: words.names.filter((other) => other !== name) };
    const text = choice.chance(0.5)
      ? `${name} = ${expression(choice, others, 2)} : population`
      : differential(choice, name, String(choice.real(4, 12)), others, style, ["population"]);
    // Bounds by a local parameter are not for all.
    return shared.includes("top") ? text : text.replaceAll("max = top", "max = 1.25");
  });
  return { lines, names };
}

/** A rate-coded neuron. */
export function rateNeuron(choice: Choice, constants: readonly string[]): RandomModel {
  const parameters = parametersOf(choice);
  const style = styleOf(choice);
  const global = wide(choice, parameters.shared, style);
  const own = ["u", "v", "x", "y"].slice(0, choice.integer(1, 4));
  const whole = choice.chance(0.3) ? ["z"] : [];
  const operations = choice.chance(0.4)
    ? own.map((name) => `${choice.pick(["mean", "max", "min", "norm1", "norm2"])}(${name})`)
    : [];
  const all = [
    ...["tau/10.0", "B", "k", "m", "sum(exc)", "0.3*sum(inh)", "tanh(0.1*t)", ...constants],
    ...(choice.chance(0.2) ? ["sum()"] : []),
    ...[...own, ...whole, ...global.names, "r"],
    ...operations.map((text) => `tanh(${text})`),
  ];
  const words = (self: string): Words => ({
    names: all.filter((name) => name !== self),
    flags: ["on"],
    functions: ["saturate", "choose", "whole"],
  });
  const lines = own.map((name) =>
    choice.chance(0.7)
      ? differential(choice, name, "tau", words(name), style)
      : assignment(choice, name, words(name)),
  );
  const output = choice.pick([
    () => `r = pos(${own[0]!} + 0.2*sum(exc))`,
    () => `r = tanh(${expression(choice, words("r"), 2)})`,
    () => differential(choice, "r", "tau", words("r"), style),
  ])();
  const discreteLines = whole.map((name) => discrete(choice, name, words(name)));
  const body = [...lines, ...discreteLines, ...global.lines];
  const at = choice.integer(0, body.length);
  const equations = [...body.slice(0, at), output, ...body.slice(at)].join("\n");
  return {
    entry: { parameters: parameters.text, equations, functions: functions.join("\n") },
    spiking: false,
    local: [...own, ...whole, "r"],
    shared: global.names,
    parameters: parameters.local,
    sharedParameters: parameters.shared,
  };
}

/** A spiking neuron that fires every few steps. */
export function spikingNeuron(choice: Choice, constants: readonly string[]): RandomModel {
  const parameters = parametersOf(choice);
  const style = styleOf(choice);
  const global = wide(choice, parameters.shared, style);
  const own = ["u", "x"].slice(0, choice.integer(0, 2));
  const counts = choice.some(["count", "isi"], 0.4);
  const names = [
    ...["B", "k", "m", "g_exc", "tanh(g_inh)", "v", "tanh(0.1*t)", ...constants],
    ...[...own, ...global.names],
  ];
  const words = (self: string): Words => ({
    names: names.filter((name) => name !== self),
    flags: ["on"],
    functions: ["saturate", "choose"],
  });
  const conductances = ["g_exc", "g_inh"].flatMap((g) =>
    choice.pick([
      () => [],
      () => [
        `${choice.real(2, 8)}*d${g}/dt = -${g}${choice.pick(["", " : exponential", ` : ${style.coupled}`])}`,
      ],
      () => [`${g} *= ${choice.real(0.5, 0.9)}`],
    ])(),
  );
  const membrane = choice.pick([
    () => `tau*dv/dt = ${choice.real(1.2, 3)} - v + g_exc - g_inh`,
    () => `tau*dv/dt = (B - v) + ${choice.real(1, 2)} + g_exc*(2.5 - v) - 0.2*g_inh*v`,
    () => `dv/dt = (${choice.real(1.2, 3)} + g_exc - 0.5*g_inh - v)/tau`,
  ])();
  const method = choice.pick(["", "explicit", "exponential", "semiimplicit", style.coupled]);
  const flags = [
    ...(method === "" ? [] : [method]),
    `init = ${choice.real(-0.3, 0.9)}`,
    ...(choice.chance(0.2) ? ["min = -0.5"] : []),
  ];
  const refractory = choice.pick([null, null, 2.0, 3.0, "wait", "held"]);
  const body = [
    ...(choice.chance(0.3) ? ["before = v"] : []),
    ...own.map((name) =>
      choice.chance(0.7)
        ? differential(choice, name, "tau", words(name), style)
        : assignment(choice, name, words(name)),
    ),
    ...conductances,
    ...global.lines,
  ];
  const at = choice.integer(0, body.length);
  const equations = [
    ...(refractory === "held" ? [`held = 1.0 + 2.0*pos(tanh(0.3*t)) + dt`] : []),
    ...counts.map((name) => `${name} = ${name}`),
    ...body.slice(0, at),
    `${membrane} : ${flags.join(", ")}`,
    ...body.slice(at),
  ];
  const reset = [
    ...(counts.includes("isi") ? ["isi = t - t_last"] : []),
    `v = ${choice.pick(["0.0", "-0.2", "v - threshold"])}`,
    ...(own.includes("u") ? [`u += 0.1*tanh(${expression(choice, words("u"), 1)})`] : []),
    ...(counts.includes("count") ? ["count += 1"] : []),
    ...(choice.chance(0.2) ? ["g_exc *= 0.5"] : []),
  ];
  const axonal = choice.chance(0.3);
  const hasBefore = body.includes("before = v");
  const entry: ModelEntry = {
    parameters: `${parameters.text}\nthreshold = ${choice.real(0.7, 1.1)}\nwait = ${choice.integer(0, 3)}.0`,
    equations: equations.join("\n"),
    functions: functions.join("\n"),
    spike:
      hasBefore && choice.chance(0.5)
        ? "(v > threshold) and (before <= threshold)"
        : "v > threshold",
    reset: reset.join("\n"),
    ...(refractory === null ? {} : { refractory }),
    ...(axonal
      ? { axon_spike: `v > ${choice.real(0.4, 0.6)}`, axon_reset: choice.pick(["v -= 0.1", ""]) }
      : {}),
  };
  return {
    entry,
    spiking: true,
    local: ["v", ...own, ...counts, "g_exc", "g_inh", "r", ...(hasBefore ? ["before"] : [])],
    shared: global.names,
    parameters: [...parameters.local, "threshold"],
    sharedParameters: parameters.shared,
    axonal,
  };
}
