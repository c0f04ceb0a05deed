/** The rules of the style guide that a machine can check. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { fileURLToPath } from "node:url";

import ts from "typescript";
import { describe, expect, it } from "vitest";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

/** Every file git knows or would take, by its path from the top. */
const files = execFileSync(
  "git",
  ["ls-files", "-z", "--cached", "--others", "--exclude-standard"],
  {
    cwd: root,
    encoding: "utf8",
  },
)
  .split("\0")
  .filter((file) => file !== "");

const texts = new Map<string, string>();

function text(file: string): string {
  const known = texts.get(file);
  if (known !== undefined) return known;
  const content = readFileSync(join(root, file), "utf8");
  texts.set(file, content);
  return content;
}

const isTypeScript = (file: string): boolean => /\.ts$/.test(file) && !file.endsWith(".d.ts");
const libFiles = files.filter((file) => file.startsWith("lib/") && isTypeScript(file));
const kernelFiles = files.filter((file) => file.startsWith("kernel/") && isTypeScript(file));
const sourceFiles = [...libFiles, ...kernelFiles];
const nativeFiles = files.filter((file) => /^native\/.*\.(h|hpp|c|cpp)$/.test(file));

interface Import {
  readonly from: string;
  /** A path from the top for one of our own files, else the module's name. */
  readonly to: string;
}

const imports: readonly Import[] = sourceFiles.flatMap((from) =>
  ts.preProcessFile(text(from)).importedFiles.map(({ fileName }) => ({
    from,
    to: fileName.startsWith(".")
      ? posix.join(posix.dirname(from), fileName).replace(/\.js$/, ".ts")
      : fileName,
  })),
);

/** A module of ours is the first folder below lib or kernel, or the file itself at the top of either. */
function moduleOf(file: string): string {
  const parts = file.split("/");
  return parts.length > 2 ? `${parts[0]!}/${parts[1]!}` : file;
}

const isOurs = (to: string): boolean => to.startsWith("lib/") || to.startsWith("kernel/");
const everyone = ["lib/source.ts", "lib/diagnostics.ts", "lib/errors.ts"];
const upToReport = [
  ...["lib/dsl", "lib/random", "lib/model", "lib/algebra", "lib/ir", "lib/solve", "lib/codegen"],
  ...[
    "lib/compile",
    "lib/connect",
    "lib/native",
    "lib/array",
    "lib/analysis",
    "lib/plot",
    "lib/report",
  ],
];
const builtIn = ["lib/network", "lib/random", "lib/connect", "lib/array"];

/** Who may import whom inside lib, beside its own files and `everyone`. */
const table: Readonly<Record<string, readonly string[]>> = {
  "lib/source.ts": [],
  "lib/diagnostics.ts": ["lib/sentences"],
  "lib/sentences": [],
  "lib/errors.ts": [],
  "lib/dsl": [],
  // Its public methods return arrays.
  "lib/random": ["lib/array"],
  "lib/model": ["lib/dsl", "lib/random"],
  "lib/algebra": ["lib/dsl"],
  "lib/ir": ["lib/dsl"],
  "lib/solve": ["lib/model", "lib/algebra", "lib/ir", "lib/dsl"],
  "lib/codegen": ["lib/ir", "lib/dsl"],
  "lib/compile": ["lib/codegen"],
  "lib/connect": ["lib/random", "lib/array"],
  "lib/native": [],
  "lib/array": [],
  "lib/analysis": ["lib/array", "lib/native"],
  "lib/plot": ["lib/analysis", "lib/array", "lib/ir"],
  "lib/report": ["lib/model", "lib/dsl"],
  "lib/network": upToReport,
  "lib/models": builtIn,
  "lib/inputs": builtIn,
  "lib/extensions": builtIn,
  "lib/classic": ["lib/network", "lib/models", "lib/inputs", "lib/extensions"],
  "lib/language.ts": ["lib/dsl", "lib/model"],
};

