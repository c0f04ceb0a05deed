import { arithmetic, compare, constant, select } from "../ir/build.js";
import type { KernelField } from "../ir/fields.js";
import type {
  IrExpansion,
  IrHook,
  IrLoop,
  IrRule,
  IrSynapseHook,
  IrTransmission,
  SynapseIr,
} from "../ir/ir.js";
import { isAlong, storageLoop } from "../ir/loops.js";
import type { EventCode, Locality, SynapseModel } from "../model/types.js";
import { Body, type BodyContext } from "./body.js";
import { CALL, ELEMENT, OUTER } from "./sections.js";
import { assignedBy, lowerEventCode, permission, relaxed, type EventContext } from "./event.js";
import { formsOf, type Forms } from "./forms.js";
import { withClosedFunctions } from "./functions.js";
import { heldVariables, type Held } from "./hold.js";
import { lowerStatements } from "./statements.js";
import { SynapseLayout, type SynapseContext } from "./synapse-layout.js";

/**
 * Apply the numerical methods of a model: one kernel per synapse type as a projection uses it.
 *
 * @throws {EquationError} for every equation that does not have the form its method needs (formsOf).
 */
export function lowerSynapse(model: SynapseModel, context: SynapseContext): SynapseIr {
  return new Lowering(model, context).lower();
}

/** What all hooks of a synapse type are made of. */
class Lowering {
  readonly #model: SynapseModel;
  readonly #context: SynapseContext;
  readonly #forms: Forms;
  /** Variables that are held once per row or column. */
  readonly #held: Held;
  readonly #layout: SynapseLayout;
  readonly #targets: readonly number[];
  readonly #storage: SynapseIr["storage"];
  readonly #delayed: boolean;

  constructor(model: SynapseModel, context: SynapseContext) {
    this.#model = withClosedFunctions(model);
    this.#context = context;
    this.#forms = formsOf(this.#model);
    this.#held = heldVariables(model, this.#forms, context);
    this.#layout = new SynapseLayout(model, context, this.#held);
    // Before anything is read of them: what is written decides their role.
    this.#targets = transmits(model)
      ? context.targets.map((target) => this.#layout.addTarget(target))
      : [];
    // Sums over the synapses of a neuron want rows; spikes, columns.
    this.#storage = model.psp === null ? "columns" : "rows";
    this.#delayed = context.delays === "heterogeneous";
  }

  lower(): SynapseIr {
    const { preSpike, preAxonSpike, postSpike } = this.#model;
    const globals = this.#has("global") ? this.#body(null) : null;
    const rows = this.#has("semiglobal") ? this.#update("semiglobal", "rows", globals) : [];
    const stored = storageLoop({ storage: this.#storage });
    const synapses = this.#has("local") ? this.#update("local", stored, globals) : [];
    const onPre = this.#event(preSpike, "pre");
    const onAxon = preAxonSpike === preSpike ? onPre : this.#event(preAxonSpike, "axon");
    const onPost = this.#event(postSpike, "post");
    const transmit = this.#transmit();
    const expand = this.#expand(stored);
    const creating = this.#rule("creating", "candidates");
    const pruning = this.#rule("pruning", stored);
    return {
      // Last, since each hook adds the fields it needs.
      globals: globals === null ? null : this.#globals(globals),
      transmit,
      update: [...rows, ...synapses],
      onPre,
      onAxon,
      onPost,
      expand,
      creating,
      pruning,
      storage: this.#storage,
      delayed: this.#delayed,
      fields: this.#layout.fields,
    };
  }

  #has(locality: Locality): boolean {
    return this.#model.updates.some((update) => update.locality === locality);
  }

  /** A body of the statements of a loop, or of what is done once. */
  #body(loop: IrLoop | null, options: Partial<LoopOptions> = {}): Body {
    const { earlier = null, delayed = false, assigned = NOTHING } = options;
    const levelOf: BodyContext["levelOf"] = (field: KernelField) => {
      if (field.scope === "global") return CALL;
      const isHeld = this.#held.has(field.name);
      const isFixed = field.owner !== "self" || isHeld || !assigned.has(field.name);
      const isOuter = loop !== null && loop !== "rows" && isAlong(field, loop, delayed);
      return isOuter && isFixed && field.role !== "target" ? OUTER : ELEMENT;
    };
    const layout = this.#layout;
    return new Body({ layout, model: this.#model, levelOf, hoists: loop !== null, earlier });
  }

  #globals(body: Body): IrHook {
    this.#statements("global", body);
    return body.finish();
  }

  #update(locality: Locality, loop: IrLoop, earlier: Body | null): readonly IrSynapseHook[] {
    const body = this.#body(loop, { earlier, delayed: this.#delayed });
    this.#statements(locality, body);
    return [body.finishLoop(loop)];
  }

  #statements(locality: Locality, body: Body): void {
    const updates = this.#model.updates.filter((update) => update.locality === locality);
    lowerStatements(updates, body, {
      forms: this.#forms,
      condition: ({ name }) => permission(name),
      commit: ({ name, bounds }, value) => {
        body.commit(body.slotOf(name), value, bounds, permission(name));
      },
    });
  }

