import MagicString from "magic-string";
import { parseSync, type Expression, type Program, type Span } from "oxc-parser";
import {
  helperNames,
  isHelperCall,
  replaceSemicolon,
  RUNTIME,
  text,
  type Draft,
  type TopLevel,
} from "./draft.js";
import {
  assignClass,
  assignFunction,
  assignVariables,
  mergedObject,
  rewriteNestedVars,
} from "./rewrite-declarations.js";
import { exportAll, exportNames, importNames } from "./rewrite-modules.js";

/** A cell as an async function, with what it declares. */
export interface RewrittenCell {
  /** An expression: `(async ($cell) => { … })`. */
  readonly code: string;
  /** Names that the top level declares; each is a property of the user's scope. */
  readonly names: readonly string[];
  /** Names that it declares or uses as variables instead. */
  readonly shadows: readonly string[];
  /** Whether the last statement is an expression, whose value is the result of the cell. */
  readonly hasResult: boolean;
  /** The edits that made `code`, for its source map. */
  readonly edits: MagicString;
}

/** Names of the notebook that are not properties of the user's scope. */
export interface ScopeRules {
  /**
   * Names of JavaScript's and Node's own. The kernel and the libraries read them from the same global object, so a
   * cell that declares one gets a variable of that name, kept in `$cell.shadows`.
   */
  readonly reserved: ReadonlySet<string>;
  /** Those of them that cells have declared so far. */
  readonly shadowed: readonly string[];
}

/**
 * Rewrite the JavaScript module of a cell into an async function:
 *
 * - what the top level declares is assigned to the user's scope, so it outlives the cell and can be declared again;
 * - functions and imports come first: functions are assigned, modules are awaited;
 * - the value of an expression statement goes to `$cell.hold`, which says whether it is a run to wait for;
 * - `import()` and `import.meta` go through the runtime, which knows the notebook's folder.
 *
 * `js` is output of oxc-transform: free of types, every statement with its semicolon.
 */
export function rewrite(js: string, rules: ScopeRules): RewrittenCell {
  const { program, module } = parseSync("cell.js", js, {
    lang: "js",
    sourceType: "module",
    preserveParens: false,
  });
  const draft: Draft = {
    js,
    edits: new MagicString(js),
    names: new Set(),
    helpers: helperNames(program),
    hoisted: new Set(),
    settled: new Set(),
  };
  const statements = program.body.flatMap((statement) => openUsing(draft, statement));
  let hasResult = false;
  for (const statement of statements) {
    if (statement.type !== "EmptyStatement") hasResult = rewriteStatement(draft, statement);
  }
  if (/\bvar\b/.test(js)) rewriteNestedVars(draft, program);
  moveToFront(draft, program);
  for (const { start } of module.dynamicImports) {
    draft.edits.update(start, start + "import".length, `${RUNTIME}.import`);
  }
  for (const { start, end } of module.importMetas) {
    draft.edits.update(start, end, `${RUNTIME}.meta`);
  }
  const { edits, names } = draft;
  const mentioned = rules.shadowed.filter((name) => js.includes(name));
  const shadows = [
    ...new Set([...mentioned, ...[...names].filter((name) => rules.reserved.has(name))]),
  ];
  const [open, close] = shadowing(shadows);
  edits.prepend(`(async (${RUNTIME}) => { "use strict"; ${open}`).append(`\n${close}})`);
  const properties = [...names].filter((name) => !shadows.includes(name));
  return { code: edits.toString(), names: properties, shadows, hasResult, edits };
}

/** What stands around the statements of a cell that has shadows: variables, whose values outlive the cell. */
function shadowing(names: readonly string[]): readonly [open: string, close: string] {
  if (names.length === 0) return ["", ""];
  const keep = names.map((name) => `${RUNTIME}.shadows.${name} = ${name};`);
  return [
    `let { ${names.join(", ")} } = ${RUNTIME}.shadows; try { `,
    `} finally { ${keep.join(" ")} }\n`,
  ];
}

