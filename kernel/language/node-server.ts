import ts from "typescript";
import { dirname } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

import { offsetAt, positionAt, type Position } from "./cell-text.js";
import { isRecord, JsonRpcConnection } from "./json-rpc.js";

/**
 * The part of the Language Server Protocol that `LanguageClient` speaks, over the language service of TypeScript 6:
 * a program of its own, run where TypeScript 7's native server is not to be had. All files are those the client
 * opened or those on disk; the one project is that of the `tsconfig.json` it opened.
 */

interface Document {
  readonly version: number;
  readonly text: string;
}

/** ScriptElementKind of the language service → CompletionItemKind of the protocol, where front ends tell them apart. */
const KINDS: Readonly<Record<string, number>> = {
  keyword: 14,
  class: 7,
  interface: 8,
  enum: 13,
  "enum member": 20,
  module: 9,
  "external module name": 9,
  script: 17,
  directory: 19,
  type: 25,
  function: 3,
  "local function": 3,
  method: 2,
  property: 5,
  getter: 5,
  setter: 5,
  accessor: 5,
  string: 21,
};
const VARIABLE = 6;

const PREFERENCES: ts.UserPreferences = {
  includeCompletionsWithInsertText: true,
  includeAutomaticOptionalChainCompletions: true,
};

const documents = new Map<string, Document>();
let project: ts.ParsedCommandLine | null = null;

const host: ts.LanguageServiceHost = {
  getCompilationSettings: () => project?.options ?? {},
  getScriptFileNames: () => project?.fileNames ?? [],
  getScriptVersion: (path) => String(documents.get(path)?.version ?? 0),
  getScriptSnapshot: (path) => {
    const text = read(path);
    return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
  },
  getCurrentDirectory: () => ts.sys.getCurrentDirectory(),
  getDefaultLibFileName: (options) => ts.getDefaultLibFilePath(options),
  fileExists: (path) => documents.has(path) || ts.sys.fileExists(path),
  readFile: read,
  directoryExists: (path) => ts.sys.directoryExists(path),
  getDirectories: (path) => ts.sys.getDirectories(path),
  readDirectory: (...query) => ts.sys.readDirectory(...query),
};
const service = ts.createLanguageService(host);

/** Method → answer; `null` is the answer of all others. */
const methods: Readonly<Record<string, (params: Record<string, unknown>) => unknown>> = {
  initialize: () => ({ capabilities: {} }),
  "textDocument/didOpen": ({ textDocument }) => {
    if (isRecord(textDocument)) store(textDocument, textDocument["text"]);
  },
  "textDocument/didChange": ({ textDocument, contentChanges }) => {
    const change: unknown = Array.isArray(contentChanges) ? contentChanges[0] : null;
    if (isRecord(textDocument) && isRecord(change)) store(textDocument, change["text"]);
  },
  "textDocument/didClose": (params) => void documents.delete(target(params).path),
  "textDocument/completion": complete,
  "completionItem/resolve": resolve,
  "textDocument/hover": hover,
  "textDocument/definition": define,
};

new JsonRpcConnection(process.stdin, process.stdout, (method, params) =>
  methods[method]?.(isRecord(params) ? params : {}),
);

function read(path: string): string | undefined {
  return documents.get(path)?.text ?? ts.sys.readFile(path);
}

function store({ uri, version }: Record<string, unknown>, text: unknown): void {
  if (typeof uri !== "string" || typeof version !== "number" || typeof text !== "string") return;
  const path = fileURLToPath(uri);
  documents.set(path, { version, text });
  if (!path.endsWith("tsconfig.json")) return;
  const json: unknown = ts.parseConfigFileTextToJson(path, text).config;
  project = ts.parseJsonConfigFileContent(json, ts.sys, dirname(path));
}

/** The document and the offset that a request is about. */
function target({ textDocument, position }: Record<string, unknown>): {
  path: string;
  offset: number;
} {
  const uri = isRecord(textDocument) ? textDocument["uri"] : null;
  const path = typeof uri === "string" ? fileURLToPath(uri) : "";
  const place = isRecord(position) ? position : {};
  const { line, character } = place;
  const known = typeof line === "number" && typeof character === "number";
  return { path, offset: known ? offsetAt(read(path) ?? "", { line, character }) : 0 };
}

function rangeIn(text: string, { start, length }: ts.TextSpan): { start: Position; end: Position } {
  return { start: positionAt(text, start), end: positionAt(text, start + length) };
}

function complete(params: Record<string, unknown>): unknown {
  const { path, offset } = target(params);
  const text = read(path) ?? "";
  const entries = service.getCompletionsAtPosition(path, offset, PREFERENCES)?.entries ?? [];
  return entries.map(({ name, kind, sortText, insertText, replacementSpan }) => ({
    label: name,
    kind: KINDS[kind] ?? VARIABLE,
    sortText,
    insertText,
    textEdit: replacementSpan && {
      range: rangeIn(text, replacementSpan),
      newText: insertText ?? name,
    },
    data: { path, offset },
  }));
}

function resolve(item: Record<string, unknown>): unknown {
  const { label, data } = item;
  if (typeof label !== "string" || !isRecord(data)) return item;
  const { path, offset } = data;
  if (typeof path !== "string" || typeof offset !== "number") return item;
  const details = service.getCompletionEntryDetails(
    path,
    offset,
    label,
    undefined,
    undefined,
    PREFERENCES,
    undefined,
  );
  return { ...item, detail: details && ts.displayPartsToString(details.displayParts) };
}

function hover(params: Record<string, unknown>): unknown {
  const { path, offset } = target(params);
  const info = service.getQuickInfoAtPosition(path, offset);
  if (info === undefined) return null;
  const tags = (info.tags ?? []).map(
    ({ name, text }) => `*@${name}* ${ts.displayPartsToString(text)}`,
  );
  const parts = [
    `\`\`\`typescript\n${ts.displayPartsToString(info.displayParts)}\n\`\`\``,
    ts.displayPartsToString(info.documentation),
    ...tags,
  ];
  return {
    contents: { kind: "markdown", value: parts.filter((part) => part !== "").join("\n\n") },
  };
}

function define(params: Record<string, unknown>): unknown {
  const { path, offset } = target(params);
  return (service.getDefinitionAtPosition(path, offset) ?? []).map((definition) => ({
    targetUri: pathToFileURL(definition.fileName).href,
    targetRange: rangeIn(
      read(definition.fileName) ?? "",
      definition.contextSpan ?? definition.textSpan,
    ),
  }));
}
