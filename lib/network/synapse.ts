import type { Diagnostic } from "../diagnostics.js";
import { EquationError } from "../errors.js";
import type { SynapseOptions } from "../model/definition.js";
import { checkSynapse } from "../model/synapse.js";
import type { SynapseModel } from "../model/types.js";
import type { AttributesOf } from "./inference.js";
import { analysisContext } from "./analysis-context.js";
import type { NetworkState } from "./state.js";
import { unowned } from "./unowned.js";

/** A synapse model as a projection uses it. */
export interface AnalysedSynapse {
  readonly model: SynapseModel;
  readonly warnings: readonly Diagnostic[];
}

/**
 * A synapse model, given by its equations.
 *
 * Nothing is analysed before a projection is made of it; one definition may serve any number of projections.
 *
 * @example
 * const Oja = new Synapse({
 *   parameters: "tau = 5000.0 : projection\nalpha = 8.0 : projection",
 *   equations: "tau * dw/dt = pre.r * post.r - alpha * post.r^2 * w : min=0.0",
 *   psp: "w * pre.r",
 * });
 */
export class Synapse<
  const O extends SynapseOptions = SynapseOptions,
  A extends string = SynapseOptions extends O ? string : AttributesOf<O> | "w",
> {
  readonly options: SynapseOptions;

  /** Without options: what a projection does by itself. */
  constructor(options?: O) {
    this.options = options ?? {};
  }

  /** Name in messages. Default: by the type. */
  get name(): string {
    return this.options.name ?? (this.type === "spike" ? "Spiking synapse" : "Rate-coded synapse");
  }

  get description(): string {
    return this.options.description ?? "";
  }

  /** What the definition looks like; in a projection the type of the pre neurons counts. */
  get type(): "rate" | "spike" {
    return this.options.preSpike === undefined ? "rate" : "spike";
  }

  /**
   * Names of parameters and variables, in the order of declaration.
   *
   * @throws {EquationError} when the equations have a mistake.
   */
  get attributes(): readonly A[] {
    return this.analyse(unowned, this.type, []).model.attributes.map(({ name }) => name as A);
  }

  /**
   * @internal What the model means in a projection from neurons of a type to some targets, with what looks like a mistake.
   *
   * @throws {EquationError} when the equations have a mistake.
   */
  analyse(
    state: NetworkState,
    type: "rate" | "spike",
    targets: readonly string[],
  ): AnalysedSynapse {
    const context = { ...analysisContext(state), type, targets };
    const { model, diagnostics, warnings } = checkSynapse(this.options, context);
    if (diagnostics.length > 0) throw new EquationError(diagnostics);
    return { model, warnings };
  }
}

/** Names of the attributes of a model beside `w`, which every projection has, as far as the types know them. */
export type SynapseNamesOf<M> =
  M extends Synapse<SynapseOptions, infer A>
    ? string extends A
      ? string
      : Exclude<A, "w">
    : never;

/** What a projection has without a synapse model. */
export type DefaultSynapse = Synapse<SynapseOptions, "w">;
