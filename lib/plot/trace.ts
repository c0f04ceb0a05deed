import { toSteps } from "../analysis/time.js";
import { isArrayInput, type ArrayInput } from "../array/input.js";
import { NDArray } from "../array/ndarray.js";
import { problem } from "../errors.js";
import { Figure } from "./figure.js";
import type { Mark, Panel } from "./model.js";
import { frame, interval, timeRange, type TimeOptions } from "./options.js";
import { extent, padded } from "./scale.js";
import { isMonitor, type MonitorLike, type Segments } from "./source.js";
import { colorOf } from "./theme.js";

/** How `plot.trace` draws. */
export interface TraceOptions extends TimeOptions {
  /** Variables to show, each in its own panel; default all that the monitor records as numbers. */
  variables?: string | readonly string[];
  /** Columns of the recording to show; default the first six. */
  neurons?: readonly number[];
}

/** More lines than this are a carpet. */
const MOST_LINES = 6;

/** Heights [px]: of the figure's frame, and of each panel. */
const height = { frame: 80, panel: 160, onlyPanel: 230 };

/** One variable over time. */
interface Recorded {
  readonly variable: string;
  /** (records, neurons), contiguous */
  readonly values: NDArray;
  /** Times of the points of a line [ms], one per record and one per pause. */
  readonly times: Float64Array;
  /** Which record each point is; a pause is none: -1. */
  readonly records: Int32Array;
  /** When the record after the last would be [ms]. */
  readonly end: number;
}

/**
 * Draw values over time [ms]: one panel per variable, one line per neuron. Arrays are (records) or (records, neurons),
 * one record per step.
 *
 * @throws {SimulatorError} NOT_RECORDED when the monitor lacks a variable; NOT_DRAWABLE for anything but numbers over time;
 *   COLUMN_OUT_OF_RANGE for a neuron that the data does not have; EMPTY_TIME_RANGE when `from` is not before `to`.
 */
export function trace(source: MonitorLike | ArrayInput, options: TraceOptions = {}): Figure {
  const recordings = isMonitor(source)
    ? variablesOf(source, options).map((variable) => readVariable(source, variable, options))
    : [readArray(source, options)];
  const starts = recordings.map(({ times, end }) => times[0] ?? end);
  const recorded = [Math.min(...starts), Math.max(...recordings.map(({ end }) => end))] as const;
  const range = timeRange("plot.trace", options, recorded);
  // The panels share colours, so one legend is enough.
  const panels = recordings.map((recording, i) => panelOf(recording, range, options, i === 0));

  const panelHeight = panels.length === 1 ? height.onlyPanel : height.panel;
  const names = recordings.map(({ variable }) => variable).filter((name) => name !== "");
  const lines = panels.reduce((sum, panel) => sum + panel.marks.length, 0);
  return Figure.of({
    ...frame(options, height.frame + panelHeight * panels.length),
    x: { label: options.xLabel ?? "time [ms]", range, whole: false, grid: false },
    panels,
    summary: `${lines} trace(s)${names.length > 0 ? ` of ${names.join(", ")}` : ""}, ${interval(...range)}`,
  });
}

function variablesOf(monitor: MonitorLike, { variables }: TraceOptions): readonly string[] {
  const wanted =
    variables === undefined
      ? monitor.variables.filter((name) => name !== "spike" && name !== "axon_spike")
      : [variables].flat();
  for (const variable of wanted) {
    if (!monitor.variables.includes(variable)) {
      const { name } = monitor;
      throw problem("NOT_RECORDED", { monitor: name, variable, variables: monitor.variables });
    }
  }
  if (wanted.length === 0) {
    const expected = "a monitor that records variables (plot.raster draws spikes)";
    throw problem("NOT_DRAWABLE", { call: "plot.trace", expected });
  }
  return wanted;
}

function readVariable(monitor: MonitorLike, variable: string, { dt }: TraceOptions): Recorded {
  const values = matrix(monitor.get(variable, { keep: true, reshape: false }));
  const segments = monitor.times(variable)[variable] ?? { start: [], stop: [] };
  const inSteps = (duration: number) => toSteps(duration, monitor.dt, "floor");
  const schedule = {
    period: Math.max(1, inSteps(monitor.period)),
    offset: (monitor.origin ?? 0) + inSteps(monitor.periodOffset),
  };
  return { variable, values, ...pointsOf(segments, values.shape[0]!, schedule, dt ?? monitor.dt) };
}

/** A variable is recorded at the steps t of a segment for which t − offset is a multiple of the period. */
interface Schedule {
  readonly period: number;
  readonly offset: number;
}

/** Points of the records [ms]; between two segments the line breaks. */
function pointsOf(
  { start, stop }: Segments,
  size: number,
  { period, offset }: Schedule,
  dt: number,
): Pick<Recorded, "times" | "records" | "end"> {
  const times: number[] = [];
  const records: number[] = [];
  const scheduled = (step: number) => Math.ceil((step - offset) / period) * period + offset;
  let segment = 0;
  let step = scheduled(start[0] ?? 0);
  for (let record = 0; record < size; record++) {
    while (step >= (stop[segment] ?? Infinity) && segment + 1 < start.length) {
      times.push(step * dt);
      records.push(-1);
      segment++;
      step = scheduled(start[segment]!);
    }
    times.push(step * dt);
    records.push(record);
    step += period;
  }
  return { times: Float64Array.from(times), records: Int32Array.from(records), end: step * dt };
}

function readArray(source: unknown, { dt = 1 }: TraceOptions): Recorded {
  const values = matrix(source);
  const size = values.shape[0]!;
  const records = Int32Array.from({ length: size }, (_, i) => i);
  const times = Float64Array.from(records, (i) => i * dt);
  return { variable: "", values, times, records, end: size * dt };
}

/** Numbers over time as (records, neurons). */
function matrix(source: unknown): NDArray {
  if (isArrayInput(source)) {
    const values = NDArray.from(source);
    if (values.dimension === 1) return values.reshape(-1, 1);
    if (values.dimension > 1) return values.reshape(values.shape[0]!, -1);
  }
  const expected = "a monitor, or an array of the shape (times) or (times, neurons)";
  throw problem("NOT_DRAWABLE", { call: "plot.trace", expected });
}

function panelOf(
  { variable, values, times, records }: Recorded,
  [from, to]: readonly [number, number],
  { neurons, yLabel }: TraceOptions,
  isNamed: boolean,
): Panel {
  const columns = values.shape[1]!;
  const shown = neurons ?? Array.from({ length: Math.min(columns, MOST_LINES) }, (_, i) => i);
  const marks = shown.map((neuron, i): Mark<"line"> => {
    if (!(Number.isInteger(neuron) && neuron >= 0 && neuron < columns)) {
      throw problem("COLUMN_OUT_OF_RANGE", { call: "plot.trace", column: neuron, columns });
    }
    return {
      kind: "line",
      name: isNamed && columns > 1 ? `neuron ${neuron}` : null,
      color: colorOf(i),
      x: times,
      y: Float64Array.from(records, (record) =>
        record < 0 ? NaN : values.data[record * columns + neuron]!,
      ),
      width: 1.5,
      filled: false,
    };
  });
  const seen = marks.map(({ x, y }) => y.filter((_, i) => x[i]! >= from && x[i]! <= to));
  return {
    y: { label: yLabel ?? variable, range: padded(extent(...seen)), whole: false, grid: true },
    marks,
    share: 1,
  };
}
