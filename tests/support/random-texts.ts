import fc from "fast-check";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";

import { symbols } from "../../lib/dsl/token.js";
import { conditionTexts, equationTexts, functionTexts, parameterTexts } from "./notebook-texts.js";

/** `NEURARCHY_NIGHTLY=1` tries fifty times as many texts. */
const nightly = process.env["NEURARCHY_NIGHTLY"] !== undefined;
/** How many texts a property is tried on. */
export const limits = { numRuns: nightly ? 100_000 : 2000 };
/** [ms] */
export const timeout = nightly ? 1_800_000 : 60_000;

/** Every text of the golden cases, where they are at hand. */
function goldenTexts(): readonly string[] {
  const folder = process.env["NEURARCHY_GOLDEN"] ?? resolve("../shared/golden/cases");
  if (!existsSync(folder)) return [];
  const texts = new Set<string>();
  const collect = (value: unknown): void => {
    if (typeof value === "string" && /[=<>]/.test(value)) texts.add(value);
    else if (typeof value === "object" && value !== null) Object.values(value).forEach(collect);
  };
  for (const name of readdirSync(folder).filter((file) => file.endsWith(".json"))) {
    const { neurons, synapses, functions } = JSON.parse(
      readFileSync(resolve(folder, name), "utf8"),
    ) as Readonly<Record<string, unknown>>;
    collect([neurons, synapses, functions]);
  }
  return [...texts];
}

const corpus = [
  ...equationTexts.map(([, text]) => text),
  ...parameterTexts.map(([, text]) => text),
  ...functionTexts.map(([, text]) => text),
  ...conditionTexts,
  ...goldenTexts(),
];

const words = [
  ...symbols,
  ..."if else elif and or not is in lambda True sum mean max pre post dv/dt dt t d".split(" "),
  ..."init min population event-driven int a v tau g_exc 1 2.5 1e-3 1e999 . \n ; # ' \" \t é × ² 😀 \u0000".split(
    " ",
  ),
  ..."\n : : = = ( ) ,".split(" "),
];
/** Words of the language in any order. */
export const jumble = fc
  .array(fc.constantFrom(...words), { maxLength: 60 })
  .chain((parts) => fc.constantFrom("", " ").map((glue) => parts.join(glue)));

/** A text of the corpus with a piece taken out, put in, doubled or moved. */
export const mutation = fc
  .tuple(
    fc.constantFrom(...corpus),
    fc.array(
      fc.tuple(
        fc.nat(),
        fc.nat({ max: 12 }),
        fc.constantFrom("drop", "insert", "double", "move"),
        jumble,
      ),
      { minLength: 1, maxLength: 4 },
    ),
  )
  .map(([text, changes]) => changes.reduce(mutate, text));

type Change = readonly [at: number, length: number, kind: string, addition: string];

function mutate(text: string, [place, length, kind, addition]: Change): string {
  const at = place % (text.length + 1);
  const [before, piece, after] = [
    text.slice(0, at),
    text.slice(at, at + length),
    text.slice(at + length),
  ];
  if (kind === "drop") return before + after;
  if (kind === "insert") return before + addition.slice(0, length) + piece + after;
  if (kind === "double") return before + piece + piece + after;
  return after + piece + before;
}
