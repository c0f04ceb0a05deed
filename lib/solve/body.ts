import type { Expression, RandomTerm } from "../dsl/ast.js";
import { printStatement } from "../dsl/print.js";
import { some } from "../dsl/traverse.js";
import { InternalError } from "../errors.js";
import { arithmetic, compare, constant, convert, select } from "../ir/build.js";
import type { KernelField } from "../ir/fields.js";
import type { IrDraw, IrExpression, IrHook, IrStatement, IrSynapseHook } from "../ir/ir.js";
import type { Bound, FunctionDefinition, RandomSlot, Update } from "../model/types.js";
import { isCheap, lowerCondition, lowerReal, type Environment } from "./expression.js";
import type { Layout, Reading } from "./layout.js";
import { CALL, ELEMENT, OUTER, Sections, type Level } from "./sections.js";

const NONE: ReadonlyMap<string, IrExpression> = new Map();

/** Where the statements of a hook stand. */
export interface BodyContext {
  readonly layout: Layout;
  readonly model: {
    readonly random: readonly RandomSlot[];
    readonly functions: ReadonlyMap<string, FunctionDefinition>;
    readonly updates: readonly Update[];
  };
  /** How often the value of a field changes while the hook goes through its elements. */
  readonly levelOf: (field: KernelField) => Level;
  /**
   * Work out each value as seldom as its parts allow. Loops over neurons need no help: what they share is out of the
   * loop in the compiled code, and readable where it is used.
   */
  readonly hoists: boolean;
  /** The hook that runs earlier in the step, and may change what this one reads. */
  readonly earlier: Body | null;
}

/** An unknown of an iteration: the field of its variable, and the value to begin with. */
export interface Unknown {
  readonly slot: number;
  readonly start: IrExpression;
}

/**
 * The statements of one hook in the making. Every variable has a current value: its field as it was when the hook
 * began, or the temporary that was assigned last. Fields are stored once, at the end.
 */
export class Body {
  readonly #context: BodyContext;
  readonly #draws = new Map<number, IrDraw>();
  readonly #current = new Map<number, IrExpression>();
  readonly #seen = new Map<number, IrExpression>();
  readonly #sections: Sections;
  /** Fields that `g_target` stands for at the moment. */
  #target: number | null = null;

  constructor(context: BodyContext) {
    this.#context = context;
    this.#sections = new Sections((slot) => this.#fieldLevel(slot), context.hoists);
  }

  /** Say in the generated text where the statements that follow come from. */
  note(text: string): void {
    this.#sections.note(text);
  }

  /** Note the equation of an update. */
  noteSource({ statement, name }: Pick<Update, "statement" | "name">): void {
    this.note(statement === null ? `${name} has no equation` : printStatement(statement));
  }

