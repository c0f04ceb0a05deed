/**
 * What a LaTeX compiler would complain of, as far as it can be seen without one: brackets, environments and delimiters that
 * have no counterpart, characters that must be escaped, rows of a table with a wrong number of cells.
 */
export function latexProblems(text: string): string[] {
  const problems: string[] = [];
  const environments: { name: string; columns: number; cells: number }[] = [];
  let [depth, delimiters, inMath] = [0, 0, false];
  const inTable = (): boolean => environments.at(-1)?.name === "longtable";
  const endRow = (): void => {
    const table = environments.at(-1);
    if (table === undefined) return;
    if (table.cells !== table.columns)
      problems.push(`${table.cells} cells in ${table.columns} columns`);
    table.cells = 1;
  };
  const token =
    /\\(begin|end)\{(\w+)\}(\{[^\n]*\})?|\\multicolumn\{(\d)\}|\\hline|\\\\|\\[a-zA-Z]+|\\.|[{}$&_^#%~]/g;
  for (const { 0: found, 1: border, 2: name = "", 3: format = "", 4: span } of text.matchAll(
    token,
  )) {
    if (border === "begin") {
      const columns =
        name === "longtable" ? format.split("p{").length - 1 : name === "cases" ? 2 : 0;
      environments.push({ name, columns, cells: 1 });
      if (name === "cases" && !inMath) problems.push("cases outside of mathematics");
    } else if (border === "end") {
      if (environments.at(-1)?.name === "cases") endRow();
      const open = environments.pop();
      if (open?.name !== name) problems.push(`\\end{${name}} for \\begin{${open?.name ?? ""}}`);
    } else if (span !== undefined) environments.at(-1)!.cells += Number(span) - 1;
    else if (found === "\\\\") endRow();
    else if (found === "\\left") delimiters++;
    else if (found === "\\right") delimiters--;
    else if (found === "{") depth++;
    else if (found === "}") depth--;
    else if (found === "$") {
      if (delimiters !== 0) problems.push("\\left without \\right");
      inMath = !inMath;
    } else if (found === "&") {
      if (!inTable() && environments.at(-1)?.name !== "cases")
        problems.push("& outside of a table");
      else environments.at(-1)!.cells++;
    } else if ((found === "_" || found === "^") && !inMath)
      problems.push(`${found} outside of mathematics`);
    else if (found === "#" || found === "%" || found === "~")
      problems.push(`${found} is not escaped`);
    if (depth < 0) problems.push("} without {");
  }
  if (depth !== 0) problems.push(`${depth} brackets are open`);
  if (inMath) problems.push("mathematics has no end");
  problems.push(...environments.map(({ name }) => `\\begin{${name}} has no end`));
  return problems;
}
