/**
 * Write a name: Greek letters as letters, what follows one underscore as a subscript, words upright; a name of several
 * underscores is one upright word with hyphens.
 */
export function latexName(name: string): string {
  const parts = name.split("_");
  const [head = "", index = ""] = parts;
  if (parts.length === 1) return word(name);
  if (parts.length === 2 && head !== "" && index !== "") return `${word(head)}_{${word(index)}}`;
  return upright(parts.filter((part) => part !== "").join("-"));
}

/** Write text that stands upright among formulas. */
export function upright(text: string): string {
  return `\\text{${escapeLatex(text)}}`;
}

/** Write any text so that LaTeX prints it as it is. */
export function escapeLatex(text: string): string {
  return text.replace(/[\\{}$&#%_^~<>|]/g, (character) => ESCAPED.get(character) ?? character);
}

const ESCAPED: ReadonlyMap<string, string> = new Map([
  ["\\", "\\textbackslash{}"],
  ["^", "\\textasciicircum{}"],
  ["~", "\\textasciitilde{}"],
  ["<", "\\textless{}"],
  [">", "\\textgreater{}"],
  ["|", "\\textbar{}"],
  ...["{", "}", "$", "&", "#", "%", "_"].map((mark) => [mark, `\\${mark}`] as const),
]);

const LOWER_GREEK =
  "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi omega";
const UPPER_GREEK = "Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega";
const GREEK: ReadonlySet<string> = new Set(`${LOWER_GREEK} ${UPPER_GREEK}`.split(" "));

/** Part of a name: a letter, a Greek letter, a number or a word. */
function word(text: string): string {
  if (GREEK.has(text)) return `\\${text}`;
  return text.length === 1 || /^\d+$/.test(text) ? text : upright(text);
}