  /** Lower a number that depends on the current values, or on these values of some names instead. */
  real(expression: Expression, values: ReadonlyMap<string, IrExpression> = NONE): IrExpression {
    return lowerReal(expression, this.#with(values));
  }

  /** Lower a condition on the current values, or on these values of some names instead. */
  condition(
    expression: Expression,
    values: ReadonlyMap<string, IrExpression> = NONE,
  ): IrExpression {
    return lowerCondition(expression, this.#with(values));
  }

  /** Current value of a field. */
  value(slot: number): IrExpression {
    return this.#current.get(slot) ?? this.#seen.get(slot) ?? this.#load(slot);
  }

  /** Current value of a field as a real number. */
  realValue(slot: number): IrExpression {
    return convert("real", this.value(slot));
  }

  /** Give a value a name. */
  keep(value: IrExpression): IrExpression {
    return this.#now.keep(value);
  }

  /**
   * Make this the current value of a field; it is converted to the type that the field has.
   *
   * @param condition Under which the field takes it over; null: always.
   */
  assign(slot: number, value: IrExpression, condition: IrExpression | null = null): void {
    const { type } = this.#context.layout.field(slot);
    const truth = this.#context.layout.isTruth(slot) ? convert("bool", value) : value;
    const stored = convert(type === "real" ? "real" : "int", truth);
    const taken = condition === null ? stored : select(condition, stored, this.value(slot));
    this.#current.set(slot, this.#sections.let(taken));
  }

  /** Make this the current value of a field for the statements that follow, and leave the field as it is. */
  see(slot: number, value: IrExpression): void {
    this.#seen.set(slot, this.#sections.let(value));
  }

  /** if x < min: x = min; if x > max: x = max. A not-a-number stays one. */
  bound(slot: number, { kind, value }: Bound): void {
    const limit = this.keep(this.real(value));
    const current = this.realValue(slot);
    const outside = compare(kind === "min" ? "<" : ">", current, limit);
    this.assign(slot, select(outside, limit, current));
  }

  /** Assign within bounds; where the condition does not hold, the field keeps its value, whatever the bounds. */
  commit(
    slot: number,
    value: IrExpression,
    bounds: readonly Bound[],
    condition: IrExpression | null,
  ): void {
    if (condition === null || bounds.length === 0) {
      this.assign(slot, value, condition);
      for (const bound of bounds) this.bound(slot, bound);
      return;
    }
    const old = this.value(slot);
    this.assign(slot, value);
    for (const bound of bounds) this.bound(slot, bound);
    this.assign(slot, select(condition, this.value(slot), old));
  }

  /** Make these statements for `g_target` as this field. */
  withTarget(slot: number, make: () => void): void {
    this.#target = slot;
    make();
    this.#target = null;
  }

  /** Slot that statements for a name change. */
  slotOf(name: string): number {
    if (name === TARGET && this.#target !== null) return this.#target;
    return this.#context.layout.slotOf(name);
  }

  /**
   * Solve for the unknowns by Newton's method (IrNewton): `steps` gives what is subtracted from the iterates, and works in
   * their place on whatever it needs.
   *
   * @param condition Where it does not hold, nothing is solved; null: everywhere.
   * @returns the solution, in the order of the unknowns.
   */
  newton(
    unknowns: readonly Unknown[],
    condition: IrExpression | null,
    steps: (iterates: readonly IrExpression[]) => readonly IrExpression[],
  ): readonly IrExpression[] {
    const named = unknowns.map(({ slot, start }) => {
      return { id: this.#sections.name(ELEMENT), start, slot };
    });
    const iterates = named.map(({ id }): IrExpression => ({ kind: "temporary", type: "real", id }));
    this.#sections.iterate((body) => {
      return { kind: "newton", condition, unknowns: named, body, steps: steps(iterates) };
    });
    return iterates;
  }

  /**
   * Lower a number that is worked out once per step, before any statement of the step, when it is the same for all
   * elements; otherwise here, for each element.
   */
  once(expression: Expression): IrExpression {
    const { earlier, layout } = this.#context;
    if (!this.isShared(expression)) return this.keep(this.real(expression));
    if (earlier === null || !this.#changesEarlier(expression)) {
      return this.#before.keep(lowerReal(expression, this.#before));
    }
    const slot = layout.addShared();
    earlier.#current.set(slot, earlier.once(expression));
    return this.#load(slot);
  }

  /** Tell whether a value is the same for all elements. */
  isShared(expression: Expression): boolean {
    return !some(expression, (node) => {
      if (node.kind === "random") return true;
      return this.#fieldsOf(node).some((slot) => this.#fieldLevel(slot) !== CALL);
    });
  }

  /** The finished hook of a neuron type, or of what a synapse type does once. */
  finish(): IrHook {
    const { prelude, body } = this.#sections.finish();
    return {
      draws: [...this.#draws.values()],
      prelude,
      body: [...body, ...this.#stores(() => true)],
    };
  }

  /** The finished hook of a synapse type. What is the same for all synapses of a row or column is stored for it. */
  finishLoop(loop: IrSynapseHook["loop"]): IrSynapseHook {
    const isOuter = (slot: number): boolean => this.#fieldLevel(slot) === OUTER;
    const { prelude, outer, body } = this.#sections.finish();
    return {
      loop,
      draws: [...this.#draws.values()],
      prelude,
      outer: [...outer, ...this.#stores(isOuter)],
      body: [...body, ...this.#stores((slot) => !isOuter(slot))],
    };
  }

  #stores(passes: (slot: number) => boolean): readonly IrStatement[] {
    return [...this.#current].flatMap(([slot, value]) =>
      passes(slot) ? [{ kind: "store", slot, value }] : [],
    );
  }

  /** Values at this point of the body. */
  readonly #now: Environment = {
    read: (reading) => this.#read(reading, (slot) => this.value(slot)),
    draw: (term) => this.#draw(term),
    keep: (value) => (isCheap(value) ? value : this.#sections.let(value)),
    function: (name) => this.#context.model.functions.get(name) ?? null,
  };

  /** Values before the first statement. */
  readonly #before: Environment = {
    ...this.#now,
    read: (reading) => this.#read(reading, (slot) => this.#load(slot)),
    draw: () => {
      throw new InternalError("a draw is not the same for all elements");
    },
    keep: (value) => (isCheap(value) ? value : this.#sections.define(value, CALL)),
  };

  #with(values: ReadonlyMap<string, IrExpression>): Environment {
    if (values.size === 0) return this.#now;
    return {
      ...this.#now,
      read: (reading) =>
        (reading.kind === "name" ? values.get(reading.name) : undefined) ?? this.#now.read(reading),
    };
  }

  #read(reading: Reading, value: (slot: number) => IrExpression): IrExpression | null {
    const { layout } = this.#context;
    if (reading.kind === "name") {
      if (reading.name === TARGET && this.#target !== null) return value(this.#target);
      const lastSpike = layout.lastSpikeFor(reading.name);
      if (lastSpike !== null) {
        const resolution: IrExpression = { kind: "clock", name: "resolution" };
        return arithmetic("*", convert("real", value(lastSpike)), resolution);
      }
    }
    const slots = layout.slotsFor(reading);
    if (slots === null) return null;
    const [first, ...rest] = slots.map((slot) => value(slot));
    if (first === undefined) return constant("real", 0);
    return rest.reduce((sum, next) => arithmetic("+", sum, next), first);
  }

  /** The fields that a node of an expression reads by itself. */
  #fieldsOf(node: Expression): readonly number[] {
    const { layout } = this.#context;
    if (node.kind === "name") {
      if (node.name === TARGET && this.#target !== null) return [this.#target];
      const lastSpike = layout.lastSpikeFor(node.name);
      return lastSpike === null ? (layout.slotsFor(node) ?? []) : [lastSpike];
    }
    const isReading = node.kind === "remote" || node.kind === "input" || node.kind === "reduction";
    return isReading ? (layout.slotsFor(node) ?? []) : [];
  }

  #load(slot: number): IrExpression {
    const { type } = this.#context.layout.field(slot);
    return { kind: "load", type: type === "real" ? "real" : "int", slot };
  }

  #fieldLevel(slot: number): Level {
    return this.#context.levelOf(this.#context.layout.field(slot));
  }

  #draw({ slot, call }: RandomTerm): IrExpression {
    if (!this.#draws.has(slot)) {
      const { distribution, parameters } = this.#context.model.random[slot]!;
      const values = parameters.map((parameter, i) =>
        typeof parameter === "number"
          ? constant("real", parameter)
          : this.once({ kind: "name", name: parameter, span: call.operands[i]!.span }),
      );
      this.#draws.set(slot, { draw: slot, distribution, parameters: values });
    }
    return { kind: "draw", draw: slot };
  }

  #changesEarlier(expression: Expression): boolean {
    const global = this.#context.model.updates.filter(({ locality }) => locality === "global");
    const changed = new Set(global.map(({ name }) => name));
    return some(expression, (node) => node.kind === "name" && changed.has(node.name));
  }
}

/** The conductance that event code changes, whichever target it is for. */
export const TARGET = "g_target";
