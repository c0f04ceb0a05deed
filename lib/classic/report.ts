import { problem } from "../errors.js";
import { internals } from "../network/internals.js";
import { Network } from "../network/network.js";
import { writeReport, type ReportOptions } from "../network/report.js";
import { magicNetwork } from "./network.js";

/**
 * Describe a network, by default the classic one: its populations, projections, models with their equations, parameters and
 * monitors. Written as LaTeX (tables after Nordlie, Gewaltig & Plesser 2009) or as Markdown, by the name of the file. Values are
 * those before `compile`.
 *
 * @returns The text of the file.
 * @throws {SimulatorError} REPORT_SUFFIX, CANNOT_WRITE; NOT_A_NETWORK; RUN_PENDING during a run.
 * @example report(net, { filename: "network.md", title: "A balanced network" });
 */
export function report(network: Network, options?: ReportOptions): string;
export function report(options?: ReportOptions): string;
export function report(first?: Network | ReportOptions, options: ReportOptions = {}): string {
  if (first instanceof Network) return writeReport(first[internals], options);
  if (first !== undefined && !isPlain(first)) {
    throw problem("NOT_A_NETWORK", { call: "report", value: `a value of type ${typeof first}` });
  }
  return writeReport(magicNetwork()[internals], first ?? options);
}

function isPlain(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return Object.getPrototypeOf(value) === Object.prototype;
}
