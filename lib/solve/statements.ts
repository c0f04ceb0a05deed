import type { IrExpression } from "../ir/ir.js";
import type { Update } from "../model/types.js";
import { blocksOf, systemsOf, type OdeBlock } from "./blocks.js";
import type { Body } from "./body.js";
import type { Forms } from "./forms.js";
import { schemes } from "./method.js";

/** What the statements of a model are lowered with. */
export interface StatementContext {
  readonly forms: Forms;
  /** The condition under which a variable takes over a new value; null: always. */
  readonly condition: (update: Update) => IrExpression | null;
  /** Makes a value the new one of its variable, within its bounds. */
  readonly commit: (update: Update, value: IrExpression) => void;
}

/**
 * The statements of one locality in the order of declaration. Neighbouring equations form a block: all new values are
 * worked out from those before the block, and only then taken over, one after the other. Everything else
 * takes effect at once. (Model language, blocks and order of evaluation.)
 */
export function lowerStatements(
  updates: readonly Update[],
  body: Body,
  context: StatementContext,
): void {
  const { commit } = context;
  for (const block of blocksOf(updates)) {
    if (block.kind === "assignment") {
      body.noteSource(block);
      commit(block, body.real(block.value));
      continue;
    }
    const values = advance(block, body, context);
    for (const ode of block.odes) commit(ode, values.get(ode)!);
  }
}

/** New values of the equations of a block, system by system. */
function advance(
  block: OdeBlock,
  body: Body,
  { forms, condition }: StatementContext,
): ReadonlyMap<Update, IrExpression> {
  const values = new Map<Update, IrExpression>();
  for (const system of systemsOf(block, forms.kind)) {
    const members = system.map((ode) => {
      const old = body.realValue(body.slotOf(ode.name));
      return { ode, form: forms.of.get(ode)!, old, condition: condition(ode) };
    });
    schemes[system[0]!.method].advance(members, body).forEach((value, i) => {
      values.set(system[i]!, value);
    });
  }
  return values;
}
