import {
  histogram,
  rasterPlot,
  spikesOf,
  spikeSpan,
  type SpikeInput,
  type Spikes,
} from "../analysis/spikes.js";
import { toSteps } from "../analysis/time.js";
import { problem } from "../errors.js";
import { Figure } from "./figure.js";
import type { LineMark, Mark, Panel, PointsMark } from "./model.js";
import { frame, interval, timeRange, type TimeOptions } from "./options.js";
import { extent, niceStep, padded } from "./scale.js";
import { isMonitor, isSpikes, type MonitorLike } from "./source.js";
import { colorOf, neutral } from "./theme.js";

/** How `plot.raster` draws. */
export interface RasterOptions extends TimeOptions {
  /** Neurons to show; default all that were recorded. */
  ranks?: readonly number[];
  /** Draw the firing rate of the neurons under their spikes; default false. */
  rate?: boolean;
  /** Neurons to tell apart by colour, by the name they get in the legend: ranks, or a population or view. */
  groups?: Readonly<Record<string, Group>>;
}

/** Neurons of a group. */
export type Group = ArrayLike<number> | { readonly ranks: ArrayLike<number> };

/** Up to so many neurons a spike is an upright stroke in its neuron's line. */
const MOST_STROKES = 60;

/** Bins of the rate, at most about so many. */
const RATE_BINS = 200;

/** Spikes of some neurons, drawn alike. */
interface Train {
  readonly name: string | null;
  readonly color: string;
  readonly spikes: ReadonlyMap<number, readonly number[]>;
}

/**
 * Draw one mark per spike: time [ms] across, rank of the neuron upwards; all recorded neurons have a line, silent ones too.
 * With `rate`, the firing rate [Hz] of the neurons, or of each group, stands under it.
 *
 * @throws {SimulatorError} NOT_RECORDED when the monitor does not record spikes; NOT_DRAWABLE for anything but spikes;
 *   EMPTY_TIME_RANGE when `from` is not before `to`.
 */
export function raster(source: MonitorLike | SpikeInput, options: RasterOptions = {}): Figure {
  const { spikes: recorded, window, dt } = read(source, options.dt);
  const [from, to] = timeRange("plot.raster", options, [window[0] * dt, window[1] * dt]);
  const shown = select(recorded, options.ranks, from, to, dt);
  const trains = trainsOf(shown, options.groups ?? {});

  const ranks = [...shown.keys()];
  const [lowest, highest] = extent(ranks) ?? [0, 0];
  const height = options.rate === true ? 480 : 400;
  const layout = frame(options, height);
  const panels: Panel[] = [spikePanel(trains, lowest, highest, dt, layout.height, options)];
  if (options.rate === true) panels.push(ratePanel(trains, from, to, dt));

  const count = [...shown.values()].reduce((sum, steps) => sum + steps.length, 0);
  return Figure.of({
    ...layout,
    x: { label: options.xLabel ?? "time [ms]", range: [from, to], whole: false, grid: false },
    panels,
    summary: `raster of ${count} spikes of ${shown.size} neurons, ${interval(from, to)}`,
  });
}

function read(source: unknown, dt: number | undefined) {
  if (isMonitor(source)) {
    const { name, variables } = source;
    if (!variables.includes("spike")) {
      throw problem("NOT_RECORDED", { monitor: name, variable: "spike", variables });
    }
    const spikes = source.get("spike", { keep: true, reshape: false });
    if (isSpikes(spikes)) {
      const segments = source.times("spike")["spike"] ?? { start: [], stop: [] };
      const span = spikeSpan(spikesOf(spikes));
      const start = segments.start[0] ?? span?.[0] ?? 0;
      const stop = segments.stop[segments.stop.length - 1] ?? (span?.[1] ?? start) + 1;
      return { spikes: spikesOf(spikes), window: [start, stop] as const, dt: dt ?? source.dt };
    }
  }
  if (!isSpikes(source)) {
    throw problem("NOT_DRAWABLE", { call: "plot.raster", expected: "a monitor or its spikes" });
  }
  const spikes = spikesOf(source);
  const [first, last] = spikeSpan(spikes) ?? [0, 0];
  // The last step ends where the next would begin. What begins within its first twentieth most likely began at 0.
  return { spikes, window: [first < last / 20 ? 0 : first, last + 1] as const, dt: dt ?? 1 };
}

