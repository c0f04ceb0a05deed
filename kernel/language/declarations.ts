import { parseSync, type Statement } from "oxc-parser";

import { boundNames } from "../session/bound-names.js";

/** A name that a cell gives to its successors. A class is both a value and a type. */
export interface Declaration {
  readonly name: string;
  readonly value: boolean;
  readonly type: boolean;
}

/** What one cell says about its surface: the names it declares at its top level, and those it exports by itself. */
export interface CellSurface {
  readonly declarations: ReadonlyMap<string, Declaration>;
  readonly exported: ReadonlySet<string>;
}

/** List what a cell declares at its top level; null when it does not parse, so that it cannot have run. */
export function surfaceOf(code: string): CellSurface | null {
  const { program, module, errors } = parseSync("cell.ts", code, { sourceType: "module" });
  if (errors.length > 0) return null;
  const declarations = new Map<string, Declaration>();
  const declare = (name: string, value: boolean, type: boolean): void => {
    const known = declarations.get(name);
    declarations.set(name, {
      name,
      value: value || known?.value === true,
      type: type || known?.type === true,
    });
  };
  for (const statement of program.body) declareNames(statement, declare);
  const exported = new Set<string>();
  for (const { exportName } of module.staticExports.flatMap(({ entries }) => entries)) {
    if (exportName.name !== null) exported.add(exportName.name);
  }
  return { declarations, exported };
}

/** List the names a declaration file exports, following `export * from` through `read`; `default` is left out. */
export function exportedNames(
  file: string,
  read: (
    specifier: string,
    from: string | null,
  ) => { readonly path: string; readonly text: string },
): readonly string[] {
  const names = new Set<string>();
  const visited = new Set<string>();
  const visit = (specifier: string, from: string | null): void => {
    const { path, text } = read(specifier, from);
    if (visited.has(path)) return;
    visited.add(path);
    const { module } = parseSync(path, text, { sourceType: "module" });
    for (const entry of module.staticExports.flatMap(({ entries }) => entries)) {
      const { exportName, moduleRequest } = entry;
      if (exportName.name !== null) names.add(exportName.name);
      else if (moduleRequest !== null) visit(moduleRequest.value, path);
    }
  };
  visit(file, null);
  names.delete("default");
  return [...names].sort();
}

type Declare = (name: string, value: boolean, type: boolean) => void;

function declareNames(statement: Statement, declare: Declare): void {
  if (statement.type === "ImportDeclaration") {
    for (const specifier of statement.specifiers) {
      const typeOnly =
        statement.importKind === "type" ||
        (specifier.type === "ImportSpecifier" && specifier.importKind === "type");
      declare(specifier.local.name, !typeOnly, true);
    }
  } else if (statement.type === "ExportNamedDeclaration") {
    if (statement.declaration !== null) declareNames(statement.declaration, declare);
  } else if (statement.type === "VariableDeclaration") {
    for (const { id } of statement.declarations) {
      for (const name of boundNames(id)) declare(name, true, false);
    }
  } else if (statement.type === "FunctionDeclaration" || statement.type === "TSDeclareFunction") {
    if (statement.id !== null) declare(statement.id.name, true, false);
  } else if (statement.type === "ClassDeclaration") {
    if (statement.id !== null) declare(statement.id.name, true, true);
  } else if (
    statement.type === "TSEnumDeclaration" ||
    statement.type === "TSImportEqualsDeclaration"
  ) {
    declare(statement.id.name, true, true);
  } else if (
    statement.type === "TSInterfaceDeclaration" ||
    statement.type === "TSTypeAliasDeclaration"
  ) {
    declare(statement.id.name, false, true);
  } else if (statement.type === "TSModuleDeclaration" && !statement.global) {
    if (statement.id.type === "Identifier") declare(statement.id.name, true, true);
  }
}
