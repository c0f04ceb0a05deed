import { distributions } from "../dsl/functions.js";
import type { KernelField } from "../ir/fields.js";
import type {
  IrExpansion,
  IrHook,
  IrLoop,
  IrSynapseHook,
  IrTransmission,
  SynapseIr,
} from "../ir/ir.js";
import { isAlong, isDelayed, storageLoop } from "../ir/loops.js";
import { emitExpression, type Spelling } from "./expression.js";
import { cType, variable } from "./fields.js";
import { globalsBody } from "./hooks.js";
import { emitStatements, storedSlots, usesOf, type EmittedHook, type Place } from "./statements.js";
import type { Writer } from "./writer.js";

/** What every hook of a synapse type is written with. */
export interface SynapseHookContext {
  readonly ir: SynapseIr;
  readonly precision: "double" | "float";
  /** Name of a function or table of the unit. */
  readonly name: (part: string) => string;
}

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
  writer.block(partHead(context, "update"), () => {
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
  writer.line(`static void ${context.name(part)}(const NaSynapses* synapses,`);
  writer.block("    const NaSegment* segments, int64_t count, const NaStep* step)", () => {
    loop.begin();
    writer.block("for (int64_t k = 0; k < count; k++)", () => {
      loop.neuron("segments[k].neuron");
      loop.outer();
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

function partHead({ name }: SynapseHookContext, part: string): string {
  return `static void ${name(part)}(const NaSynapses* synapses, const NaStep* step)`;
}

/** The index of the rows or columns that a loop goes along, and that of the other end. */
function endOf(loop: IrLoop): "row" | "column" {
  return loop === "synapsesByColumn" ? "column" : "row";
}

/** Address of the values of a field. */
function address(field: KernelField, slot: number, isConst = false): string {
  return `(${isConst ? "const " : ""}${cType(field)}*)fields[${slot}]`;
}

/** Writes one loop: its addresses, what is worked out once, per row or column, and per synapse. */
class LoopWriter {
  readonly #writer: Writer;
  readonly #context: SynapseHookContext;
  readonly #hook: EmittedHook & { readonly loop: IrLoop };
  /** Local fields of the pre population are read through the delay of each synapse. */
  readonly #delayed: boolean;
  readonly #slots: readonly number[];
  readonly #stored: ReadonlySet<number>;
  /** Fields that change from synapse to synapse. */
  readonly #changing: ReadonlySet<number>;
  readonly spelling: Spelling;

  constructor(
    writer: Writer,
    context: SynapseHookContext,
    hook: EmittedHook & { readonly loop: IrLoop },
    delayed: boolean,
  ) {
    this.#writer = writer;
    this.#context = context;
    this.#hook = hook;
    this.#delayed = delayed;
    this.#slots = usesOf(hook).slots;
    this.#stored = new Set(storedSlots(hook));
    this.#changing = new Set(storedSlots({ ...hook, outer: [] }));
    this.spelling = {
      precision: context.precision,
      load: (slot) => variable(this.#field(slot), slot),
      draw: (draw) => `d${draw}`,
    };
  }

  /** Tell whether the loop has the address of a field. */
  touches(slot: number): boolean {
    return this.#stored.has(slot) || this.#slots.includes(slot);
  }

  /** What stands before the loop. */
  begin(): void {
    const { clocks, step, plasticity } = usesOf(this.#hook);
    const writer = this.#writer;
    if (!step) writer.line("(void)step;");
    for (const clock of clocks) writer.line(`const na_real ${clock} = (na_real)step->${clock};`);
    if (plasticity) writer.line("const int plasticity = synapses->plasticity != 0;");
    writer.line("void* const* fields = synapses->fields;");
    this.#indices();
    for (const slot of this.#touched()) {
      const field = this.#field(slot);
      if (field.scope === "global") {
        const type = cType(field);
        const value = `((const ${type}*)fields[${slot}])[0]`;
        writer.line(`const ${type} ${variable(field, slot)} = ${value};`);
      } else if (this.#isThroughDelay(field)) {
        const table = `const ${cType(field)}* const*`;
        writer.line(`${table} f${slot} = (${table})fields[${slot}];`);
      } else this.#pointer(field, slot);
    }
    if (this.#isAnyDelayed()) {
      const slot = this.#delaySlot();
      if (!this.touches(slot)) this.#pointer(this.#field(slot), slot);
    }
    emitStatements(writer, this.#hook.prelude, this.#place());
    if (this.#needsFirstPost()) writer.line("const int64_t first_post = synapses->first_post;");
  }

  /** Go along all rows, or all columns. */
  along(inside: () => void): void {
    const end = endOf(this.#hook.loop);
    const head = `for (int64_t ${end} = 0; ${end} < synapses->${end}s; ${end}++)`;
    this.#writer.block(head, inside);
  }

  /** No synapse depends on another one. */
  vectorise(): void {
    if (usesOf(this.#hook).iterates || this.#hook.draws.length > 0) return;
    this.#writer.line("#pragma omp simd");
  }

  /** The row or column that an event is for. */
  neuron(value: string): void {
    const end = endOf(this.#hook.loop);
    if (this.#needs(end)) this.#writer.line(`const int64_t ${end} = ${value};`);
  }

  /** The values of a row or column. */
  outer(): void {
    this.#load((field, slot) => this.#isOuter(field, slot));
    emitStatements(this.#writer, this.#hook.outer ?? [], this.#place());
  }

  /** The values of a synapse, and its statements. */
  element(position: string, partner: string): void {
    const other = this.#hook.loop === "synapsesByColumn" ? "row" : "column";
    if (position !== "s" && this.#needs("s")) this.#writer.line(`const int64_t s = ${position};`);
    if (this.#needs(other)) this.#writer.line(`const int64_t ${other} = ${partner};`);
    this.#draws("column", "first_post + row");
    this.#load((field, slot) => !this.#isOuter(field, slot));
    emitStatements(this.#writer, this.#hook.body, this.#place());
  }

  /** The values of a row, and its statements, where rows are the elements. */
  elementOfRow(): void {
    this.#draws("NA_NOBODY", "first_post + row");
    this.#load(() => true);
    emitStatements(this.#writer, this.#hook.body, this.#place());
  }

  #draws(pre: string, post: string): void {
    for (const { draw, distribution, parameters } of this.#hook.draws) {
      const values = parameters.map((parameter) => emitExpression(parameter, this.spelling));
      const { c } = distributions[distribution];
      const call = `${c.replace("na_draw", "na_pair")}(${values.join(", ")}, step, ${draw}, ${pre}, ${post})`;
      this.#writer.line(`const na_real d${draw} = ${call};`);
    }
  }

  /** Read the fields that pass, each into a variable. */
  #load(passes: (field: KernelField, slot: number) => boolean): void {
    for (const slot of this.#slots) {
      const field = this.#field(slot);
      if (field.scope === "global" || !passes(field, slot)) continue;
      const value = this.#element(field, slot);
      this.#writer.line(`const ${cType(field)} ${variable(field, slot)} = ${value};`);
    }
  }

  /** The place of a value in its field. */
  #element(field: KernelField, slot: number): string {
    if (this.#isThroughDelay(field)) return `f${slot}[f${this.#delaySlot()}[s]][column]`;
    return `f${slot}[${indexOf(field)}]`;
  }

  #place(): Place {
    const { loop } = this.#hook;
    return {
      spelling: this.spelling,
      destination: (slot) => `f${slot}[${indexOf(this.#field(slot))}]`,
      failing: { element: "first_post + row", partner: loop === "rows" ? "-1" : "column" },
    };
  }

  #indices(): void {
    const { loop } = this.#hook;
    if (loop === "rows") return;
    const isStored = loop === storageLoop(this.#context.ir);
    const isEvent = this.#isEvent();
    if (isStored && !isEvent) this.#writer.line("const int64_t* start = synapses->start;");
    this.#writer.line(
      isStored
        ? "const na_index* partner = (const na_index*)synapses->partner;"
        : "const NaEntry* cross = synapses->cross;",
    );
  }

  /** Events say themselves which synapses they are for. */
  #isEvent(): boolean {
    const { onPre, onAxon, onPost } = this.#context.ir;
    return [onPre, onAxon, onPost].some((hook) => hook === this.#hook);
  }

  /** Own fields are nobody else's; those of the populations may be one and the same. */
  #pointer(field: KernelField, slot: number): void {
    const isConst = !this.#stored.has(slot) && field.role !== "target";
    const restrict = field.owner === "self" ? "restrict " : "";
    const type = `${isConst ? "const " : ""}${cType(field)}*`;
    this.#writer.line(`${type} ${restrict}f${slot} = ${address(field, slot, isConst)};`);
  }

  #touched(): readonly number[] {
    return [...new Set([...this.#slots, ...this.#stored])].sort((a, b) => a - b);
  }

  #isOuter(field: KernelField, slot: number): boolean {
    return isAlong(field, this.#hook.loop, this.#delayed) && !this.#changing.has(slot);
  }

  #isThroughDelay(field: KernelField): boolean {
    return this.#delayed && isDelayed(field);
  }

  #isAnyDelayed(): boolean {
    return this.#slots.some((slot) => this.#isThroughDelay(this.#field(slot)));
  }

  #delaySlot(): number {
    return this.#context.ir.fields.findIndex(({ role }) => role === "delay");
  }

  #needsFirstPost(): boolean {
    return this.#hook.draws.length > 0 || usesOf(this.#hook).iterates;
  }

  /** Tell whether the statements of a synapse need an index. */
  #needs(index: "s" | "row" | "column"): boolean {
    if (index === "s" && this.#isAnyDelayed()) return true;
    if (index !== "s" && this.#needsFirstPost()) return true;
    return this.#touched().some((slot) => {
      const field = this.#field(slot);
      return field.scope !== "global" && indexOf(field) === index;
    });
  }

  #field(slot: number): KernelField {
    return this.#context.ir.fields[slot]!;
  }
}

/** Where the value of a field for a synapse stands. */
function indexOf({ owner, scope }: KernelField): "s" | "row" | "column" {
  if (owner === "pre" || (owner === "self" && scope === "column")) return "column";
  return owner === "post" || scope === "row" ? "row" : "s";
}
