import type { NamedMonitor } from "../session/simulator.js";
import { MagicError, networkOf, type Magic } from "./magic.js";

/** `%raster`: the raster plot of spikes or of a monitor. */
export const raster: Magic = {
  usage: "raster [network | monitor | spikes]",
  summary: "show a raster plot: plot.raster(monitor)",
  async run(context, argument) {
    const { network, rest } = await networkOf(context, argument);
    const source = rest === "" ? spikeMonitor(network.getMonitors()) : await context.evaluate(rest);
    await context.display(context.simulator.raster(source));
  },
};

function spikeMonitor(monitors: readonly NamedMonitor[]): NamedMonitor {
  const candidates = monitors.filter(({ variables }) => variables.includes("spike"));
  const [monitor, ...others] = candidates;
  if (monitor === undefined) {
    throw new MagicError('nothing to draw: no monitor of the network records "spike"');
  }
  if (others.length > 0) {
    const names = candidates.map(({ name }) => name).join(", ");
    throw new MagicError(
      `several monitors record "spike" (${names}): say which, as in %raster monitor`,
    );
  }
  return monitor;
}
