import type { Row } from "../array/input.js";
import { InternalError } from "../errors.js";
import type { Attribute } from "../model/types.js";
import type { Values as Field } from "../native/binding.js";
import { RandomDistribution } from "../random/distribution.js";
import { valueStream } from "../random/generator.js";
import type { NetworkState } from "./state.js";
import { ofType, rowFor, type Values } from "./values.js";

/** What was assigned to an attribute: what, to whom, and for draws which one of the attribute's it is. */
export interface Assignment {
  readonly value: Values;
  /** Null: all neurons. */
  readonly ranks: Int32Array | null;
  readonly use: number;
}

/** What a distribution gave; drawn again only for another seed, or when the population has moved to another network. */
interface Draw {
  readonly seed: number;
  readonly id: number;
  readonly values: Float64Array;
}

/** A population, as far as the values of its attributes depend on it. */
interface Owner {
  readonly state: NetworkState;
  readonly id: number;
  readonly size: number;
}

/**
 * What the attributes of a population start with: the values of its model, and what was assigned before `compile`.
 *
 * A distribution is drawn by (seed, population, attribute, how many draws the attribute had): so `reset` and a new network
 * with the same seed start alike, and what else there is in the network changes nothing.
 */
export class InitialValues {
  readonly #owner: Owner;
  readonly #attributes: ReadonlyMap<string, Attribute>;
  readonly #assignments = new Map<string, Assignment[]>();
  readonly #draws = new WeakMap<Assignment, Draw>();
  readonly #uses = new Map<string, number>();
  #usesAtCompile: ReadonlyMap<string, number> = new Map();

  /** @param attributes By name, in the order of declaration, which numbers their draws. */
  constructor(owner: Owner, attributes: ReadonlyMap<string, Attribute>) {
    this.#owner = owner;
    this.#attributes = attributes;
  }

  /** Make an assignment of values to some neurons (null: all) out of checked ones. */
  assignment(name: string, value: Values, ranks: Int32Array | null): Assignment {
    if (!(value instanceof RandomDistribution)) return { value, ranks, use: 0 };
    const use = (this.#uses.get(name) ?? 0) + 1;
    this.#uses.set(name, use);
    // One with a generator of its own is drawn now: it continues from use to use, and `reset` keeps what it gave.
    const count = ranks?.length ?? this.#owner.size;
    const drawn = value.seed === null ? value : value.getValues(count).data;
    return { value: drawn, ranks, use };
  }

  /** Keep an assignment. What it draws is drawn now, as it may be read. */
  assign(attribute: Attribute, assignment: Assignment): void {
    const { name } = attribute;
    const { value, ranks } = assignment;
    const earlier = ranks === null ? [] : (this.#assignments.get(name) ?? []);
    this.#assignments.set(name, [...earlier, assignment]);
    if (value instanceof RandomDistribution) {
      this.#draw(attribute, value, ranks?.length ?? this.#owner.size, assignment);
    }
  }

  /** Take over what was assigned elsewhere before `compile`; distributions are drawn anew. */
  adopt(other: InitialValues): void {
    for (const [name, assignments] of other.#assignments) {
      this.#assignments.set(name, [...assignments]);
      this.#uses.set(name, Math.max(...assignments.map(({ use }) => use)));
    }
  }

  /** From here on, `forget` comes back to the draws that there were. */
  compiled(): void {
    this.#usesAtCompile = new Map(this.#uses);
  }

  /** Forget the draws that an attribute had since `compile`. */
  forget(name: string): void {
    this.#uses.set(name, this.#usesAtCompile.get(name) ?? 0);
  }

  /** What an attribute starts with. (1) or (size) */
  of(attribute: Attribute): Row {
    const { name, type, locality, init } = attribute;
    const { state, size } = this.#owner;
    const values = rowFor(type, state.config.precision, locality === "global" ? 1 : size);
    const value =
      typeof init === "object" && "attribute" in init ? this.#named(init.attribute) : init;
    this.apply(values, attribute, { value, ranks: null, use: 0 });
    for (const assignment of this.#assignments.get(name) ?? []) {
      this.apply(values, attribute, assignment);
    }
    return values;
  }

  /** Write what was assigned, in the type of the attribute. */
  apply(values: Field | Row, attribute: Attribute, assignment: Assignment): void {
    const { value, ranks } = assignment;
    const count = ranks?.length ?? values.length;
    const source =
      value instanceof RandomDistribution ? this.#draw(attribute, value, count, assignment) : value;
    if (typeof source === "number" && ranks === null) {
      values.fill(ofType(source, attribute.type));
      return;
    }
    for (let i = 0; i < count; i++) {
      const next = typeof source === "number" ? source : source[i]!;
      values[ranks?.[i] ?? i] = ofType(next, attribute.type);
    }
  }

  #draw(
    { name }: Attribute,
    value: RandomDistribution,
    count: number,
    assignment: Assignment,
  ): Float64Array {
    const { id, state } = this.#owner;
    const { seed } = state;
    const earlier = this.#draws.get(assignment);
    if (earlier?.seed === seed && earlier.id === id) return earlier.values;
    const number = [...this.#attributes.keys()].indexOf(name);
    // Object numbers as in the engine: even ones are populations.
    const stream = valueStream(seed, 2 * id, number, assignment.use);
    const values = value.draw(count, stream);
    this.#draws.set(assignment, { seed, id, values });
    return values;
  }

  /** Values of another attribute, or of a constant, by name. */
  #named(name: string): Values {
    const attribute = this.#attributes.get(name);
    if (attribute !== undefined) {
      const values = this.of(attribute);
      return values.length === 1 ? values[0]! : values;
    }
    const constant = this.#owner.state.constants.get(name);
    if (constant === undefined) throw new InternalError(`no constant ${name}`);
    return constant.value;
  }
}
