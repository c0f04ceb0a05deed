import { InternalError } from "../errors.js";
import type { KernelField } from "./fields.js";
import { constant } from "./build.js";
import type { IrDraw, IrHook, IrRule, IrSynapseHook, SynapseIr } from "./ir.js";
import { isDelayed } from "./loops.js";
import { Machine, type Clock, type EvaluateOptions } from "./machine.js";

/** Some synapses and what they read, as NaSynapses has it (kernel_abi.h). */
export interface SynapseState {
  /** Numbers of post and pre neurons. */
  readonly rows: number;
  readonly columns: number;
  /** In the order in which local fields are stored. */
  readonly synapses: readonly { readonly row: number; readonly column: number }[];
  /** One array per field: by synapse, row, column or rank; one element for a global field. */
  readonly fields: readonly Float64Array[];
  /** Values of fields of the pre population, by delay, where each synapse has one. */
  readonly past?: ReadonlyMap<number, readonly Float64Array[]>;
}

/** What happens to a neuron: its synapses, as positions in the order of storage. */
export interface SynapseEvent {
  readonly neuron: number;
  readonly positions: readonly number[];
}

/**
 * The oracle of generated synapse types: their hooks by the meaning of the IR, written for clarity and not for speed. All
 * change the fields of the state.
 */
export class SynapseEvaluator {
  readonly #ir: SynapseIr;
  readonly #state: SynapseState;
  readonly #machine: Machine;
  /** The synapse that is being evaluated, and the row and column it stands in. */
  readonly #at = { synapse: 0, row: 0, column: 0 };
  #throughDelays = false;

  constructor(ir: SynapseIr, state: SynapseState, clock: Clock, options: EvaluateOptions = {}) {
    this.#ir = ir;
    this.#state = state;
    this.#machine = new Machine({ locate: (slot) => this.#locate(slot) }, clock, options);
  }

  globals(): void {
    const { globals } = this.#ir;
    if (globals === null) return;
    this.#machine.begin(globals.prelude);
    this.#machine.within(0, globals.draws, () => this.#machine.execute(globals.body));
  }

