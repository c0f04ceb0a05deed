import { escapeLatex, latexName } from "../dsl/latex-names.js";
import {
  formatGeometry,
  formatNumber,
  formatRange,
  type NamedModel,
  type NetworkDescription,
  type ParameterValue,
} from "./description.js";
import { functionEquation, neuronFacts, synapseFacts, type ModelFacts } from "./models.js";

/**
 * Write the description of a network as tables A to H. `standalone` adds what makes them a document; without it, a document
 * that includes them loads the packages of the preamble.
 *
 * **Source** of the layout: Nordlie, Gewaltig & Plesser (2009), Towards reproducible descriptions of neuronal network models,
 * PLoS Computational Biology 5(8).
 */
export function texReport(network: NetworkDescription, standalone: boolean): string {
  const tables = [
    summary(network),
    populations(network),
    connectivity(network),
    models(
      "D",
      "Neuron models",
      network.neurons.map((entry) => model(entry, neuronFacts(entry.model))),
    ),
    models(
      "E",
      "Synapse models",
      network.synapses.map((entry) => model(entry, synapseFacts(entry.model))),
    ),
    parameters(network),
    inputs(network),
    measurements(network),
  ].join("\n\n");
  return standalone ? `${preamble(network)}\n\n${tables}\n\n\\end{document}\n` : `${tables}\n`;
}

function preamble({ title, author, date }: NetworkDescription): string {
  return [
    "\\documentclass{article}",
    "\\usepackage[margin=2cm]{geometry}",
    "\\usepackage{amsmath}",
    "\\usepackage{longtable}",
    "\\usepackage{array}",
    `\\title{${escapeLatex(title)}}`,
    `\\author{${escapeLatex(author)}}`,
    `\\date{${escapeLatex(date)}}`,
    "\\begin{document}",
    "\\maketitle",
  ].join("\n");
}

/** Widths of the columns of tables, by their number, in parts of the line. */
const WIDTHS: Readonly<Record<number, readonly number[]>> = {
  2: [0.22, 0.7],
  3: [0.28, 0.3, 0.31],
  4: [0.2, 0.2, 0.12, 0.34],
  5: [0.16, 0.16, 0.1, 0.16, 0.27],
};

type Row = readonly string[];

/** A table under a bar with its letter and title. Cells are LaTeX. */
function table(letter: string, title: string, head: Row | null, rows: readonly Row[]): string {
  const columns = head?.length ?? rows[0]?.length ?? 2;
  const format = WIDTHS[columns]!.map((width) => `p{${width}\\linewidth}`).join("|");
  const bar = `\\multicolumn{${columns}}{|c|}{\\textbf{${letter}: ${title}}}`;
  const lines = [
    `${bar} \\\\ \\hline`,
    ...(head === null
      ? []
      : [`${head.map((name) => `\\textbf{${name}}`).join(" & ")} \\\\ \\hline`]),
    ...rows.map((row) => `${row.join(" & ")} \\\\ \\hline`),
  ];
  const empty = Array.from({ length: columns }, () => "--").join(" & ");
  if (rows.length === 0) lines.push(`${empty} \\\\ \\hline`);
  return [
    "\\noindent",
    `\\begin{longtable}{|${format}|}`,
    "\\hline",
    ...lines,
    "\\end{longtable}",
  ].join("\n");
}

function summary(network: NetworkDescription): string {
  const { neurons, synapses, monitors } = network;
  const names = (list: readonly { readonly name: string }[]): string =>
    listed(list.map(({ name }) => name));
  const patterns = network.projections.map(({ pattern }) => pattern.split(",")[0]!);
  return table("A", "Model summary", null, [
    ["Populations", names(network.populations)],
    ["Connectivity", listed(patterns)],
    ["Neuron models", names(neurons)],
    ["Plasticity", names(synapses)],
    ["Input", listed(network.populations.flatMap(({ input }) => (input === null ? [] : [input])))],
    ["Measurements", listed(monitors.flatMap(({ variables }) => variables))],
    [
      "Simulation",
      escapeLatex(
        `Neurarchy ${network.version}, ${network.backend}, dt = ${formatNumber(network.dt)} ms`,
      ),
    ],
  ]);
}

