import { extname } from "node:path";

import { problem } from "../errors.js";
import { gathered } from "../report/description.js";
import { markdownBody, markdownReport } from "../report/markdown.js";
import { texReport } from "../report/tex.js";
import { describeNetwork } from "./describe.js";
import { writeTextNow } from "./io.js";
import type { NetworkState } from "./state.js";

/** What is reported, and where it is written. */
export interface ReportOptions {
  /** `.tex`: LaTeX; `.md`, `.qmd`: Markdown. Missing folders are made. Default `./report.tex`. */
  readonly filename?: string;
  /** LaTeX with all that makes it a document, not the tables alone. Default true. */
  readonly standalone?: boolean;
  /** Tell of projections between the same populations for the same target, such as those between views, once. Default false. */
  readonly gatherSubprojections?: boolean;
  /** Default `Network description`. */
  readonly title?: string;
  /** Default `Neurarchy`. */
  readonly author?: string;
  /** Default none. */
  readonly date?: string;
}

/** Title and author where none are given. */
const UNTITLED = { title: "Network description", author: "Neurarchy", date: "" } as const;

/** Write the report of a network. @returns Its text. @throws {SimulatorError} REPORT_SUFFIX, CANNOT_WRITE. */
export function writeReport(state: NetworkState, options: ReportOptions): string {
  const { filename = "./report.tex", standalone = true, gatherSubprojections = false } = options;
  const { title = UNTITLED.title, author = UNTITLED.author, date = UNTITLED.date } = options;
  const suffix = extname(filename);
  if (![".tex", ".md", ".qmd"].includes(suffix)) throw problem("REPORT_SUFFIX", { file: filename });
  state.requireIdle("report");
  const whole = describeNetwork(state, { title, author, date });
  const network = gatherSubprojections ? gathered(whole) : whole;
  const text = suffix === ".tex" ? texReport(network, standalone) : markdownReport(network);
  writeTextNow(filename, text);
  return text;
}

/** The report of a network as a notebook shows it. */
export function shownReport(state: NetworkState): string {
  return markdownBody(describeNetwork(state, UNTITLED));
}