  transmit(): void {
    const { transmit: hook, delayed, fields } = this.#ir;
    if (hook === null) return;
    this.#throughDelays = delayed;
    this.#machine.begin(hook.prelude);
    for (let row = 0; row < this.#state.rows; row++) {
      let [total, count] = [0, 0];
      this.#along(hook, row, this.#synapsesOf("row", row), () => {
        const psp = this.#machine.value(hook.psp);
        if (hook.operation === "max") total = count === 0 || psp > total ? psp : total;
        else if (hook.operation === "min") total = count === 0 || psp < total ? psp : total;
        else total = this.#machine.combine("+", total, psp);
        count++;
      });
      if (count === 0) continue;
      if (hook.operation === "mean") total = this.#machine.combine("/", total, count);
      for (const slot of hook.targets) {
        if (fields[slot]?.role !== "target") throw new InternalError(`slot ${slot} is no target`);
        const target = this.#state.fields[slot]!;
        target[row] = this.#machine.combine("+", target[row]!, total);
      }
    }
    this.#throughDelays = false;
  }

  update(): void {
    this.#throughDelays = this.#ir.delayed;
    for (const hook of this.#ir.update) {
      this.#machine.begin(hook.prelude);
      const { rows, columns } = this.#state;
      if (hook.loop === "rows") {
        for (let row = 0; row < rows; row++) {
          this.#at.row = row;
          this.#machine.within(row, hook.draws, () => this.#machine.execute(hook.body));
        }
        continue;
      }
      const end = hook.loop === "synapsesByRow" ? "row" : "column";
      for (let i = 0; i < (end === "row" ? rows : columns); i++) {
        this.#along(hook, i, this.#synapsesOf(end, i), () => undefined);
      }
    }
    this.#throughDelays = false;
  }

  /** Events of neurons, in the order given. */
  events(kind: "onPre" | "onAxon" | "onPost", events: readonly SynapseEvent[]): void {
    const hook = this.#ir[kind];
    if (hook === null) return;
    this.#machine.begin(hook.prelude);
    for (const { neuron, positions } of events) {
      this.#along(hook, neuron, positions, () => undefined);
    }
  }

  /** Values for every synapse of a variable that is held once per row or column. */
  expand(slot: number): Float64Array {
    const values = new Float64Array(this.#state.synapses.length);
    const hook = this.#ir.expand.find((candidate) => candidate.slot === slot);
    if (hook === undefined) throw new InternalError(`slot ${slot} is not held once for many`);
    this.#machine.begin(hook.prelude);
    this.#state.synapses.forEach(({ row, column }, position) => {
      const neuron = hook.loop === "synapsesByRow" ? row : column;
      this.#along(hook, neuron, [position], () => {
        values[position] = this.#machine.value(hook.value);
      });
    });
    return values;
  }

  /** Which pre neurons get a synapse to the post neuron of a row, by rank. */
  creating(row: number): readonly boolean[] {
    const rule = this.#ir.creating;
    if (rule === null) return [];
    this.#machine.begin(rule.prelude);
    this.#at.row = row;
    return this.#machine.within(row, [], () => {
      this.#machine.execute(rule.outer);
      return Array.from({ length: this.#state.columns }, (_, column) => {
        this.#at.column = column;
        return this.#holds(rule, row * this.#state.columns + column);
      });
    });
  }

  /** Which synapses go, in the order of storage. */
  pruning(): readonly boolean[] {
    const rule = this.#ir.pruning;
    if (rule === null) return [];
    this.#machine.begin(rule.prelude);
    return this.#state.synapses.map(({ row, column }, synapse) => {
      Object.assign(this.#at, { synapse, row, column });
      return this.#machine.within(synapse, [], () => {
        this.#machine.execute(rule.outer);
        return this.#holds(rule, synapse);
      });
    });
  }

  #holds(rule: IrRule, element: number): boolean {
    const { chance } = rule;
    const draws = chance === null ? [] : [drawOf(chance.draw)];
    return this.#machine.within(element, [...rule.draws, ...draws], () => {
      this.#machine.execute(rule.body);
      if (this.#machine.value(rule.condition) === 0) return false;
      return (
        chance === null ||
        this.#machine.value({ kind: "draw", draw: chance.draw }) < chance.probability
      );
    });
  }

  /** The statements of some synapses of a row or column. */
  #along(
    hook: IrSynapseHook,
    neuron: number,
    positions: readonly number[],
    after: () => void,
  ): void {
    const end = hook.loop === "synapsesByColumn" ? "column" : "row";
    this.#at[end] = neuron;
    const noDraws: IrHook["draws"] = [];
    this.#machine.within(neuron, noDraws, () => {
      this.#machine.execute(hook.outer);
      for (const position of positions) {
        Object.assign(this.#at, this.#state.synapses[position], { synapse: position });
        this.#machine.within(position, hook.draws, () => {
          this.#machine.execute(hook.body);
          after();
        });
      }
    });
  }

  #synapsesOf(end: "row" | "column", neuron: number): readonly number[] {
    return this.#state.synapses.flatMap((synapse, i) => (synapse[end] === neuron ? [i] : []));
  }

  #locate(slot: number): readonly [Float64Array, number] {
    const field = this.#ir.fields[slot];
    const values = this.#state.fields[slot];
    if (field === undefined || values === undefined) {
      throw new InternalError(`no values for the field in slot ${slot}`);
    }
    const past = this.#throughDelays && isDelayed(field) ? this.#state.past?.get(slot) : undefined;
    return [past?.[this.#delay()] ?? values, this.#indexIn(field)];
  }

  #delay(): number {
    const slot = this.#ir.fields.findIndex(({ role }) => role === "delay");
    return this.#state.fields[slot]?.[this.#at.synapse] ?? 0;
  }

  #indexIn({ owner, scope }: KernelField): number {
    if (scope === "global") return 0;
    if (owner === "pre" || scope === "column") return this.#at.column;
    return owner === "post" || scope === "row" ? this.#at.row : this.#at.synapse;
  }
}

/** The number by which a rule is left to chance. */
function drawOf(draw: number): IrDraw {
  return { draw, distribution: "Uniform", parameters: [constant("real", 0), constant("real", 1)] };
}