/** The spikes to show, of the neurons to show. */
function select(
  spikes: Spikes,
  ranks: readonly number[] | undefined,
  from: number,
  to: number,
  dt: number,
): Map<number, readonly number[]> {
  const shown = new Map<number, readonly number[]>();
  for (const rank of ranks ?? spikes.keys()) {
    const steps = spikes.get(rank);
    if (steps === undefined) continue;
    const inside: number[] = [];
    for (let i = 0; i < steps.length; i++) {
      const time = steps[i]! * dt;
      if (time >= from && time <= to) inside.push(steps[i]!);
    }
    shown.set(rank, inside);
  }
  return shown;
}

function trainsOf(
  spikes: ReadonlyMap<number, readonly number[]>,
  groups: Readonly<Record<string, Group>>,
): Train[] {
  const rest = new Map(spikes);
  const trains = Object.entries(groups).map(([name, group], i): Train => {
    const own = new Map<number, readonly number[]>();
    for (const rank of Array.from("ranks" in group ? group.ranks : group)) {
      const steps = rest.get(rank);
      if (steps !== undefined) own.set(rank, steps);
      rest.delete(rank);
    }
    return { name, color: colorOf(i), spikes: own };
  });
  if (trains.length === 0) return [{ name: null, color: colorOf(0), spikes: rest }];
  return rest.size === 0 ? trains : [...trains, { name: "other", color: neutral, spikes: rest }];
}

function spikePanel(
  trains: readonly Train[],
  lowest: number,
  highest: number,
  dt: number,
  height: number,
  { yLabel, rate }: RasterOptions,
): Panel {
  const lines = highest - lowest + 1;
  // What remains of the height after axes and titles, for one line of the raster.
  const room = ((height - 90) * (rate === true ? 0.72 : 1)) / lines;
  const isFew = lines <= MOST_STROKES;
  const marks = trains.map((train): Mark<"points"> => {
    const { times, ranks } = rasterPlot(train.spikes, { dt });
    return {
      kind: "points",
      name: train.name,
      color: train.color,
      x: times,
      y: ranks,
      shape: isFew ? "stroke" : "dot",
      size: isFew ? Math.max(4, Math.min(18, Math.floor(room * 0.7))) : dotSize(room),
    } satisfies PointsMark & { kind: "points" };
  });
  return {
    y: {
      label: yLabel ?? "neuron",
      range: [
        lowest - (isFew ? 0.7 : 0.5 + lines / 200),
        highest + (isFew ? 0.7 : 0.5 + lines / 200),
      ],
      whole: true,
      grid: false,
    },
    marks,
    share: 3,
  };
}

/** Dots as large as a line of the raster, but neither dust nor blots [px]. */
function dotSize(room: number): number {
  return Math.max(2, Math.min(4, Math.round(room * 10) / 10));
}

function ratePanel(trains: readonly Train[], from: number, to: number, dt: number): Panel {
  const steps = Math.max(1, toSteps(niceStep((to - from) / RATE_BINS), dt, "floor"));
  const bins = steps * dt;
  const marks = trains.map((train): Mark<"line"> => {
    const first = Math.ceil(from / dt - 1e-9);
    const last = Math.floor(to / dt + 1e-9);
    const counts = histogram(train.spikes, { bins, recordingWindow: [first, last], dt });
    // The last bin ends after the recording: what it lacks would look like a fall of the rate.
    const whole = Math.max(1, toSteps(last - first, steps, "floor"));
    const perSpike = 1000 / (bins * Math.max(1, train.spikes.size));
    return {
      kind: "line",
      name: null,
      color: train.color,
      x: Float64Array.from({ length: whole }, (_, i) => first * dt + (i + 0.5) * bins),
      y: Float64Array.from({ length: whole }, (_, i) => counts.data[i]! * perSpike),
      width: 1.4,
      filled: trains.length === 1,
    } satisfies LineMark & { kind: "line" };
  });
  const [, highest] = padded(extent(...marks.map(({ y }) => y)));
  return {
    y: { label: "rate [Hz]", range: [0, Math.max(highest, 1)], whole: false, grid: true },
    marks,
    share: 1.1,
  };
}
