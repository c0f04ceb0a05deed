import { distributions } from "../dsl/functions.js";
import { walkIr } from "../ir/build.js";
import type { KernelField } from "../ir/fields.js";
import type { IrExpression, IrHook, IrStatement, KernelIr } from "../ir/ir.js";
import { cTypes, emitExpression, type Spelling } from "./expression.js";
import type { Writer } from "./writer.js";

/** What every hook of a unit is written with. */
export interface HookContext {
  readonly ir: KernelIr;
  readonly precision: "double" | "float";
  /** Name of a function or table of the unit. */
  readonly name: (part: string) => string;
}

/** Hook 1, population-wide statements. */
export function globalsHook(writer: Writer, context: HookContext, hook: IrHook): void {
  const head = `static void ${context.name("globals")}(void* const* fields, const NaStep* step)`;
  const spelling = spell(context);
  writer.block(head, () => {
    begin(writer, context, hook, spelling);
    if (hook.draws.length > 0) writer.line("const int i = 0;");
    draws(writer, hook, spelling, "0");
    const to = (slot: number): string =>
      `((${cType(context.ir.fields[slot]!)}*)fields[${slot}])[0]`;
    statements(writer, hook.body, spelling, to);
  });
  writer.line();
}

/**
 * Hook 2, local statements and the spike condition. The inner loop has a constant number of turns, so that it
 * becomes whole vectors without a tail.
 */
export function updateHook(writer: Writer, context: HookContext, hook: IrHook): void {
  const spelling = spell(context);
  writer.line(
    `static void ${context.name("update")}(void* const* fields, int64_t begin, int64_t end,`,
  );
  writer.block("    const NaStep* step)", () => {
    begin(writer, context, hook, spelling);
    writer.block("for (int64_t block = begin; block < end; block += NA_BLOCK)", () => {
      draws(writer, hook, spelling, "block / NA_BLOCK");
      pointers(writer, context, hook, " + block");
      writer.line("#pragma omp simd");
      writer.block("for (int i = 0; i < NA_BLOCK; i++)", () =>
        element(writer, context, hook, spelling),
      );
    });
  });
  writer.line();
}

/** Hook 3, the statements of neurons that spiked. */
export function resetHook(writer: Writer, context: HookContext, hook: IrHook): void {
  const spelling = spell(context);
  writer.line(`static void ${context.name("reset")}(void* const* fields, const int32_t* ranks,`);
  writer.block("    int64_t count, const NaStep* step)", () => {
    begin(writer, context, hook, spelling);
    pointers(writer, context, hook, "");
    writer.block("for (int64_t k = 0; k < count; k++)", () => {
      writer.line("const int32_t i = ranks[k];");
      element(writer, context, hook, spelling);
    });
  });
  writer.line();
}

/** The clock, the global fields that the hook reads, and what is worked out once per call. */
function begin(writer: Writer, context: HookContext, hook: IrHook, spelling: Spelling): void {
  const { slots, clocks, step } = uses(hook);
  if (!step) writer.line("(void)step;");
  for (const clock of clocks) writer.line(`const na_real ${clock} = (na_real)step->${clock};`);
  for (const slot of slots) {
    const field = context.ir.fields[slot]!;
    if (field.scope === "local") continue;
    const type = cType(field);
    writer.line(`const ${type} ${variable(field, slot)} = ((const ${type}*)fields[${slot}])[0];`);
  }
  statements(writer, hook.prelude, spelling, () => "");
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
function pointers(writer: Writer, { ir }: HookContext, hook: IrHook, offset: string): void {
  const { slots } = uses(hook);
  const stored = storedSlots(hook);
  for (const slot of [...new Set([...slots, ...stored])].sort((a, b) => a - b)) {
    const field = ir.fields[slot]!;
    if (field.scope === "global") continue;
    const type = stored.has(slot) ? cType(field) : `const ${cType(field)}`;
    writer.line(`${type}* restrict f${slot} = (${type}*)fields[${slot}]${offset};`);
  }
}

/** The values of one element, and its statements. */
function element(writer: Writer, { ir }: HookContext, hook: IrHook, spelling: Spelling): void {
  for (const slot of uses(hook).slots) {
    const field = ir.fields[slot]!;
    if (field.scope === "global") continue;
    writer.line(`const ${cType(field)} ${variable(field, slot)} = f${slot}[i];`);
  }
  statements(writer, hook.body, spelling, (slot) => `f${slot}[i]`);
}

function statements(
  writer: Writer,
  list: readonly IrStatement[],
  spelling: Spelling,
  destination: (slot: number) => string,
): void {
  for (const statement of list) {
    switch (statement.kind) {
      case "note":
        writer.line(`// ${statement.text}`);
        break;
      case "let": {
        const value = emitExpression(statement.value, spelling);
        writer.line(`const ${cTypes[statement.type]} t${statement.id} = ${value};`);
        break;
      }
      case "store":
        writer.line(
          `${destination(statement.slot)} = ${emitExpression(statement.value, spelling)};`,
        );
        break;
    }
  }
}

/** Fields that a hook reads, in the order of their slots, and what it needs to know of the step. */
function uses(hook: IrHook): {
  readonly slots: readonly number[];
  readonly clocks: readonly string[];
  readonly step: boolean;
} {
  const slots = new Set<number>();
  const clocks = new Set<string>();
  let step = hook.draws.length > 0;
  const visit = (node: IrExpression): void => {
    if (node.kind === "load") slots.add(node.slot);
    if (node.kind === "clock") clocks.add(node.name);
    step ||= node.kind === "clock" || node.kind === "steps";
  };
  for (const statement of [...hook.prelude, ...hook.body]) {
    if (statement.kind !== "note") walkIr(statement.value, visit);
  }
  for (const { parameters } of hook.draws) {
    for (const parameter of parameters) walkIr(parameter, visit);
  }
  return { slots: [...slots].sort((a, b) => a - b), clocks: [...clocks].sort(), step };
}

function storedSlots(hook: IrHook): ReadonlySet<number> {
  return new Set(hook.body.flatMap((item) => (item.kind === "store" ? [item.slot] : [])));
}

function spell({ ir, precision }: HookContext): Spelling {
  return { precision, load: (slot) => variable(ir.fields[slot]!, slot) };
}

function cType({ type }: KernelField): string {
  return type === "real" ? "na_real" : "int32_t";
}

/**
 * The variable that holds a field. Names of users get a prefix, so that none can be a word of C; letters beyond ASCII
 * give way to the number of the slot.
 */
function variable({ name, role }: KernelField, slot: number): string {
  if (role !== "attribute" && role !== "constant") return name.slice(1);
  return /^\w+$/.test(name) ? `u_${name}` : `u${slot}`;
}
