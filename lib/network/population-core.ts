import { analyseNeuron } from "../model/neuron.js";
import type { NeuronOptions } from "../model/definition.js";
import { AttributeStore, type Owner } from "./attributes.js";
import { dimensionsOf, sizeOf, type Geometry } from "./geometry.js";
import type { Member, NetworkState } from "./state.js";

/** What the classes of this folder know of a population and users do not see. */
export class PopulationCore implements Owner {
  /** The network it belongs to; changes when a network takes it from the default one. */
  state: NetworkState;
  readonly geometry: readonly number[];
  readonly size: number;
  readonly store: AttributeStore;
  readonly #self: Member;
  readonly #name: string | null;

  constructor(
    self: Member,
    neuron: NeuronOptions,
    options: { readonly geometry: Geometry; readonly name?: string },
    state: NetworkState,
  ) {
    this.#self = self;
    this.#name =
      options.name === undefined || DEFAULT_NAME.test(options.name) ? null : options.name;
    this.state = state;
    this.geometry = dimensionsOf(options.geometry);
    this.size = sizeOf(this.geometry);
    const context = { constants: state.constants.keys(), method: state.config.method };
    this.store = new AttributeStore(analyseNeuron(neuron, context), this);
    state.populations.push(self);
  }

  get id(): number {
    return this.state.populations.indexOf(this.#self);
  }

  get name(): string {
    return this.#name ?? `pop${this.id}`;
  }

  get label(): string {
    return `population ${JSON.stringify(this.name)}`;
  }

  /** Names of attributes of a kind, in the order of declaration. */
  names(kind: "parameter" | "variable"): readonly string[] {
    const { attributes } = this.store.model;
    return attributes.filter((attribute) => attribute.kind === kind).map(({ name }) => name);
  }
}

/** Names that populations have by default; a user's name of this form is replaced. */
const DEFAULT_NAME = /^pop\d+$/;
