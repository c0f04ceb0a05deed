import { distributions } from "../dsl/functions.js";
import type { KernelField } from "../ir/fields.js";
import type { IrLoop, IrRule, SynapseIr } from "../ir/ir.js";
import { isAlong, isDelayed, storageLoop } from "../ir/loops.js";
import { emitExpression, type Spelling } from "./expression.js";
import { cType, variable } from "./fields.js";
import { emitStatements, storedSlots, usesOf, type EmittedHook, type Place } from "./statements.js";
import type { Writer } from "./writer.js";

/** What every hook of a synapse type is written with. */
export interface SynapseHookContext {
  readonly ir: SynapseIr;
  readonly precision: "double" | "float";
  /** Name of a function or table of the unit. */
  readonly name: (part: string) => string;
}

/** The index of the rows or columns that a loop goes along, and that of the other end. */
export function endOf(loop: IrLoop): "row" | "column" {
  return loop === "synapsesByColumn" ? "column" : "row";
}

/** Address of the values of a field. */
export function address(field: KernelField, slot: number, isConst = false): string {
  return `(${isConst ? "const " : ""}${cType(field)}*)fields[${slot}]`;
}

/** What is written as a loop. */
type LoopHook = EmittedHook & { readonly loop: IrLoop; readonly chance?: IrRule["chance"] };

/** Writes one loop: its addresses, what is worked out once, per row or column, and per synapse. */
export class LoopWriter {
  readonly #writer: Writer;
  readonly #context: SynapseHookContext;
  readonly #hook: LoopHook;
  /** Local fields of the pre population are read through the delay of each synapse. */
  readonly #delayed: boolean;
  readonly #slots: readonly number[];
  readonly #stored: ReadonlySet<number>;
  /** Fields that change from synapse to synapse. */
  readonly #changing: ReadonlySet<number>;
  readonly spelling: Spelling;

  constructor(writer: Writer, context: SynapseHookContext, hook: LoopHook, delayed: boolean) {
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
    const { clocks, step } = usesOf(this.#hook);
    const writer = this.#writer;
    if (!step) writer.line("(void)step;");
    for (const clock of clocks) writer.line(`const na_real ${clock} = (na_real)step->${clock};`);
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

  /**
   * No synapse depends on another one, but where they all change one value of their row or column: two synapses of a row
   * have two columns, and the other way round.
   */
  vectorise(): void {
    if (usesOf(this.#hook).iterates || this.#hook.draws.length > 0) return;
    const end = endOf(this.#hook.loop);
    const isShared = (slot: number): boolean => indexOf(this.#field(slot)) === end;
    if (this.#hook.loop !== "rows" && [...this.#changing].some(isShared)) return;
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
    if (loop === "rows" || loop === "candidates") return;
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
    const { draws, chance = null } = this.#hook;
    return draws.length > 0 || chance !== null || usesOf(this.#hook).iterates;
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