/** `using` compiles to a `try` around everything after it; the statements inside are still the cell's. */
function openUsing(draft: Draft, statement: TopLevel): readonly TopLevel[] {
  if (statement.type !== "TryStatement") return [statement];
  const [first, ...rest] = statement.block.body;
  if (first?.type !== "VariableDeclaration" || !isHelperCall(draft, first.declarations[0]?.init)) {
    return [statement];
  }
  draft.settled.add(first);
  return rest;
}

/** Rewrite one statement of the top level; true if its value is the result of a cell that ends with it. */
function rewriteStatement(draft: Draft, statement: TopLevel): boolean {
  const { type } = statement;
  if (type === "ExpressionStatement") {
    if (isGenerated(draft, statement.expression)) return false;
    holdValue(draft, statement, statement.start, statement.expression);
    return true;
  }
  if (type === "ExportDefaultDeclaration") {
    const { declaration, start } = statement;
    // Not up to the declaration: the node of a parenthesised expression starts inside its parentheses.
    const keywords = /^export\s+default\s*/.exec(text(draft, statement))?.[0].length ?? 0;
    draft.edits.remove(start, start + keywords);
    if (declaration.type === "FunctionDeclaration" && declaration.id !== null) {
      return rewriteStatement(draft, declaration);
    }
    if (declaration.type === "ClassDeclaration" && declaration.id !== null) {
      return rewriteStatement(draft, declaration);
    }
    holdValue(draft, statement, start + keywords, declaration);
    return true;
  }
  if (type === "ExportNamedDeclaration" && statement.declaration !== null) {
    draft.edits.remove(statement.start, statement.declaration.start);
    return rewriteStatement(draft, statement.declaration);
  }
  if (type === "VariableDeclaration") assignVariables(draft, statement);
  else if (type === "FunctionDeclaration") assignFunction(draft, statement);
  else if (type === "ClassDeclaration") assignClass(draft, statement);
  else if (type === "ImportDeclaration") importNames(draft, statement);
  else if (type === "ExportNamedDeclaration") exportNames(draft, statement);
  else if (type === "ExportAllDeclaration") exportAll(draft, statement);
  return false;
}

/** `expression;` → `if ($cell.hold(expression)) $cell.last = await $cell.last;` */
function holdValue(
  draft: Draft,
  statement: Span,
  start: number,
  expression: { type: string },
): void {
  // A sequence needs its own parentheses, to be one argument.
  const [open, close] = expression.type === "SequenceExpression" ? ["((", "))"] : ["(", ")"];
  draft.edits.prependRight(start, `if (${RUNTIME}.hold${open}`);
  replaceSemicolon(draft, statement, `${close}) ${RUNTIME}.last = await ${RUNTIME}.last;`);
}

function moveToFront(draft: Draft, program: Program): void {
  const isHoisted = (statement: TopLevel): boolean =>
    draft.hoisted.has(statement) ||
    ("declaration" in statement &&
      statement.declaration !== null &&
      draft.hoisted.has(statement.declaration));
  const front = program.body.find((statement) => !isHoisted(statement))?.start;
  if (front === undefined) return;
  for (const { start, end } of draft.hoisted) {
    if (start > front) draft.edits.move(start, end, front);
  }
}

/** Statements the user did not write: decorators applied, an enum continued, a line magic. */
function isGenerated(draft: Draft, expression: Expression): boolean {
  if (isHelperCall(draft, expression)) return true;
  if (expression.type === "AssignmentExpression") {
    const { left, right } = expression;
    if (isHelperCall(draft, right)) return true;
    return left.type === "Identifier" && mergedObject(left.name, right) !== null;
  }
  const call = expression.type === "AwaitExpression" ? expression.argument : null;
  if (call?.type !== "CallExpression") return false;
  const { callee } = call;
  return (
    callee.type === "MemberExpression" &&
    callee.object.type === "Identifier" &&
    callee.object.name === RUNTIME
  );
}
