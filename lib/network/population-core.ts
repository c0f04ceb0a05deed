import { toSteps } from "../analysis/time.js";
import { InternalError, problem } from "../errors.js";
import { analyseStop } from "../model/stop.js";
import type { NeuronModel } from "../model/types.js";
import type { SourceSpec } from "../native/spec.js";
import { requireForms } from "../solve/forms.js";
import { analysisContext } from "./analysis-context.js";
import { AttributeStore, type Owner, type Part, type Place } from "./attribute-store.js";
import { functionNames, hostFunction, type HostFunction } from "./functions.js";
import { dimensionsOf, sizeOf, type Geometry } from "./geometry.js";
import { native as engine } from "./native-errors.js";
import type { Neuron } from "./neuron.js";
import type { Member, NetworkState } from "./state.js";
import type { ValueInput } from "./values.js";

/** What a population is made of, beside its neuron type. */
export interface CoreOptions {
  readonly geometry: Geometry;
  readonly name?: string;
  readonly stopCondition?: string | null;
}

/** What the classes of this folder know of a population and users do not see. */
export class PopulationCore implements Owner {
  /** The network it belongs to; changes when a network takes it from the default one. */
  state: NetworkState;
  readonly geometry: readonly number[];
  readonly size: number;
  readonly store: AttributeStore;
  /** Where spikes or values come from that are given and not computed; set by the classes of `lib/inputs`. */
  source: () => SourceSpec | null = () => null;
  readonly #self: Member;
  readonly #name: string | null;
  readonly #neuron: Neuron;
  #stopCondition: string | null;
  #enabled = true;
  #rateWindow = 0;

  constructor(self: Member, neuron: Neuron, options: CoreOptions, state: NetworkState) {
    this.#self = self;
    this.#neuron = neuron;
    this.#name =
      options.name === undefined || DEFAULT_NAME.test(options.name) ? null : options.name;
    this.#stopCondition = options.stopCondition ?? null;
    this.state = state;
    this.geometry = dimensionsOf(options.geometry);
    this.size = sizeOf(this.geometry);
    const model = this.#withStop(neuron.analyse(state), this.#stopCondition);
    requireForms(model);
    this.store = new AttributeStore(model, this);
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

  get stopCondition(): string | null {
    return this.#stopCondition;
  }

  /** The condition is part of the compiled model. */
  set stopCondition(text: string | null) {
    this.state.requireOpen(`${this.label}.stopCondition`);
    this.store.model = this.#withStop(this.store.model, text);
    this.#stopCondition = text;
  }

  get enabled(): boolean {
    return this.#enabled;
  }

  set enabled(enabled: boolean) {
    this.state.requireIdle(`${this.label}.enabled`);
    this.#enabled = enabled;
    if (this.store.place !== null) this.#setEnabled(this.store.place);
  }

  /** Names of the functions of the model itself. */
  get functions(): readonly string[] {
    return functionNames(this.#neuron.options.functions ?? "");
  }

  /** A function of the model itself, to be called from outside. */
  hostFunction(name: string): HostFunction {
    const { functions } = this.store.model;
    const definition = functions.get(name);
    if (definition === undefined) throw new InternalError(`no function ${name}`);
    return hostFunction(definition, functions, this.state);
  }

  /**
   * Set the refractory period [ms], of all neurons or of a part. A spiking model that has none can get one until it is
   * compiled; where it is an attribute, that attribute must be set.
   */
  setRefractory(period: ValueInput, part: Part | null): void {
    const { model, place } = this.store;
    if (model.refractory === null && model.type === "spike" && place === null) {
      this.store.model = { ...model, refractory: 0 };
    }
    const { refractory } = this.store.model;
    if (typeof refractory === "number") this.store.write("refractory", period, part);
    else this.state.warn("NO_REFRACTORY", { object: this.label, attribute: refractory });
  }

  /** Count spikes in a window [ms] for the mean firing rate. @throws {SimulatorError} RATE_CODED_ALREADY, INVALID_WINDOW. */
  computeFiringRate(window: number): void {
    const { label, state, store } = this;
    state.requireIdle(`${label}.computeFiringRate`);
    if (store.model.type === "rate") throw problem("RATE_CODED_ALREADY", { population: label });
    if (!(Number.isFinite(window) && window >= 0)) {
      throw problem("INVALID_WINDOW", { population: label, window: String(window) });
    }
    this.#rateWindow = window;
    if (store.place !== null) this.#setRateWindow(store.place);
  }

  /** Start as another population of the same model does. */
  adopt(source: PopulationCore): void {
    const { refractory } = source.store.model;
    if (refractory !== this.store.model.refractory) {
      this.store.model = { ...this.store.model, refractory };
    }
    this.store.adopt(source.store);
    this.#enabled = source.#enabled;
    this.#rateWindow = source.#rateWindow;
  }

  /** Pass on what `source` says now; with `restart` its clock begins anew. */
  sourceChanged(restart: boolean): void {
    this.state.requireIdle(`${this.label}: new data`);
    const { place } = this.store;
    const source = this.source();
    if (place === null || source === null) return;
    engine(() => {
      place.native.setSource(place.population, source, restart);
    }, this.label);
  }

  /** Take over what was set before there was an engine. Delayed values begin with the initial ones. */
  attached(place: Place): void {
    const { native, population } = place;
    engine(() => {
      native.settle(population);
    }, this.label);
    if (!this.#enabled) this.#setEnabled(place);
    if (this.#rateWindow > 0) this.#setRateWindow(place);
  }

  /** Set attributes, by default all, to their initial values, and forget spikes and everything that is on its way. */
  reset(attributes: readonly string[] | undefined): void {
    const { native, population } = this.#requirePlace("reset");
    const { attributes: all } = this.store.model;
    const known = attributes?.filter((name) => {
      const exists = all.some((attribute) => attribute.name === name);
      if (!exists) this.state.warn("SKIPPED_IN_RESET", { object: this.label, name });
      return exists;
    });
    this.store.restore(known);
    engine(() => {
      native.settle(population);
    }, this.label);
  }

  /** Forget the spikes that are on their way. */
  clear(): void {
    const { native, population } = this.#requirePlace("clear");
    engine(() => {
      native.clearSpikes(population);
    }, this.label);
  }

  #withStop(model: NeuronModel, text: string | null): NeuronModel {
    return text === null
      ? { ...model, stop: null }
      : analyseStop(model, text, analysisContext(this.state));
  }

  #requirePlace(call: string): Place {
    this.state.requireIdle(`${this.label}.${call}`);
    if (this.store.place === null) throw problem("NOT_COMPILED", { call });
    return this.store.place;
  }

  #setEnabled({ native, population }: Place): void {
    engine(() => {
      native.setEnabled(population, this.#enabled);
    }, this.label);
  }

  #setRateWindow({ native, population }: Place): void {
    const steps = toSteps(this.#rateWindow, this.state.config.dt, "floor");
    engine(() => {
      native.setRateWindow(population, steps);
    }, this.label);
  }
}

/** Names that populations have by default; a user's name of this form is replaced. */
const DEFAULT_NAME = /^pop\d+$/;