describe("imports", () => {
  it("inside lib follow the table", () => {
    const wrong = imports.filter(({ from, to }) => {
      if (!from.startsWith("lib/") || from === "lib/index.ts" || !isOurs(to)) return false;
      const own = moduleOf(from);
      const target = moduleOf(to);
      const allowed = table[own];
      return (
        allowed === undefined ||
        !(target === own || everyone.includes(target) || allowed.includes(target))
      );
    });
    expect(wrong).toEqual([]);
  });

  it("of lib by the kernel go through its prelude, and of the language face through kernel/language", () => {
    const wrong = imports.filter(({ from, to }) => {
      if (!from.startsWith("kernel/") || !to.startsWith("lib/")) return false;
      if (to === "lib/index.ts") return from !== "kernel/session/prelude.ts";
      return !(to === "lib/language.ts" && moduleOf(from) === "kernel/language");
    });
    expect(wrong).toEqual([]);
  });

  it("form no cycle", () => {
    const edges = new Map<string, string[]>();
    for (const { from, to } of imports) edges.set(from, [...(edges.get(from) ?? []), to]);
    const done = new Set<string>();
    const cycles: string[] = [];
    const visit = (file: string, path: readonly string[]): void => {
      const at = path.indexOf(file);
      if (at >= 0) cycles.push([...path.slice(at), file].join(" → "));
      if (at >= 0 || done.has(file)) return;
      for (const next of edges.get(file) ?? []) visit(next, [...path, file]);
      done.add(file);
    };
    for (const file of sourceFiles) visit(file, []);
    expect(cycles).toEqual([]);
  });

  it("name files that are in the repository", () => {
    const known = new Set(files);
    expect(imports.filter(({ to }) => isOurs(to) && !known.has(to))).toEqual([]);
  });

  it("are passed on by lib/index.ts alone", () => {
    const passing = sourceFiles.filter((file) => /^export\b[^;]*?\bfrom\s*["']/m.test(text(file)));
    expect(passing.filter((file) => file !== "lib/index.ts")).toEqual([]);
  });
});

describe("the outside", () => {
  /** Files, processes and the clock: what a pure module must not touch. */
  const outside =
    /["'](?:node:)?(?:fs|child_process|os|worker_threads|net|http|https|timers|perf_hooks|process)(?:\/\w+)?["']|\bDate\.now\b|\bnew Date\b|\bperformance\.now\b|\bprocess\.(?!env\.NODE_ENV)\w|\bsetTimeout\(|\bsetInterval\(/;
  const mayTouch = [/^lib\/(compile|native)\//, /^lib\/network\/io\.ts$/];

  it("is touched only by compile, native and network/io.ts", () => {
    const touching = libFiles.filter((file) => outside.test(code(file)));
    expect(touching.filter((file) => !mayTouch.some((allowed) => allowed.test(file)))).toEqual([]);
  });

  it("knows the console of lib only as the default of the key logger", () => {
    const mentions = libFiles.flatMap((file) => code(file).match(/\bconsole\.\w+/g) ?? []);
    expect(mentions.filter((mention) => mention !== "console.warn")).toEqual([]);
    expect(mentions.length).toBeLessThanOrEqual(1);
  });

  it("is left to kernel/main.ts when the process ends", () => {
    // A call, not the name in a message.
    const exiting = kernelFiles.filter((file) => /\bprocess\.exit\((?!\$\{)/.test(code(file)));
    expect(exiting.filter((file) => file !== "kernel/main.ts")).toEqual([]);
  });
});

describe("the native side", () => {
  const including = (pattern: RegExp): string[] =>
    nativeFiles.filter((file) => pattern.test(text(file)));

  it("uses napi.h only in the addon", () => {
    const users = including(/#include\s*[<"]napi\.h[>"]/);
    expect(users.filter((file) => !file.startsWith("native/addon/"))).toEqual([]);
  });

  it("uses OpenMP only in core/parallel.hpp", () => {
    const users = including(/#include\s*[<"]omp\.h[>"]|#pragma\s+omp|\bomp_\w+\(/);
    expect(users.filter((file) => file !== "native/core/parallel.hpp")).toEqual([]);
  });

  it("keeps core free of the addon, and include free of both", () => {
    const quoted = (file: string): string[] =>
      [...text(file).matchAll(/#include\s*"([^"]+)"/g)].map((match) => match[1]!);
    const wrong = nativeFiles.flatMap((file) =>
      quoted(file)
        .filter((header) =>
          file.startsWith("native/include/")
            ? !/^kernel_\w+\.h$/.test(header)
            : file.startsWith("native/core/") && header.includes("addon"),
        )
        .map((header) => `${file}: ${header}`),
    );
    expect(wrong).toEqual([]);
  });

  it("has one version of the contract on both sides", async () => {
    const header = text("native/include/kernel_abi.h");
    const number = (name: string): number =>
      Number(new RegExp(`#define ${name} (\\d+)u?\\b`).exec(header)?.[1]);
    const abi = await import("../lib/codegen/abi.js");
    expect(abi.ABI_VERSION).toBe(
      number("NA_ABI_MAJOR") * 1_000_000 + number("NA_ABI_MINOR") * 1000 + number("NA_ABI_PATCH"),
    );
  });
});

describe("every source file", () => {
  it("has at most 500 lines", () => {
    const long = [...sourceFiles, ...nativeFiles]
      .map((file) => ({ file, lines: text(file).split("\n").length - 1 }))
      .filter(({ lines }) => lines > 500);
    expect(long).toEqual([]);
  });

  it("is named in kebab-case in TypeScript and snake_case in C++", () => {
    const name = (file: string): string => posix.basename(file).replace(/\.\w+$/, "");
    expect(sourceFiles.filter((file) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name(file)))).toEqual([]);
    expect(nativeFiles.filter((file) => !/^[a-z0-9]+(_[a-z0-9]+)*$/.test(name(file)))).toEqual([]);
  });

  it("documents the names it exports", () => {
    expect(sourceFiles.flatMap(undocumented)).toEqual([]);
  });

  it("names no place outside the repository", () => {
    const absolute = /(^|[^a-zA-Z.])\/(work|farm|home|Users)\//m;
    const readable = files.filter((file) =>
      /\.(ts|mjs|js|sh|py|md|json|ipynb|txt|h|hpp|cpp|c)$/.test(file),
    );
    expect(readable.filter((file) => absolute.test(text(file)))).toEqual([]);
  });
});

describe("errors", () => {
  it("get their sentences from lib/diagnostics.ts", () => {
    const sentence =
      /new (?:Error|TypeError|RangeError|SimulatorError|EquationError|InvalidConfiguration|CompileError)\(\s*["'`]/;
    const writing = libFiles.filter(
      (file) => !everyone.includes(file) && sentence.test(code(file)),
    );
    expect(writing).toEqual([]);
  });
});

/** The text of a file without its comments. */
function code(file: string): string {
  const source = ts.createSourceFile(file, text(file), ts.ScriptTarget.Latest);
  return ts.createPrinter({ removeComments: true }).printFile(source);
}

/** Exported declarations of a file that carry no doc comment; of an overloaded function one signature must. */
function undocumented(file: string): string[] {
  const source = ts.createSourceFile(file, text(file), ts.ScriptTarget.Latest, true);
  const documented = new Map<string, boolean>();
  for (const statement of source.statements) {
    const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
    if (!modifiers.some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword)) continue;
    const names = ts.isVariableStatement(statement)
      ? statement.declarationList.declarations.map((declaration) => declaration.name)
      : [(statement as ts.DeclarationStatement).name];
    for (const name of names.map((node) => node?.getText() ?? "default")) {
      const has = ts.getJSDocCommentsAndTags(statement).length > 0;
      documented.set(name, has || (documented.get(name) ?? false));
    }
  }
  return [...documented].filter(([, has]) => !has).map(([name]) => `${file}: ${name}`);
}
