import { MagicError, networkOf, unexpected, type Magic } from "./magic.js";

/** `%compile`: generate, compile and load the code of a network. */
export const compile: Magic = {
  usage: "compile [network]",
  summary: "compile a network: await net.compile()",
  async run(context, argument) {
    const { network, rest } = await networkOf(context, argument);
    if (rest !== "") throw unexpected(compile, rest);
    await network.compile();
  },
};

/** `%simulate`: advance a network by a duration [ms]. */
export const simulate: Magic = {
  usage: "simulate [network] duration",
  summary: "simulate for a duration in ms: await net.simulate(duration)",
  async run(context, argument) {
    const { network, rest } = await networkOf(context, argument);
    if (rest === "") throw new MagicError("duration missing, as in %simulate 1000 [ms]");
    const duration = await context.evaluate(rest);
    if (typeof duration !== "number") throw unexpected(simulate, rest);
    await network.simulate(duration);
  },
};

/** `%reset`: back to the state before the first step. */
export const reset: Magic = {
  usage: "reset [network]",
  summary: "set a network back to its initial state: net.reset()",
  async run(context, argument) {
    const { network, rest } = await networkOf(context, argument);
    if (rest !== "") throw unexpected(reset, rest);
    network.reset();
  },
};

/** `%config`: show or change the configuration. */
export const config: Magic = {
  usage: "config [network] [key=value ...]",
  summary: "show or change the configuration: net.config({ key: value })",
  async run(context, argument) {
    const { network, rest } = await networkOf(context, argument);
    if (rest === "") {
      context.print(`dt = ${String(network.dt)}\nseed = ${String(network.seed)}`);
      return;
    }
    const pairs = [...rest.matchAll(/(\w+)\s*=\s*([^\s,]+)/g)];
    const others = rest.replace(/(\w+)\s*=\s*([^\s,]+)/g, "").replace(/[\s,]/g, "");
    if (others !== "") throw unexpected(config, others);
    network.config(
      Object.fromEntries(pairs.map(([, key = "", value = ""]) => [key, valueOf(value)])),
    );
  },
};

/** Numbers, booleans and null as in JSON; any other word is text, with or without quotes. */
function valueOf(word: string): unknown {
  if (/^(?:true|false|null)$/.test(word)) return JSON.parse(word) as unknown;
  const number = Number(word);
  return Number.isNaN(number) ? word.replace(/^(["'])(.*)\1$/, "$2") : number;
}
