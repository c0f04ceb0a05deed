import { problem } from "../errors.js";
import type { FigureModel } from "./model.js";

/** What can be said about any figure. */
export interface FigureOptions {
  title?: string;
  /** Titles of the axes, with unit. */
  xLabel?: string;
  yLabel?: string;
  /** Size [px]; without a width a figure is as wide as the cell it stands in. */
  width?: number;
  height?: number;
}

/** What can be said about a figure over time. */
export interface TimeOptions extends FigureOptions {
  /** Step of the recording [ms]; default that of the monitor, else 1. */
  dt?: number;
  /** First and last time shown [ms]; default all of the recording. */
  from?: number;
  to?: number;
}

/** Width of a picture when none is asked for [px]. */
const DEFAULT_WIDTH = 760;

/** The parts of a figure that the options set alike for all kinds. */
export function frame(
  { title, width, height }: FigureOptions,
  defaultHeight: number,
): Pick<FigureModel, "title" | "width" | "widthFixed" | "height"> {
  return {
    title: title ?? null,
    width: width ?? DEFAULT_WIDTH,
    widthFixed: width !== undefined,
    height: height ?? defaultHeight,
  };
}

/**
 * The time shown: the recording's, unless the options say otherwise.
 * @throws {SimulatorError} EMPTY_TIME_RANGE when `from` is not before `to`.
 */
export function timeRange(
  call: string,
  { from, to }: TimeOptions,
  recorded: readonly [number, number],
): readonly [number, number] {
  const range = [from ?? recorded[0], to ?? recorded[1]] as const;
  if (range[0] < range[1]) return range;
  if (from === undefined && to === undefined) return [recorded[0], recorded[0] + 1];
  throw problem("EMPTY_TIME_RANGE", { call, from: range[0], to: range[1] });
}

/** A range of times as text, without the digits that are noise of floating point. */
export function interval(from: number, to: number): string {
  return `${Number(from.toPrecision(9))} to ${Number(to.toPrecision(9))} ms`;
}
