import type { Diagnostic } from "../diagnostics.js";
import type { Report } from "../dsl/lexer.js";
import type { FunctionTable } from "./function-checks.js";
import { constantsOf, defineFunctions, functionsOfModel } from "./functions.js";
import type { Scope } from "./scope.js";
import type { FunctionDefinition, Method } from "./types.js";

/** What a definition may refer to beyond itself. */
export interface AnalysisContext {
  /** Names of the constants of the network. */
  readonly constants: Iterable<string>;
  /** Global functions. Default none. */
  readonly functions?: FunctionTable;
  /** Method of equations that name none. Default `explicit`. */
  readonly method?: Method;
  /** What to do with what is no mistake but looks like one. Default: nothing. */
  readonly warn?: Report;
}

/** A scope without names, and the mistakes and warnings that will be found in it. */
export interface Draft {
  readonly scope: Scope;
  readonly diagnostics: readonly Diagnostic[];
  readonly warnings: readonly Diagnostic[];
  /** Functions of the model itself. */
  readonly local: FunctionTable;
}

/** Begin the analysis of a model: read its functions, which need nothing else of it. */
export function openScope(
  about: Pick<Scope, "model" | "owner" | "type"> & { readonly rateInputs?: boolean },
  functions: string | readonly string[] | undefined,
  context: AnalysisContext,
): Draft {
  const diagnostics: Diagnostic[] = [];
  const warnings: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic): void => void diagnostics.push(diagnostic);
  const warn = (diagnostic: Diagnostic): void => {
    warnings.push(diagnostic);
    context.warn?.(diagnostic);
  };
  const constants = new Set(context.constants);
  const globals = context.functions ?? new Map<string, FunctionDefinition>();
  const defined =
    functions === undefined
      ? null
      : defineFunctions(functions, { owner: about.model, globals, constants, report });
  const local: FunctionTable = defined?.definitions ?? new Map<string, FunctionDefinition>();
  const scope: Scope = {
    rateInputs: false,
    ...about,
    attributes: new Map(),
    constants,
    functions: new Map([...globals, ...local]),
    uses: {
      constants: new Set(),
      functions: new Set(),
      random: [],
      reductions: [],
      inputs: new Set(),
    },
    sources: defined === null ? [] : [defined.source],
    lost: new Set(defined?.lost),
    report,
    warn,
  };
  return { scope, diagnostics, warnings, local };
}

/** What a model uses of the network, once all of its texts are understood. */
export function usesOf(
  { scope, local }: Pick<Draft, "scope" | "local">,
  context: AnalysisContext,
): { readonly functions: FunctionTable; readonly constants: readonly string[] } {
  const globals = context.functions ?? new Map<string, FunctionDefinition>();
  const functions = functionsOfModel(local, globals, scope.uses.functions);
  const constants = new Set([...scope.uses.constants, ...constantsOf(functions, scope.constants)]);
  return { functions, constants: [...constants] };
}

/** A model, and what is wrong with its definition; it means something only without mistakes. */
export interface Checked<Model> {
  readonly model: Model;
  readonly diagnostics: readonly Diagnostic[];
  /** What is no mistake but looks like one. */
  readonly warnings: readonly Diagnostic[];
}
