import type {
  ExportAllDeclaration,
  ExportNamedDeclaration,
  ImportAttribute,
  ImportDeclaration,
  Span,
  StringLiteral,
} from "oxc-parser";
import { HELPERS, RUNTIME, text, type Draft } from "./draft.js";

/** `import` of a module, before the cell's first statement. */
export function importNames(draft: Draft, declaration: ImportDeclaration): void {
  if (declaration.source.value.startsWith(HELPERS)) {
    const [helper] = declaration.specifiers;
    const call = `await ${RUNTIME}.import(${text(draft, declaration.source)})`;
    draft.edits.update(
      declaration.start,
      declaration.end,
      `const ${helper!.local.name} = (${call}).default;`,
    );
    draft.hoisted.add(declaration);
    return;
  }
  const bindings = declaration.specifiers.map((specifier): Binding => {
    switch (specifier.type) {
      case "ImportDefaultSpecifier":
        return ["default", specifier.local.name];
      case "ImportNamespaceSpecifier":
        return ["*", specifier.local.name];
      case "ImportSpecifier":
        return [text(draft, specifier.imported), specifier.local.name];
    }
  });
  awaitModule(draft, declaration, declaration, bindings);
}

/** `export { a } from "m"`: the names are the cell's; `export { a }` says nothing new. */
export function exportNames(draft: Draft, declaration: ExportNamedDeclaration): void {
  const { source, attributes, specifiers, start, end } = declaration;
  if (source === null) {
    draft.edits.remove(start, end);
    return;
  }
  const bindings = specifiers.map(({ local, exported }): Binding => [
    text(draft, local),
    text(draft, exported),
  ]);
  awaitModule(draft, declaration, { source, attributes }, bindings);
}

/** `export * as m from "m"`; without a name, the module runs and nothing else happens. */
export function exportAll(draft: Draft, declaration: ExportAllDeclaration): void {
  const { exported } = declaration;
  awaitModule(
    draft,
    declaration,
    declaration,
    exported === null ? [] : [["*", text(draft, exported)]],
  );
}

/** The name in the module, or `*` for the module itself, and the name in the cell. */
type Binding = readonly [imported: string, local: string];

interface Request {
  readonly source: StringLiteral;
  readonly attributes: readonly ImportAttribute[];
}

/** `import d, { a as b } from "m";` → `({ default: d, a: b } = await $cell.module("m", ["default", "a"]));` */
function awaitModule(
  draft: Draft,
  statement: Span,
  request: Request,
  bindings: readonly Binding[],
): void {
  const members: string[] = [];
  const names: string[] = [];
  let target = "";
  for (const [imported, local] of bindings) {
    // What is exported as "default" or under a string has no name in the user's scope.
    if (local === "default" || !/^[\p{ID_Start}$_]/u.test(local)) continue;
    draft.names.add(local);
    if (imported === "*") target += `${local} = `;
    else {
      members.push(`${imported}: ${local}`);
      names.push(imported);
    }
  }
  if (members.length > 0) target += `{ ${members.join(", ")} } = `;
  const attributes = request.attributes.map((attribute) => text(draft, attribute));
  const options = attributes.length === 0 ? "" : `, { with: { ${attributes.join(", ")} } }`;
  const wanted = `[${names.map((name) => JSON.stringify(name)).join(", ")}]`;
  const call = `await ${RUNTIME}.module(${text(draft, request.source)}, ${wanted}${options})`;
  draft.edits.update(statement.start, statement.end, `(${target}${call});`);
  draft.hoisted.add(statement);
}