  #transmit(): IrTransmission | null {
    const { psp, operation } = this.#model;
    if (psp === null) return null;
    const body = this.#body("synapsesByRow", { delayed: this.#delayed });
    const value = body.keep(body.real(psp));
    const hook = body.finishLoop("synapsesByRow");
    return { ...hook, operation, psp: value, targets: this.#targets };
  }

  #event(code: EventCode | null, kind: EventContext["kind"]): IrSynapseHook | null {
    if (code === null) return null;
    const loop = kind === "post" ? "synapsesByRow" : "synapsesByColumn";
    const body = this.#body(loop, { assigned: assignedBy(code, this.#model) });
    lowerEventCode(code, body, {
      kind,
      model: this.#model,
      forms: this.#forms,
      layout: this.#layout,
      targets: this.#targets,
      timing: this.#context.eventTiming,
      held: this.#held,
    });
    return body.finishLoop(loop);
  }

  /** A rule reads the neurons as they are, whatever the delays. */
  #rule(kind: "creating" | "pruning", loop: IrLoop): IrRule | null {
    const rule = this.#model[kind];
    if (rule === null) return null;
    const { probability } = rule;
    const body = this.#body(loop);
    body.note(kind);
    const condition = body.keep(body.condition(rule.condition));
    const chance = probability === null ? null : { draw: CHANCE_DRAWS[kind], probability };
    return { ...body.finishLoop(loop), condition, chance };
  }

  /** What each synapse would hold by itself: a value as of its own last event. */
  #expand(loop: IrLoop): readonly IrExpansion[] {
    const layout = this.#layout;
    return [...this.#held].map(([name, scope]) => {
      const body = this.#body(loop);
      const ode = this.#model.eventDriven.find((candidate) => candidate.name === name)!;
      body.noteSource(ode);
      const sides = [this.#model.preSpike && "column", this.#model.postSpike && "row"] as const;
      const own = body.value(layout.addLastEvent(scope));
      const lasts = sides.flatMap((side) =>
        side === null ? [] : [body.value(layout.addLastEvent(side))],
      );
      const last = lasts.reduce((a, b) => select(compare(">", a, b), a, b));
      const steps = body.keep(arithmetic("-", last, own));
      const slot = layout.slotOf(name);
      const later = body.keep(relaxed(ode, steps, body, this.#forms));
      const now = body.realValue(slot);
      const value = body.keep(select(compare(">", steps, constant("int", 0)), later, now));
      return { ...body.finishLoop(loop), slot, value };
    });
  }
}

const NOTHING: ReadonlySet<string> = new Set();

/** Numbers of the draws by which rules are left to chance, behind those of random terms (native/core/streams.hpp). */
const CHANCE_DRAWS = { creating: 252, pruning: 251 } as const;

interface LoopOptions {
  readonly earlier: Body | null;
  /** Local fields of the pre population are read through delays. */
  readonly delayed: boolean;
  /** Own fields that change from synapse to synapse, since the statements assign them. */
  readonly assigned: ReadonlySet<string>;
}

/** Tell whether a model adds anything to the inputs of the post neuron. */
function transmits({ psp, preSpike, preAxonSpike, postSpike }: SynapseModel): boolean {
  const codes = [preSpike, preAxonSpike, postSpike];
  return psp !== null || codes.some((code) => code !== null && code.targets.length > 0);
}
