import type { Expression, RandomTerm } from "../dsl/ast.js";
import { printStatement } from "../dsl/print.js";
import { some } from "../dsl/traverse.js";
import { InternalError } from "../errors.js";
import {
  arithmetic,
  compare,
  constant,
  convert,
  mapOperands,
  operandsOf,
  select,
  typeOf,
} from "../ir/build.js";
import type { KernelField } from "../ir/fields.js";
import type {
  IrDraw,
  IrExpression,
  IrHook,
  IrNewton,
  IrStatement,
  IrSynapseHook,
} from "../ir/ir.js";
import type { Bound, FunctionDefinition, RandomSlot, Update } from "../model/types.js";
import { isCheap, lowerCondition, lowerReal, type Environment } from "./expression.js";
import type { Layout, Reading } from "./layout.js";

const NONE: ReadonlyMap<string, IrExpression> = new Map();

/** How often a value is worked out. */
export type Level = 0 | 1 | 2;
/** Once per call of a hook. */
export const CALL: Level = 0;
/** Once per row or column of synapses. */
export const OUTER: Level = 1;
/** Once per neuron or synapse. */
export const ELEMENT: Level = 2;

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

/** A note that waits for its statement: how often that is worked out, and where the note would stand in each list. */
interface PendingNote {
  readonly text: string;
  level: Level | null;
  readonly places: readonly (readonly [list: IrStatement[], index: number])[];
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
  readonly #prelude: IrStatement[] = [];
  readonly #outer: IrStatement[] = [];
  /** The statements of an element; inside an iteration, its own. */
  #body: IrStatement[] = [];
  readonly #levels: Level[] = [];
  #pending: PendingNote | null = null;
  /** Fields that `g_target` stands for at the moment. */
  #target: number | null = null;

  constructor(context: BodyContext) {
    this.#context = context;
  }

  /** Say in the generated text where the statements that follow come from. */
  note(text: string): void {
    this.#placeNote();
    const lists = [this.#prelude, this.#outer, this.#body];
    this.#pending = { text, level: null, places: lists.map((list) => [list, list.length]) };
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
    this.#current.set(slot, this.#let(taken));
  }

  /** Make this the current value of a field for the statements that follow, and leave the field as it is. */
  see(slot: number, value: IrExpression): void {
    this.#seen.set(slot, this.#let(value));
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
    const named = unknowns.map(({ slot, start }) => ({ id: this.#name(ELEMENT), start, slot }));
    const iterates = named.map(({ id }): IrExpression => ({ kind: "temporary", type: "real", id }));
    const around = this.#body;
    const body: IrStatement[] = [];
    this.#body = body;
    const statement: IrNewton = {
      kind: "newton",
      condition,
      unknowns: named,
      body,
      steps: steps(iterates),
    };
    this.#body = around;
    this.#body.push(statement);
    this.#noteLevel(ELEMENT);
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
    this.#placeNote();
    return {
      draws: [...this.#draws.values()],
      prelude: this.#prelude,
      body: [...this.#body, ...this.#stores(() => true)],
    };
  }

  /** The finished hook of a synapse type. What is the same for all synapses of a row or column is stored for it. */
  finishLoop(loop: IrSynapseHook["loop"]): IrSynapseHook {
    const isOuter = (slot: number): boolean => this.#fieldLevel(slot) === OUTER;
    this.#placeNote();
    return {
      loop,
      draws: [...this.#draws.values()],
      prelude: this.#prelude,
      outer: [...this.#outer, ...this.#stores(isOuter)],
      body: [...this.#body, ...this.#stores((slot) => !isOuter(slot))],
    };
  }

  /** Put a note where its statement is worked out most often, before the first value there. */
  #placeNote(): void {
    if (this.#pending === null) return;
    const { text, level, places } = this.#pending;
    const [list, index] = places[level ?? ELEMENT]!;
    list.splice(index, 0, { kind: "note", text });
    this.#pending = null;
  }

  #noteLevel(level: Level): void {
    const pending = this.#pending;
    if (pending === null) return;
    pending.level = pending.level === null || level > pending.level ? level : pending.level;
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
    keep: (value) => (isCheap(value) ? value : this.#let(value)),
    function: (name) => this.#context.model.functions.get(name) ?? null,
  };

  /** Values before the first statement. */
  readonly #before: Environment = {
    ...this.#now,
    read: (reading) => this.#read(reading, (slot) => this.#load(slot)),
    draw: () => {
      throw new InternalError("a draw is not the same for all elements");
    },
    keep: (value) => (isCheap(value) ? value : this.#define(value, CALL)),
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

  /** Name a value at the place where it is worked out as seldom as can be. */
  #let(value: IrExpression): IrExpression {
    if (value.kind === "temporary" || value.kind === "constant") return value;
    if (!this.#context.hoists) return this.#define(value, ELEMENT);
    const level = this.#levelOf(value);
    return this.#define(level === ELEMENT ? this.#raised(value) : value, level);
  }

  #define(value: IrExpression, level: Level): IrExpression {
    const id = this.#name(level);
    const type = typeOf(value);
    this.#noteLevel(level);
    [this.#prelude, this.#outer, this.#body][level]!.push({ kind: "let", id, type, value });
    return { kind: "temporary", type, id };
  }

  #name(level: Level): number {
    return this.#levels.push(level) - 1;
  }

  /** The same value with those parts named that can be worked out less often. */
  #raised(value: IrExpression): IrExpression {
    if (isCheap(value)) return value;
    const level = this.#levelOf(value);
    if (level !== ELEMENT) return this.#define(value, level);
    return mapOperands(value, (operand) => this.#raised(operand));
  }

  #levelOf(value: IrExpression): Level {
    if (value.kind === "load") return this.#fieldLevel(value.slot);
    if (value.kind === "temporary") return this.#levels[value.id]!;
    if (value.kind === "draw") return ELEMENT;
    const levels = operandsOf(value).map((operand) => this.#levelOf(operand));
    return levels.reduce((a, b) => (a > b ? a : b), CALL);
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
