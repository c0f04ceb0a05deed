import { nearest, type Code, type Problems } from "../diagnostics.js";
import { mathConstants } from "../dsl/functions.js";
import type { Report } from "../dsl/lexer.js";
import type { Source, Span } from "../source.js";
import type { FunctionTable } from "./function-checks.js";
import { targetOf } from "./names.js";
import type { Attribute, RandomSlot, ReductionUse } from "./types.js";

/** What the texts of a model have used so far. */
interface Uses {
  readonly constants: Set<string>;
  readonly functions: Set<string>;
  readonly random: RandomSlot[];
  readonly reductions: ReductionUse[];
  /** Targets of `sum(target)` in order of appearance; null for `sum()`. */
  readonly inputs: Set<string | null>;
}

/** What the names of one model mean. */
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
  /** All functions of users that can be called, the local ones before global ones of the same name. */
  readonly functions: FunctionTable;
  readonly sources: Source[];
  readonly uses: Uses;
  /** Names that unreadable statements seem to declare: their uses are no further mistakes. */
  readonly lost: Set<string>;
  readonly report: Report;
  readonly warn: Report;
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
  const near = nearest(name, [
    ...scope.attributes.keys(),
    ...scope.constants,
    ...clockNames,
    ...(type === "spike" ? spikeTimes[owner] : []),
    ...mathConstants.keys(),
  ]);
  const target = targetOf(name);
  if (near !== null || target === null) return near;
  // An input by a name that it has elsewhere.
  return owner === "neuron" ? `sum(${target})` : `post.${name}`;
}
