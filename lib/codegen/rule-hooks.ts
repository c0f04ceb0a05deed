import type { IrRule } from "../ir/ir.js";
import { emitExpression } from "./expression.js";
import { endOf, LoopWriter, type SynapseHookContext } from "./loop-writer.js";
import type { Writer } from "./writer.js";

/** Which pre neurons get a synapse to the post neuron of a row. Those that have one are asked too. */
export function creatingHook(writer: Writer, context: SynapseHookContext, rule: IrRule): void {
  const loop = loopOf(writer, context, rule);
  writer.line(`static void ${context.name("creating")}(const NaSynapses* synapses, int64_t row,`);
  writer.block("    uint8_t* flags, const NaStep* step)", () => {
    loop.begin();
    loop.outer();
    writer.block("for (int64_t k = 0; k < synapses->columns; k++)", () => {
      loop.element("k", "k");
      writer.line(`flags[k] = ${verdict(rule, loop)};`);
    });
  });
  writer.line();
}

/** Which synapses go. */
export function pruningHook(writer: Writer, context: SynapseHookContext, rule: IrRule): void {
  const loop = loopOf(writer, context, rule);
  const end = endOf(rule.loop);
  writer.line(`static void ${context.name("pruning")}(const NaSynapses* synapses,`);
  writer.block("    uint8_t* flags, const NaStep* step)", () => {
    loop.begin();
    loop.along(() => {
      loop.outer();
      writer.block(`for (int64_t s = start[${end}]; s < start[${end} + 1]; s++)`, () => {
        loop.element("s", "partner[s]");
        writer.line(`flags[s] = ${verdict(rule, loop)};`);
      });
    });
  });
  writer.line();
}

function loopOf(writer: Writer, context: SynapseHookContext, rule: IrRule): LoopWriter {
  return new LoopWriter(writer, context, { ...rule, results: [rule.condition] }, false);
}

/** The number is drawn only where the condition holds: it is a function of the pair, so no other changes by that. */
function verdict({ condition, chance }: IrRule, { spelling }: LoopWriter): string {
  const holds = emitExpression(condition, spelling);
  if (chance === null) return `(uint8_t)(${holds})`;
  const number = `na_pair_uniform(0.0, 1.0, step, ${chance.draw}, column, first_post + row)`;
  return `(${holds}) && ${number} < (na_real)${String(chance.probability)}`;
}
