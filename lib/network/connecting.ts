import {
  classicName,
  connectors,
  obsoleteOptions,
  type ConnectorMethods,
  type ConnectorName,
} from "../connect/connectors.js";
import { fromMatrixMarket } from "../connect/from-matrix-market.js";
import { LilConnectivity } from "../connect/lil.js";
import { checkStorage, type StorageOptions } from "../connect/options.js";
import type { Pattern } from "../connect/pattern.js";
import type { Problems } from "../diagnostics.js";
import { problem } from "../errors.js";
import { WithAttributes } from "./attributes.js";
import { readText } from "./io.js";
import type { PopLike } from "./population.js";
import { synapsesOfFile } from "./projection-files.js";

/** What is connected. */
export interface ConnectingSite {
  /** `projection "a"` */
  readonly label: string;
  readonly pre: PopLike;
  readonly post: PopLike;
  /** [ms] */
  readonly dt: number;
}

/** Arguments of a function that was given none. */
const NOTHING: object = {};

/** Base of projections: has a method for each connector, in both spellings. */
abstract class Connecting extends WithAttributes {
  static {
    for (const [name, connector] of Object.entries(connectors)) {
      for (const spelling of [name, classicName(name as ConnectorName)]) {
        const obsolete = obsoleteOptions[spelling] ?? [];
        const method = function (this: Connecting, ...options: unknown[]): Connecting {
          const meant = options.map((given) => this.#without(obsolete, given));
          // Every connector checks its own options; the types of the methods are those of ConnectorMethods.
          this.establish((connector as (...options: unknown[]) => Pattern)(...meant));
          return this;
        };
        Object.defineProperty(this.prototype, spelling, { value: method });
      }
    }
  }

  /**
   * Connect as a function says: it is called at once with both ends and the step [ms].
   *
   * @throws {SimulatorError} NOT_A_CONNECTIVITY when it returns something else; DUPLICATE_SYNAPSE, NOT_AN_END.
   */
  fromFunction<A extends object = Record<string, unknown>>(
    method: (pre: PopLike, post: PopLike, dt: number, args: A) => LilConnectivity,
    args?: A,
    options: StorageOptions = {},
  ): this {
    const storage = checkStorage("fromFunction", options);
    const { pre, post, dt } = this.site();
    this.#list(method(pre, post, dt, args ?? (NOTHING as A)), storage);
    return this;
  }

  /** As `fromFunction`, for a function that is not told the step. */
  connectWithFunc<A extends object = Record<string, unknown>>(
    method: (pre: PopLike, post: PopLike, args: A) => LilConnectivity,
    args?: A,
    options: StorageOptions = {},
  ): this {
    const storage = checkStorage("connectWithFunc", options);
    const { pre, post } = this.site();
    this.#list(method(pre, post, args ?? (NOTHING as A)), storage);
    return this;
  }

  /**
   * Connect as a file says that `saveConnectivity` wrote: its synapses, their weights and delays, and nothing else.
   *
   * @throws {SimulatorError} CANNOT_READ, DAMAGED_FILE, WRONG_CONTENT, FILE_MISMATCH, WRITTEN_ONLY, NO_HDF5.
   */
  fromFile(file: string, options: StorageOptions = {}): this {
    this.establish(synapsesOfFile(file, checkStorage("fromFile", options)));
    return this;
  }

  /** As `fromFile`. */
  connectFromFile(file: string, options: StorageOptions = {}): this {
    this.establish(synapsesOfFile(file, checkStorage("connectFromFile", options)));
    return this;
  }

  /**
   * Connect as a Matrix Market file says (`.mtx`), whose rows are post neurons. It is read at once; there are no delays.
   *
   * @throws {SimulatorError} NOT_MATRIX_MARKET, MATRIX_MARKET with the line of a mistake, CANNOT_READ, WRONG_MATRIX.
   */
  fromMatrixMarket(file: string, options: StorageOptions = {}): this {
    this.establish(fromMatrixMarket(file, options, readText));
    return this;
  }

  /** As `fromMatrixMarket`. */
  connectFromMatrixMarket(file: string, options?: StorageOptions): this {
    return this.fromMatrixMarket(file, options);
  }

  #list(connectivity: unknown, storage: StorageOptions): void {
    const { label: projection } = this.site();
    if (!(connectivity instanceof LilConnectivity)) {
      throw problem("NOT_A_CONNECTIVITY", { projection, value: typeof connectivity });
    }
    this.establish(
      connectivity.pattern((code, post) => {
        this.remark(code, { projection, post });
      }, storage),
    );
  }

  /** Leave options out that have no meaning any more. */
  #without(obsolete: readonly string[], options: unknown): unknown {
    if (obsolete.length === 0 || typeof options !== "object" || options === null) return options;
    const entries = Object.entries(options);
    for (const [option] of entries.filter(([key]) => obsolete.includes(key))) {
      this.remark("IGNORED_OPTION", { projection: this.site().label, option });
    }
    return Object.fromEntries(entries.filter(([key]) => !obsolete.includes(key)));
  }

  /** Take the pattern that a connector made of its options. */
  protected abstract establish(pattern: Pattern): void;

  protected abstract site(): ConnectingSite;

  /** Warn the user. */
  protected abstract remark<C extends "ROWS_UNSORTED" | "ROWS_MERGED" | "IGNORED_OPTION">(
    code: C,
    facts: Problems[C],
  ): void;
}

/** Base class of projections. The static block above gives it the methods that its type promises. */
export const WithConnectors = Connecting as abstract new () => Connecting & ConnectorMethods;
