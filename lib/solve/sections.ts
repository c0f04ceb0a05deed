import { mapOperands, operandsOf, typeOf } from "../ir/build.js";
import type { IrExpression, IrNewton, IrStatement } from "../ir/ir.js";
import { isCheap } from "./expression.js";

/** How often a value is worked out. */
export type Level = 0 | 1 | 2;
/** Once per call of a hook. */
export const CALL: Level = 0;
/** Once per row or column of synapses. */
export const OUTER: Level = 1;
/** Once per neuron or synapse. */
export const ELEMENT: Level = 2;

/** What is worked out once per call, once per row or column, and once per element. */
export interface Finished {
  readonly prelude: readonly IrStatement[];
  readonly outer: readonly IrStatement[];
  readonly body: readonly IrStatement[];
}

/** A note that waits for its statement: how often that is worked out, and where the note would stand in each list. */
interface PendingNote {
  readonly text: string;
  level: Level | null;
  readonly places: readonly (readonly [list: IrStatement[], index: number])[];
}

/**
 * The statements of a hook in three sections, one for each level. A value that gets a name is worked out as seldom as its
 * parts allow, and the note of a statement stands where the statement is worked out most often.
 */
export class Sections {
  readonly #levelOfField: (slot: number) => Level;
  readonly #hoists: boolean;
  readonly #prelude: IrStatement[] = [];
  readonly #outer: IrStatement[] = [];
  /** The statements of an element; inside an iteration, its own. */
  #body: IrStatement[] = [];
  /** Of each temporary. */
  readonly #levels: Level[] = [];
  #pending: PendingNote | null = null;

  /**
   * @param levelOfField How often the value of a field changes while the hook goes through its elements.
   * @param hoists Whether values leave the section of elements at all.
   */
  constructor(levelOfField: (slot: number) => Level, hoists: boolean) {
    this.#levelOfField = levelOfField;
    this.#hoists = hoists;
  }

  /** Say where the statements that follow come from. */
  note(text: string): void {
    this.#placeNote();
    const lists = [this.#prelude, this.#outer, this.#body];
    this.#pending = { text, level: null, places: lists.map((list) => [list, list.length]) };
  }

  /** Name a value at the place where it is worked out as seldom as can be. */
  let(value: IrExpression): IrExpression {
    if (value.kind === "temporary" || value.kind === "constant") return value;
    if (!this.#hoists) return this.define(value, ELEMENT);
    const level = this.#levelOf(value);
    return this.define(level === ELEMENT ? this.#raised(value) : value, level);
  }

  /** Name a value in the section of a level. */
  define(value: IrExpression, level: Level): IrExpression {
    const id = this.name(level);
    const type = typeOf(value);
    this.#noteLevel(level);
    [this.#prelude, this.#outer, this.#body][level]!.push({ kind: "let", id, type, value });
    return { kind: "temporary", type, id };
  }

  /** A new temporary of a level. */
  name(level: Level): number {
    return this.#levels.push(level) - 1;
  }

  /** The same value with those parts named that can be worked out less often. */
  #raised(value: IrExpression): IrExpression {
    if (isCheap(value)) return value;
    const level = this.#levelOf(value);
    if (level !== ELEMENT) return this.define(value, level);
    return mapOperands(value, (operand) => this.#raised(operand));
  }

  #levelOf(value: IrExpression): Level {
    if (value.kind === "load") return this.#levelOfField(value.slot);
    if (value.kind === "temporary") return this.#levels[value.id]!;
    if (value.kind === "draw") return ELEMENT;
    const levels = operandsOf(value).map((operand) => this.#levelOf(operand));
    return levels.reduce((a, b) => (a > b ? a : b), CALL);
  }

  /** Add an iteration to the statements of an element, whose own ones are those that `make` adds. */
  iterate(make: (body: IrStatement[]) => IrNewton): void {
    const around = this.#body;
    this.#body = [];
    const statement = make(this.#body);
    this.#body = around;
    this.#body.push(statement);
    this.#noteLevel(ELEMENT);
  }

  /** The sections, complete. */
  finish(): Finished {
    this.#placeNote();
    return { prelude: this.#prelude, outer: this.#outer, body: this.#body };
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
}
