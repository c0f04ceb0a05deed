import { Network } from "../network/network.js";
import type { CompileOptions } from "../network/pipeline.js";
import type { ProjectionFilter } from "../network/lookups.js";
import type { RunOptions } from "../network/advance.js";
import type { NetworkConfig } from "../network/config.js";
import type { Constant } from "../network/constant.js";
import type { Monitor } from "../network/monitor.js";
import type { Population } from "../network/population.js";
import type { Projection } from "../network/projection.js";
import type { Run } from "../network/run.js";
import { unowned } from "../network/unowned.js";

/** The default network: the objects that no network has taken. */
const network = new Network({}, unowned);

/** The default network, on which the functions of this file act. */
export function magicNetwork(): Network {
  return network;
}

/** Configure the default network, and all networks made later. @throws {InvalidConfiguration} INVALID_SETTING. */
export function setup(options: Partial<NetworkConfig>): void {
  network.config(options);
}

/** Seed the random numbers of the default network. @throws {SimulatorError} INVALID_SEED. */
export function setSeed(seed: number): void {
  network.config({ seed });
}

/** Compile the default network. @throws as `Network.compile`. */
export function compile(options?: CompileOptions): Run {
  return network.compile(options);
}

/** Simulate the default network for a time. [ms] @throws as `Network.simulate`. */
export function simulate(duration: number, options?: RunOptions): Run {
  return network.simulate(duration, options);
}

/** Simulate one step of the default network. @throws {SimulatorError} NOT_COMPILED. */
export function step(): Run {
  return network.step();
}

/** Bring the default network back to its beginning. @throws {SimulatorError} NOT_COMPILED. */
export function reset(): void {
  network.reset();
}

/** Forget all objects and constants of the default network; the configuration stays. */
export function clear(): void {
  network.clear();
}

/** Time simulated so far. [ms] */
export function getTime(): number {
  return network.time;
}

/** Move the clock, to whole steps. [ms] */
export function setTime(time: number): void {
  network.time = time;
}

/** Number of the next step. */
export function getCurrentStep(): number {
  return network.currentStep;
}

/** Move the clock. [steps] */
export function setCurrentStep(step: number): void {
  network.currentStep = step;
}

/** Step of the default network. [ms] */
export function dt(): number {
  return network.dt;
}

/** The populations of the default network. */
export function populations(): Population[] {
  return network.getPopulations();
}

/** The projections of the default network. @throws {SimulatorError} NO_MATCH. */
export function projections(filter?: ProjectionFilter): Projection[] {
  return network.getProjections(filter);
}

/** The monitors of the default network. */
export function monitors(): Monitor[] {
  return network.getMonitors();
}

/** The population of this name; null, with a warning, when there is none. */
export function getPopulation(name: string): Population | null {
  return network.getPopulation(name);
}

/** The projection of this name; null, with a warning, when there is none. */
export function getProjection(name: string): Projection | null {
  return network.getProjection(name);
}

/** The constant of this name in a network, by default the default one; null, with a warning, when there is none. */
export function getConstant(name: string, of: Network = network): Constant | null {
  return of.getConstant(name);
}
