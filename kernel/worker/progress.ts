import type { JsonObject } from "../protocol/message.js";

/** How far a run is. */
export interface Progress {
  readonly label: string;
  readonly phase: "running" | "finished";
  /** It was asked to stop early. */
  readonly stopped: boolean;
  /** Whole things are counted, and not simulated time. */
  readonly counted: boolean;
  /** Steps, or things. */
  readonly done: number;
  /** Steps, or things; 0 when unknown. */
  readonly total: number;
  /** [ms] */
  readonly dt: number;
  /** Wall time since the start [ms]. */
  readonly elapsed: number;
}

/** Width of the bar in characters. */
const width = 24;

/** A progress bar as text and as HTML without script. */
export function progressBundle(progress: Progress): JsonObject {
  const fraction = progress.total > 0 ? Math.min(1, progress.done / progress.total) : null;
  const words = describe(progress, fraction);
  return { "text/plain": textBar(fraction, words), "text/html": htmlBar(fraction, words) };
}

function describe(progress: Progress, fraction: number | null): string {
  const { label, phase, stopped, done, total, dt, elapsed } = progress;
  if (fraction === null) return `${label} ${duration(elapsed)}`;
  const simulated = done * dt;
  const speed = elapsed > 0 ? simulated / elapsed : 0;
  const parts = progress.counted
    ? [`${label} ${done} of ${total}`]
    : [
        `${label} ${amount(simulated)} of ${amount(total * dt)} ms`,
        `${speed >= 10 ? speed.toFixed(0) : speed.toPrecision(2)}× real time`,
      ];
  if (phase === "finished") {
    parts.push(stopped && done < total ? `stopped after ${duration(elapsed)}` : duration(elapsed));
  } else if (fraction > 0) {
    parts.push(`${duration((elapsed * (1 - fraction)) / fraction)} left`);
  }
  return parts.join(" · ");
}

function textBar(fraction: number | null, words: string): string {
  if (fraction === null) return words;
  const full = Math.round(width * fraction);
  return `[${"█".repeat(full)}${"░".repeat(width - full)}] ${words}`;
}

function htmlBar(fraction: number | null, words: string): string {
  const bar =
    fraction === null ? "" : `<progress max="1" value="${fraction.toFixed(4)}"></progress> `;
  return `<div>${bar}<span style="font-variant-numeric: tabular-nums">${escape(words)}</span></div>`;
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** At most one decimal: times are shown while they change. */
function amount(milliseconds: number): string {
  return String(Math.round(milliseconds * 10) / 10);
}

function duration(milliseconds: number): string {
  if (milliseconds < 1000) return `${milliseconds.toFixed(0)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const minutes = Math.floor(seconds / 60);
  return `${minutes} min ${Math.floor(seconds % 60)} s`;
}