function populations(network: NetworkDescription): string {
  return table(
    "B",
    "Populations",
    ["Name", "Elements", "Size"],
    network.populations.map(({ name, model, geometry }) => [
      ...[escapeLatex(name), escapeLatex(model)],
      `$${formatGeometry(geometry).replaceAll("×", "\\times")}$`,
    ]),
  );
}

function connectivity({ projections }: NetworkDescription): string {
  return table(
    "C",
    "Connectivity",
    ["Source", "Destination", "Target", "Synapse", "Pattern"],
    projections.map(({ pre, post, targets, model, pattern }) =>
      [pre, post, targets.join(" / "), model ?? "-", pattern].map(escapeLatex),
    ),
  );
}

/** One table per model; one that says so where there is none. */
function models(letter: string, title: string, rows: readonly (readonly Row[])[]): string {
  if (rows.length === 0) return table(letter, title, null, []);
  return rows.map((own) => table(letter, title, null, own)).join("\n\n");
}

function model({ name, description }: NamedModel<unknown>, facts: ModelFacts): Row[] {
  const { variables, actions, functions } = facts;
  return [
    ["Name", escapeLatex(name)],
    ...(description === "" ? [] : [["Description", escapeLatex(description)]]),
    ...(facts.parameters.length === 0
      ? []
      : [["Parameters", stacked(facts.parameters.map(({ name, value }) => `${name} = ${value}`))]]),
    ...variables.map((variable) => ["Dynamics", dynamics(variable)]),
    ...actions.map(({ title, equations }) => [title, stacked(equations)]),
    ...(functions.length === 0 ? [] : [["Functions", stacked(functions)]]),
  ];
}

function dynamics(facts: ModelFacts["variables"][number]): string {
  const { name, locality, init, min, max, method, equation } = facts;
  const traits = [
    locality,
    `initially ${math(init)}`,
    ...(min === null ? [] : [`at least ${math(min)}`]),
    ...(max === null ? [] : [`at most ${math(max)}`]),
    ...(method === null ? [] : [`method ${method}`]),
  ].join(", ");
  return `${math(equation ?? name)} \\newline ${traits}`;
}

function parameters({
  constants,
  functions,
  populations,
  projections,
}: NetworkDescription): string {
  const rows = (owner: string, values: readonly ParameterValue[]): Row[] =>
    values.map(({ name, value }) => [
      ...[escapeLatex(owner), math(latexName(name)), escapeLatex(formatRange(value))],
    ]);
  return table(
    "F",
    "Parameters",
    ["Object", "Name", "Value"],
    [
      ...rows("constant", constants),
      ...functions.map((definition) => ["function", math(functionEquation(definition)), ""]),
      ...populations.flatMap(({ name, parameters }) => rows(name, parameters)),
      ...projections.flatMap(({ pre, post, targets, parameters }) =>
        rows(`${pre} to ${post} (${targets.join(" / ")})`, parameters),
      ),
    ],
  );
}

function inputs(network: NetworkDescription): string {
  const given = network.populations.filter(({ input }) => input !== null);
  return table(
    "G",
    "Input",
    ["Name", "Type", "Size"],
    given.map(({ name, input, geometry }) => [
      ...[escapeLatex(name), escapeLatex(input ?? "")],
      `$${formatGeometry(geometry).replaceAll("×", "\\times")}$`,
    ]),
  );
}

function measurements({ monitors }: NetworkDescription): string {
  return table(
    "H",
    "Measurements",
    ["Object", "Variables", "Period"],
    monitors.map(({ object, subset, variables, period }) => [
      ...[escapeLatex(subset ? `${object} (subset)` : object), escapeLatex(variables.join(", "))],
      `${formatNumber(period)} ms`,
    ]),
  );
}

/** Different names, in the order in which they come. */
function listed(names: readonly string[]): string {
  return names.length === 0 ? "--" : [...new Set(names)].map(escapeLatex).join(", ");
}

function stacked(equations: readonly string[]): string {
  return equations.map(math).join(" \\newline ");
}

function math(latex: string): string {
  return `$\\displaystyle ${latex}$`;
}
