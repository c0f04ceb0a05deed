/** What a completion is, in the words Jupyter front ends have icons for. */
export type CompletionKind =
  | "class"
  | "constant"
  | "enum"
  | "field"
  | "file"
  | "function"
  | "instance"
  | "interface"
  | "keyword"
  | "method"
  | "module"
  | "property"
  | "text"
  | "type"
  | "value";

/** CompletionItemKind of the Language Server Protocol 3.17 → kind. */
const PROTOCOL_KINDS: Readonly<Record<number, CompletionKind>> = {
  1: "text",
  2: "method",
  3: "function",
  4: "method",
  5: "field",
  6: "instance",
  7: "class",
  8: "interface",
  9: "module",
  10: "property",
  11: "value",
  12: "value",
  13: "enum",
  14: "keyword",
  17: "file",
  19: "file",
  20: "value",
  21: "constant",
  25: "type",
};

/** First word of a declaration → kind. */
const DECLARED_KINDS: Readonly<Record<string, CompletionKind>> = {
  class: "class",
  const: "instance",
  enum: "enum",
  function: "function",
  interface: "interface",
  let: "instance",
  module: "module",
  namespace: "module",
  type: "type",
  var: "instance",
};

/** Kind of a completion; the declaration tells more than the protocol's number, which calls every import a variable. */
export function kindOf(protocolKind: number, declaration: string | null): CompletionKind {
  // What the language itself brings is a variable of a constructor's type beside an interface.
  if (/^var (\w+): (?:\1Constructor$|\{\s*new\b)/m.test(declaration ?? "")) return "class";
  const word = /^(?:\(alias\) )?(?:declare |abstract )*(\w+)/.exec(declaration ?? "")?.[1] ?? "";
  return DECLARED_KINDS[word] ?? PROTOCOL_KINDS[protocolKind] ?? "text";
}

/** A declaration as the author of the cell thinks of it: where a name is imported from by machinery is left out. */
export function declarationText(detail: string): string {
  return detail
    .split("\n")
    .filter((line) => !/^import \w+(?: = .*)?$/.test(line))
    .join("\n")
    .replace(/^\(alias\) /gm, "");
}

/** A hover text with the same left out, its code blocks marked `ts`, and without blank ends. */
export function hoverMarkdown(markdown: string): string {
  return markdown
    .replace(
      /^```(?:typescript|tsx)\n([\s\S]*?)\n```/gm,
      (_, code: string) => `${fence(declarationText(code))}\n`,
    )
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

/** A code block of TypeScript. */
export function fence(code: string): string {
  return `\`\`\`ts\n${code}\n\`\`\``;
}

/** The same text for front ends that show no markdown: fences and emphasis are left out. */
export function plainText(markdown: string): string {
  return markdown
    .replace(/^```\w*\n?/gm, "")
    .replace(/(\*{1,3})(\S|\S.*?\S)\1/g, "$2")
    .trim();
}
