import { distributions } from "../dsl/functions.js";
import type { IrCount, IrHook, KernelIr } from "../ir/ir.js";
import { emitExpression, type Spelling } from "./expression.js";
import { cType, variable } from "./fields.js";
import { emitStatements, storedSlots, usesOf, type EmittedHook } from "./statements.js";
import type { Writer } from "./writer.js";

/** What every hook of a neuron type is written with. */
export interface HookContext {
  readonly ir: Pick<KernelIr, "fields">;
  readonly precision: "double" | "float";
  /** Name of a function or table of the unit. */
  readonly name: (part: string) => string;
}

/** Statements that are the same for all elements: the hook `globals`. */
export function globalsHook(writer: Writer, context: HookContext, hook: IrHook): void {
  const head = `static void ${context.name("globals")}(void* const* fields, const NaStep* step)`;
  writer.block(head, () => globalsBody(writer, context, hook));
  writer.line();
}

/** What stands in the hook `globals`, with `fields` and `step` in reach. */
export function globalsBody(writer: Writer, context: HookContext, hook: IrHook): void {
  const spelling = spell(context);
  begin(writer, context, hook, spelling);
  if (hook.draws.length > 0) writer.line("const int i = 0;");
  draws(writer, hook, spelling, "0");
  const destination = (slot: number): string =>
    `((${cType(context.ir.fields[slot]!)}*)fields[${slot}])[0]`;
  const failing = { element: "0", partner: "-1" };
  emitStatements(writer, hook.body, { spelling, destination, failing });
}

/**
 * The hooks `update` and `axon`: statements of the neurons of a range. The inner loop has a constant number of turns, so
 * that it becomes whole vectors without a tail.
 */
export function rangeHook(
  writer: Writer,
  context: HookContext,
  part: "update" | "axon",
  hook: IrHook,
): void {
  const spelling = spell(context);
  writer.line(`static void ${context.name(part)}(void* const* fields, int64_t begin, int64_t end,`);
  writer.block("    const NaStep* step)", () => {
    begin(writer, context, hook, spelling);
    writer.block("for (int64_t block = begin; block < end; block += NA_BLOCK)", () => {
      draws(writer, hook, spelling, "block / NA_BLOCK");
      pointers(writer, context, hook, " + block");
      if (!usesOf(hook).iterates) writer.line("#pragma omp simd");
      writer.block("for (int i = 0; i < NA_BLOCK; i++)", () =>
        element(writer, context, hook, spelling, "block + i"),
      );
    });
  });
  writer.line();
}

/** The hooks `reset` and `axon_reset`: statements of the neurons of a list. */
export function listHook(
  writer: Writer,
  context: HookContext,
  part: "reset" | "axon_reset",
  hook: IrHook,
): void {
  const spelling = spell(context);
  writer.line(`static void ${context.name(part)}(void* const* fields, const int32_t* ranks,`);
  writer.block("    int64_t count, const NaStep* step)", () => {
    begin(writer, context, hook, spelling);
    pointers(writer, context, hook, "");
    writer.block("for (int64_t k = 0; k < count; k++)", () => {
      writer.line("const int32_t i = ranks[k];");
      element(writer, context, hook, spelling, "i");
    });
  });
  writer.line();
}

/** The hook `stop`: for how many neurons of a range a condition holds. */
export function stopHook(writer: Writer, context: HookContext, hook: IrCount): void {
  const spelling = spell(context);
  const whole: EmittedHook = { ...hook, results: [hook.condition] };
  writer.line(
    `static int64_t ${context.name("stop")}(void* const* fields, int64_t begin, int64_t end,`,
  );
  writer.block("    const NaStep* step)", () => {
    begin(writer, context, whole, spelling);
    pointers(writer, context, whole, "");
    writer.line("int64_t count = 0;");
    writer.block("for (int64_t i = begin; i < end; i++)", () => {
      element(writer, context, whole, spelling, "i");
      writer.line(`count += ${emitExpression(hook.condition, spelling)};`);
    });
    writer.line("return count;");
  });
  writer.line();
}

/** The clock, the global fields that the hook reads, and what is worked out once per call. */
function begin(writer: Writer, context: HookContext, hook: EmittedHook, spelling: Spelling): void {
  const { slots, clocks, step } = usesOf(hook);
  const touched = slots.length + storedSlots(hook).length;
  if (touched === 0) writer.line("(void)fields;");
  if (!step) writer.line("(void)step;");
  for (const clock of clocks) writer.line(`const na_real ${clock} = (na_real)step->${clock};`);
  for (const slot of slots) {
    const field = context.ir.fields[slot]!;
    if (field.scope === "local") continue;
    const type = cType(field);
    writer.line(`const ${type} ${variable(field, slot)} = ((const ${type}*)fields[${slot}])[0];`);
  }
  const failing = { element: "0", partner: "-1" };
  emitStatements(writer, hook.prelude, { spelling, destination: () => "", failing });
}

/** One array of random numbers per draw, for the elements of a block. */
function draws(writer: Writer, hook: IrHook, spelling: Spelling, block: string): void {
  for (const { draw, distribution, parameters } of hook.draws) {
    const values = parameters.map((parameter) => emitExpression(parameter, spelling));
    writer.line(`na_real d${draw}[NA_BLOCK];`);
    writer.line(
      `${distributions[distribution].c}(d${draw}, ${values.join(", ")}, step, ${draw}, ${block});`,
    );
  }
}

/** The local fields that the hook touches. */
function pointers(writer: Writer, { ir }: HookContext, hook: EmittedHook, offset: string): void {
  const stored = new Set(storedSlots(hook));
  const touched = new Set([...usesOf(hook).slots, ...stored]);
  for (const slot of [...touched].sort((a, b) => a - b)) {
    const field = ir.fields[slot]!;
    if (field.scope === "global") continue;
    const type = stored.has(slot) ? cType(field) : `const ${cType(field)}`;
    writer.line(`${type}* restrict f${slot} = (${type}*)fields[${slot}]${offset};`);
  }
}

/** The values of one element, and its statements. */
function element(
  writer: Writer,
  { ir }: HookContext,
  hook: EmittedHook,
  spelling: Spelling,
  rank: string,
): void {
  for (const slot of usesOf(hook).slots) {
    const field = ir.fields[slot]!;
    if (field.scope === "global") continue;
    writer.line(`const ${cType(field)} ${variable(field, slot)} = f${slot}[i];`);
  }
  const destination = (slot: number): string => `f${slot}[i]`;
  const failing = { element: rank, partner: "-1" };
  emitStatements(writer, hook.body, { spelling, destination, failing });
}

function spell({ ir, precision }: HookContext): Spelling {
  return {
    precision,
    load: (slot) => variable(ir.fields[slot]!, slot),
    draw: (draw) => `d${draw}[i]`,
  };
}
