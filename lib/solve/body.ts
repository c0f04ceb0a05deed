import type { Expression, RandomTerm } from "../dsl/ast.js";
import { printStatement } from "../dsl/print.js";
import { some } from "../dsl/traverse.js";
import { InternalError } from "../errors.js";
import { constant, convert, typeOf } from "../ir/build.js";
import type { IrDraw, IrExpression, IrHook, IrStatement } from "../ir/ir.js";
import type { NeuronModel, Update } from "../model/types.js";
import { isCheap, lowerCondition, lowerReal, type Environment } from "./expression.js";
import type { Layout } from "./layout.js";

const NONE: ReadonlyMap<string, IrExpression> = new Map();

/**
 * The statements of one hook in the making. Every variable has a current value: its field as it was when the hook
 * began, or the temporary that was assigned last. Fields are stored once, at the end.
 */
export class Body {
  readonly #model: NeuronModel;
  readonly #layout: Layout;
  /** The hook that runs earlier in the step, and may change what this one reads. */
  readonly #earlier: Body | null;
  readonly #draws = new Map<number, IrDraw>();
  readonly #current = new Map<number, IrExpression>();
  readonly #prelude: IrStatement[] = [];
  readonly #body: IrStatement[] = [];
  #temporaries = 0;

  constructor(model: NeuronModel, layout: Layout, earlier: Body | null = null) {
    this.#model = model;
    this.#layout = layout;
    this.#earlier = earlier;
  }

  /** Say in the generated text where the statements that follow come from. */
  note(text: string): void {
    this.#body.push({ kind: "note", text });
  }

  /** Note the equation of an update. */
  noteSource({ statement, name }: Update): void {
    this.note(statement === null ? `${name} has no equation` : printStatement(statement));
  }

  /** Lower a number that depends on the current values, or on these values of some names instead. */
  real(expression: Expression, values: ReadonlyMap<string, IrExpression> = NONE): IrExpression {
    if (values.size === 0) return lowerReal(expression, this.#now);
    const read = (name: string): IrExpression | null => values.get(name) ?? this.#now.read(name);
    return lowerReal(expression, { ...this.#now, read });
  }

  /** Lower a condition on the current values. */
  condition(expression: Expression): IrExpression {
    return lowerCondition(expression, this.#now);
  }

  /** Current value of a field. */
  value(slot: number): IrExpression {
    return this.#current.get(slot) ?? this.#load(slot);
  }

  /** Give a value a name. */
  keep(value: IrExpression): IrExpression {
    return this.#now.keep(value);
  }

  /** Make this the current value of a field; it is converted to the type that the field has. */
  assign(slot: number, value: IrExpression): void {
    const { name, type } = this.#layout.field(slot);
    const attribute = this.#model.attributes.find((candidate) => candidate.name === name);
    const truth = attribute?.type === "bool" ? convert("bool", value) : value;
    this.#current.set(
      slot,
      this.#let(this.#body, convert(type === "real" ? "real" : "int", truth)),
    );
  }

  /**
   * Lower a number that is worked out once per step, before any statement of the step, when it is the same for all
   * elements; otherwise here, for each element.
   */
  once(expression: Expression): IrExpression {
    if (!this.isShared(expression)) return this.keep(this.real(expression));
    if (this.#earlier === null || !this.#changesEarlier(expression)) {
      return this.#before.keep(lowerReal(expression, this.#before));
    }
    const slot = this.#layout.addShared();
    this.#earlier.#current.set(slot, this.#earlier.once(expression));
    return this.#load(slot);
  }

  /** Tell whether a value is the same for all elements. */
  isShared(expression: Expression): boolean {
    return !some(expression, (node) => {
      if (node.kind === "random") return true;
      if (node.kind !== "name" || !this.#layout.has(node.name)) return false;
      return this.#layout.field(this.#layout.slotOf(node.name)).scope === "local";
    });
  }

  /** The finished hook. */
  finish(): IrHook {
    const stores = [...this.#current].map(([slot, value]): IrStatement => ({
      kind: "store",
      slot,
      value,
    }));
    return {
      draws: [...this.#draws.values()],
      prelude: this.#prelude,
      body: [...this.#body, ...stores],
    };
  }

  /** Values at this point of the body. */
  readonly #now: Environment = {
    read: (name) => (this.#layout.has(name) ? this.value(this.#layout.slotOf(name)) : null),
    draw: (term) => this.#draw(term),
    keep: (value) => (isCheap(value) ? value : this.#let(this.#body, value)),
  };

  /** Values before the first statement. */
  readonly #before: Environment = {
    read: (name) => (this.#layout.has(name) ? this.#load(this.#layout.slotOf(name)) : null),
    draw: () => {
      throw new InternalError("a draw is not the same for all elements");
    },
    keep: (value) => (isCheap(value) ? value : this.#let(this.#prelude, value)),
  };

  #let(target: IrStatement[], value: IrExpression): IrExpression {
    const id = this.#temporaries++;
    const type = typeOf(value);
    target.push({ kind: "let", id, type, value });
    return { kind: "temporary", type, id };
  }

  #load(slot: number): IrExpression {
    const { type } = this.#layout.field(slot);
    return { kind: "load", type: type === "real" ? "real" : "int", slot };
  }

  #draw({ slot, call }: RandomTerm): IrExpression {
    if (!this.#draws.has(slot)) {
      const { distribution, parameters } = this.#model.random[slot]!;
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
    const changed = new Set(
      this.#model.updates.filter(({ locality }) => locality === "global").map(({ name }) => name),
    );
    return some(expression, (node) => node.kind === "name" && changed.has(node.name));
  }
}
