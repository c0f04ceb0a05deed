import { nearest, type Code, type Diagnostic, type Problems } from "../diagnostics.js";
import { mathConstants } from "../dsl/functions.js";
import type { Report } from "../dsl/lexer.js";
import type { Source, Span } from "../source.js";
import type { FunctionTable } from "./function-checks.js";
import { constantsOf, defineFunctions, functionsOfModel } from "./functions.js";
import { targetOf } from "./names.js";
import type { Attribute, FunctionDefinition, Method, RandomSlot, ReductionUse } from "./types.js";

/** What the names of one model mean, and what its texts have used so far. */
export interface Scope {
  /** The model as messages name it: `neuron "LIF"`. */
  readonly model: string;
  readonly owner: "neuron" | "synapse";
  /** Of a synapse: that of the neurons it comes from. */
  readonly type: "rate" | "spike";
  /** Whether a spiking neuron may use `sum(target)`, as those do that are driven by rates. */
  readonly rateInputs: boolean;
  readonly attributes: Map<string, Attribute>;
  readonly constants: ReadonlySet<string>;
  readonly usedConstants: Set<string>;
  /** All functions of users that can be called, the local ones before global ones of the same name. */
  readonly functions: ReadonlyMap<string, FunctionDefinition>;
  readonly usedFunctions: Set<string>;
  readonly random: RandomSlot[];
  readonly reductions: ReductionUse[];
  /** Targets of `sum(target)` in order of appearance; null for `sum()`. */
  readonly inputs: Set<string | null>;
  readonly sources: Source[];
  /** Names that unreadable statements seem to declare: their uses are no further mistakes. */
  readonly lost: Set<string>;
  readonly report: Report;
  readonly warn: Report;
}

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
    usedConstants: new Set(),
    functions: new Map([...globals, ...local]),
    usedFunctions: new Set(),
    random: [],
    reductions: [],
    inputs: new Set(),
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
  const functions = functionsOfModel(local, globals, scope.usedFunctions);
  const constants = new Set([...scope.usedConstants, ...constantsOf(functions, scope.constants)]);
  return { functions, constants: [...constants] };
}

/** A model, and what is wrong with its definition; it means something only without mistakes. */
export interface Checked<Model> {
  readonly model: Model;
  readonly diagnostics: readonly Diagnostic[];
  /** What is no mistake but looks like one. */
  readonly warnings: readonly Diagnostic[];
}

/** Report a mistake. */
export function complain<C extends Code>(
  scope: Scope,
  code: C,
  problem: Problems[C],
  span: Span | null,
): void {
  scope.report({ code, problem, span });
}

/** Names for times of spikes. */
const spikeTimes: { readonly [O in Scope["owner"]]: readonly string[] } = {
  neuron: ["t_last"],
  synapse: ["t_pre", "t_post"],
};

/** Names of the clock, in every expression. */
export const clockNames: ReadonlySet<string> = new Set(["t", "dt"]);

/** Report a name that nothing has. */
export function complainUnknown(scope: Scope, name: string, span: Span | null): void {
  const { model } = scope;
  complain(scope, "UNKNOWN_NAME", { name, model, nearest: nearestName(scope, name) }, span);
}

/** The known name that an unknown one was most likely meant to be. */
function nearestName(scope: Scope, name: string): string | null {
  const { owner, type } = scope;
  const target = targetOf(name);
  if (target !== null && owner === "neuron" && type === "rate") return `sum(${target})`;
  if (target !== null && target !== "target" && owner === "synapse") return `post.${name}`;
  return nearest(name, [
    ...scope.attributes.keys(),
    ...scope.constants,
    ...clockNames,
    ...(type === "spike" ? spikeTimes[owner] : []),
    ...mathConstants.keys(),
  ]);
}
