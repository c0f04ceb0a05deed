import { latexName } from "../dsl/latex-names.js";
import {
  formatGeometry,
  formatNumber,
  formatRange,
  type NamedModel,
  type NetworkDescription,
  type ParameterValue,
} from "./description.js";
import { functionEquation, neuronFacts, synapseFacts, type ModelFacts } from "./models.js";

/** Write the description of a network as a Markdown document with equations in LaTeX, after a block of title, author and date. */
export function markdownReport(network: NetworkDescription): string {
  const { title, author, date } = network;
  const front = Object.entries({ title, author, date }).map(
    ([key, value]) => `${key}: ${JSON.stringify(value)}`,
  );
  return `---\n${front.join("\n")}\n---\n\n${markdownBody(network)}`;
}

/** The document without its front matter, as a notebook shows it. */
export function markdownBody(network: NetworkDescription): string {
  const { neurons, synapses } = network;
  const parts = [
    ...structure(network),
    ...section(
      "Neuron models",
      neurons.flatMap((entry) => model(entry, neuronFacts(entry.model))),
    ),
    ...section(
      "Synapse models",
      synapses.flatMap((entry) => model(entry, synapseFacts(entry.model))),
    ),
    ...section("Parameters", parameters(network)),
  ];
  return `${parts.join("\n\n")}\n`;
}

function structure(network: NetworkDescription): string[] {
  const { version, backend, dt, populations, projections, monitors, functions } = network;
  return [
    "# Structure of the network",
    [
      `- Neurarchy ${version} with the ${backend} back-end.`,
      `- Numerical step: ${formatNumber(dt)} ms.`,
    ].join("\n"),
    ...table(
      "Populations",
      ["Population", "Size", "Neuron type"],
      populations.map(({ name, geometry, model }) => [name, formatGeometry(geometry), model]),
    ),
    ...table(
      "Projections",
      ["Source", "Destination", "Target", "Synapse type", "Pattern"],
      projections.map(({ pre, post, targets, model, pattern }) => [
        ...[pre, post, targets.join(" / "), model ?? "-", pattern],
      ]),
    ),
    ...table(
      "Monitors",
      ["Object", "Variables", "Period"],
      monitors.map(({ object, subset, variables, period }) => [
        ...[subset ? `${object} (subset)` : object, variables.join(", ")],
        `${formatNumber(period)} ms`,
      ]),
    ),
    ...section("Functions", functions.map(functionEquation).map(display), 2),
  ];
}

function model({ name, description }: NamedModel<unknown>, facts: ModelFacts): string[] {
  return [
    `## ${text(name)}`,
    ...(description === "" ? [] : [text(description)]),
    ...table(
      "Parameters",
      ["Name", "Default value", "Locality", "Type"],
      facts.parameters.map(({ name, value, locality, type }) => [
        ...[inline(name), inline(value), locality, type],
      ]),
      3,
    ),
    ...section("Equations", facts.variables.flatMap(variable), 3),
    ...facts.actions.flatMap(({ title, equations }) => [`**${title}**`, ...equations.map(display)]),
    ...section("Functions", facts.functions.map(display), 3),
  ];
}

function variable(facts: ModelFacts["variables"][number]): string[] {
  const { name, locality, init, min, max, method, equation } = facts;
  const traits = [
    locality,
    `initial value: ${inline(init)}`,
    ...(min === null ? [] : [`minimum: ${inline(min)}`]),
    ...(max === null ? [] : [`maximum: ${inline(max)}`]),
    ...(method === null ? [] : [`numerical method: ${method}`]),
  ];
  const line = `- Variable ${inline(name)}: ${traits.join(", ")}.`;
  return equation === null ? [line] : [line, display(equation)];
}

function parameters({ constants, populations, projections }: NetworkDescription): string[] {
  const rows = (values: readonly ParameterValue[]): string[][] =>
    values.map(({ name, value }) => [inline(latexName(name)), formatRange(value)]);
  return [
    ...table("Constants", ["Constant", "Value"], rows(constants)),
    ...table(
      "Population parameters",
      ["Population", "Parameter", "Value"],
      populations.flatMap((population) =>
        rows(population.parameters).map((row) => [population.name, ...row]),
      ),
    ),
    ...table(
      "Projection parameters",
      ["Projection", "Parameter", "Value"],
      projections.flatMap((projection) => {
        const { pre, post, targets } = projection;
        const name = `${pre} -> ${post} (${targets.join(" / ")})`;
        return rows(projection.parameters).map((row) => [name, ...row]);
      }),
    ),
  ];
}

/** A heading and what stands under it; nothing where that is nothing. */
function section(title: string, content: readonly string[], level = 1): string[] {
  return content.length === 0 ? [] : [`${"#".repeat(level)} ${title}`, ...content];
}

/** A table under its heading, columns padded to the widest cell; nothing without rows. */
function table(
  title: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
  level = 2,
): string[] {
  if (rows.length === 0) return [];
  const lines = [head, ...rows].map((row) => row.map(cell));
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  const write = (line: readonly string[]): string =>
    `| ${line.map((entry, column) => entry.padEnd(widths[column]!)).join(" | ")} |`;
  const rule = `|${widths.map((width) => "-".repeat(width + 2)).join("|")}|`;
  const [first = [], ...others] = lines;
  return section(title, [[write(first), rule, ...others.map(write)].join("\n")], level);
}

function inline(latex: string): string {
  return `$${latex}$`;
}

function display(latex: string): string {
  return `$$\n${latex}\n$$`;
}

/** Names and descriptions of users, in one line. Brackets stay bare: with a backslash they would begin mathematics. */
function text(words: string): string {
  return words
    .replace(/\s+/g, " ")
    .trim()
    .replace(/[\\`*_<#|$]/g, "\\$&");
}

/** Mathematics stays as it is; a bar would end the cell. */
function cell(entry: string): string {
  return entry.startsWith("$") ? entry.replaceAll("|", "\\vert ") : text(entry);
}
