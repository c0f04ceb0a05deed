import type { IrExpansion, IrHook, IrSynapseHook, IrTransmission } from "../ir/ir.js";
import { storageLoop } from "../ir/loops.js";
import { emitExpression } from "./expression.js";
import { cType } from "./fields.js";
import { globalsBody } from "./hooks.js";
import { address, endOf, LoopWriter, type SynapseHookContext } from "./loop-writer.js";
import { usesOf } from "./statements.js";
import type { Writer } from "./writer.js";

/** Statements that are the same for all synapses. */
export function synapseGlobalsHook(
  writer: Writer,
  context: SynapseHookContext,
  hook: IrHook,
): void {
  writer.block(partHead(context, "globals"), () => {
    writer.line("void* const* fields = synapses->fields;");
    globalsBody(writer, context, hook);
  });
  writer.line();
}

/** The psp of every synapse, reduced over its row. */
export function transmitHook(
  writer: Writer,
  context: SynapseHookContext,
  hook: IrTransmission,
): void {
  const loop = new LoopWriter(
    writer,
    context,
    { ...hook, results: [hook.psp] },
    context.ir.delayed,
  );
  writer.block(partHead(context, "transmit"), () => {
    loop.begin();
    for (const slot of hook.targets) {
      const field = context.ir.fields[slot]!;
      if (!loop.touches(slot)) writer.line(`${cType(field)}* f${slot} = ${address(field, slot)};`);
    }
    loop.along(() => {
      // Rows without synapses are left alone.
      writer.line("if (start[row] == start[row + 1]) continue;");
      loop.outer();
      writer.line("na_real total = 0;");
      writer.block("for (int64_t s = start[row]; s < start[row + 1]; s++)", () => {
        loop.element("s", "partner[s]");
        const psp = emitExpression(hook.psp, loop.spelling);
        writer.line(reductions[hook.operation](psp));
      });
      if (hook.operation === "mean")
        writer.line("total /= (na_real)(start[row + 1] - start[row]);");
      for (const slot of hook.targets) writer.line(`f${slot}[row] += total;`);
    });
  });
  writer.line();
}

/** How a value joins those before it; the first one begins. */
const reductions: { readonly [O in IrTransmission["operation"]]: (psp: string) => string } = {
  sum: (psp) => `total += ${psp};`,
  mean: (psp) => `total += ${psp};`,
  max: (psp) => extreme(psp, ">"),
  min: (psp) => extreme(psp, "<"),
};

function extreme(psp: string, operator: string): string {
  return `total = s == start[row] || ${psp} ${operator} total ? ${psp} : total;`;
}

/** Semiglobal statements of every row, then local ones of every synapse. */
export function synapseUpdateHook(
  writer: Writer,
  context: SynapseHookContext,
  hooks: readonly IrSynapseHook[],
): void {
  forBothAnswers(writer, context, "update", hooks, () => {
    for (const hook of hooks) {
      const write = (): void => {
        updateLoop(writer, context, hook);
      };
      // Each loop has its own names.
      if (hooks.length > 1) writer.block("", write);
      else write();
    }
  });
  writer.line();
}

function updateLoop(writer: Writer, context: SynapseHookContext, hook: IrSynapseHook): void {
  const loop = new LoopWriter(writer, context, hook, context.ir.delayed);
  loop.begin();
  if (hook.loop === "rows") {
    loop.vectorise();
    writer.block("for (int64_t row = 0; row < synapses->rows; row++)", () => loop.elementOfRow());
    return;
  }
  const end = endOf(hook.loop);
  loop.along(() => {
    loop.outer();
    loop.vectorise();
    writer.block(`for (int64_t s = start[${end}]; s < start[${end} + 1]; s++)`, () =>
      loop.element("s", "partner[s]"),
    );
  });
}

/** What happens to the synapses of some columns or rows. */
export function eventHook(
  writer: Writer,
  context: SynapseHookContext,
  part: "on_pre" | "on_axon" | "on_post",
  hook: IrSynapseHook,
): void {
  const loop = new LoopWriter(writer, context, hook, false);
  const isStored = hook.loop === storageLoop(context.ir);
  forBothAnswers(writer, context, part, [hook], () => {
    loop.begin();
    writer.block("for (int64_t k = 0; k < count; k++)", () => {
      loop.neuron("segments[k].neuron");
      loop.outer();
      loop.vectorise();
      writer.block("for (int64_t j = segments[k].begin; j < segments[k].end; j++)", () => {
        if (isStored) loop.element("j", "partner[j]");
        else loop.element("cross[j].position", "cross[j].partner");
      });
    });
  });
  writer.line();
}

/** Values of variables that are held once per row or column, for every synapse. */
export function expandHook(
  writer: Writer,
  context: SynapseHookContext,
  expansions: readonly IrExpansion[],
): void {
  writer.line(`static void ${context.name("expand")}(const NaSynapses* synapses, int32_t slot,`);
  writer.block("    na_real* values, const NaStep* step)", () => {
    for (const expansion of expansions) {
      writer.block(`if (slot == ${expansion.slot})`, () => {
        const loop = new LoopWriter(
          writer,
          context,
          { ...expansion, results: [expansion.value] },
          false,
        );
        loop.begin();
        const end = endOf(expansion.loop);
        loop.along(() => {
          loop.outer();
          writer.block(`for (int64_t s = start[${end}]; s < start[${end} + 1]; s++)`, () => {
            loop.element("s", "partner[s]");
            writer.line(`values[s] = ${emitExpression(expansion.value, loop.spelling)};`);
          });
        });
      });
    }
  });
  writer.line();
}

/**
 * A hook. Where it asks whether the projection learns, it is compiled once for each answer: compilers make no vectors of a
 * choice between values that is the same for all of them.
 */
function forBothAnswers(
  writer: Writer,
  context: SynapseHookContext,
  part: "update" | "on_pre" | "on_axon" | "on_post",
  hooks: readonly IrSynapseHook[],
  body: () => void,
): void {
  const isEvent = part !== "update";
  const parameters = [
    "const NaSynapses* synapses",
    ...(isEvent ? ["const NaSegment* segments", "int64_t count"] : []),
    "const NaStep* step",
  ].join(", ");
  const asks = hooks.some((hook) => usesOf(hook).plasticity);
  const name = context.name(part);
  if (!asks) {
    writer.block(`static void ${name}(${parameters})`, body);
    return;
  }
  writer.block(`NA_INLINE void ${name}_when(${parameters}, const int plasticity)`, body);
  writer.line();
  const values = isEvent ? "synapses, segments, count, step" : "synapses, step";
  writer.block(`static void ${name}(${parameters})`, () => {
    writer.line(`if (synapses->plasticity) ${name}_when(${values}, 1);`);
    writer.line(`else ${name}_when(${values}, 0);`);
  });
}

function partHead({ name }: SynapseHookContext, part: string): string {
  return `static void ${name(part)}(const NaSynapses* synapses, const NaStep* step)`;
}
