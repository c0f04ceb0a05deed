/** What magics need of a network; the library's `Network` is one. */
export interface CurrentNetwork {
  readonly dt: number;
  readonly seed: number;
  compile(): Promise<unknown>;
  simulate(duration: number): Promise<unknown>;
  reset(): void;
  config(options: Readonly<Record<string, unknown>>): void;
  getMonitors(): readonly NamedMonitor[];
}

/** What magics need of a monitor. */
export interface NamedMonitor {
  readonly name: string;
  readonly variables: readonly string[];
}

/** A run that the library has begun. */
export interface StartedRun {
  readonly kind: "compile" | "simulate" | "replicas";
  /** CONTROL words over shared memory. */
  readonly control: Int32Array;
  /** [steps], or the number of replicas */
  readonly total: number;
  /** [ms]; without meaning for replicas */
  readonly dt: number;
  /** Resolved when the run is over, however it ended. */
  readonly finished: Promise<void>;
}

/** What the session is told by the library. */
export interface SimulatorEvents {
  started(run: StartedRun): void;
  warned(message: string): void;
}

/** The library as the session and the magics see it: known by its names, loaded when the first of them is used. */
export interface Simulator {
  /** File of the entry. */
  readonly entry: string;
  /** Names of the public API. */
  readonly names: readonly string[];
  /** The public API. */
  load(): Readonly<Record<string, unknown>>;
  /** The network made last, else the default network. */
  currentNetwork(): CurrentNetwork;
  /** Whether a value is a network. */
  isNetwork(value: unknown): value is CurrentNetwork;
  /** The raster plot of a monitor or of spikes. */
  raster(source: unknown): unknown;
}
