import type { RunOptions } from "../network/advance.js";
import type { CallbackFunction, EveryOptions } from "../network/callbacks.js";
import { invalid, type NetworkConfig } from "../network/config.js";
import type { Constant } from "../network/constant.js";
import { globalFunction, type HostFunction } from "../network/functions.js";
import { copyNetwork } from "../network/copying.js";
import { heritage, type WithHeritage } from "../network/heritage.js";
import type { Heritage } from "../network/state.js";
import { internals } from "../network/internals.js";
import type { ProjectionFilter } from "../network/lookups.js";
import type { Monitor } from "../network/monitor.js";
import { Network, type NetworkOptions } from "../network/network.js";
import { parallelRun as inParallel, type ParallelRunOptions } from "../network/parallel-run.js";
import type { CompileOptions } from "../network/compile-options.js";
import type { StateOptions } from "../network/network-files.js";
import type { LoadParametersOptions } from "../network/parameter-files.js";
import type { Population } from "../network/population.js";
import type { LearningOptions } from "../network/projection-switches.js";
import type { Projection } from "../network/projection.js";
import type { ResetOptions } from "../network/reset.js";
import type { Run } from "../network/run.js";
import { simulate as simulateFor } from "../network/runs.js";
import { unowned } from "../network/unowned.js";
import type { UntilOptions } from "../network/until.js";

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

/** Simulate the default network for a time [ms]; without its callbacks when `callbacks` is false. @throws as `Network.simulate`. */
export function simulate(
  duration: number,
  options: RunOptions & { readonly callbacks?: boolean } = {},
): Run {
  return simulateFor({ network, state: network[internals] }, duration, options);
}

/** Simulate the default network until stop conditions hold; the time simulated. [ms] @throws as `Network.simulateUntil`. */
export function simulateUntil(maxDuration: number, options: UntilOptions): Run<number> {
  return network.simulateUntil(maxDuration, options);
}

/** Simulate one step of the default network. @throws {SimulatorError} NOT_COMPILED. */
export function step(): Run {
  return network.step();
}

/** Bring the default network back to its beginning. @throws {SimulatorError} NOT_COMPILED. */
export function reset(options?: ResetOptions): void {
  network.reset(options);
}

/**
 * Do something with several replicas of the default network, as `Network.parallelRun`. Each replica declares the objects of the
 * default network anew, as they were before `compile`; `replica.get(object)` is its counterpart of an object.
 *
 * @throws as `Network.parallelRun`; {InvalidConfiguration} INVALID_SETTING when `method` is no function; {SimulatorError} NOT_COPYABLE.
 */
export function parallelRun<R, A extends object = Record<string, unknown>>(
  options: ParallelRunOptions<Network, R, A>,
): Run<R[]> {
  const replica = (_: object, inherited: Heritage): Network => {
    const inheriting: NetworkOptions & WithHeritage = { [heritage]: inherited };
    const made = new Network(inheriting);
    copyNetwork(unowned, made[internals]);
    return made;
  };
  const method = (name: string): never => {
    throw invalid({ option: "method", value: JSON.stringify(name), expected: "a function" });
  };
  return inParallel({ network, state: unowned, replica, method }, options);
}

/** Call a function during every later `simulate` of the default network. @throws {SimulatorError} INVALID_CALLBACK. */
export function every(options: EveryOptions, fn: CallbackFunction): void {
  network.every(options, fn);
}

/** Whether the callbacks of the default network are called. */
export function callbacksEnabled(): boolean {
  return network.callbacksEnabled();
}

/** Call the callbacks of the default network again. */
export function enableCallbacks(): void {
  network.enableCallbacks();
}

/** Call no callback of the default network until `enableCallbacks()`. */
export function disableCallbacks(): void {
  network.disableCallbacks();
}

/** Forget the callbacks of the default network. */
export function clearAllCallbacks(): void {
  network.clearAllCallbacks();
}

/** Let synapses of the default network learn again. @throws as `Network.enableLearning`. */
export function enableLearning(
  options?: LearningOptions & { readonly projections?: readonly Projection[] },
): void {
  network.enableLearning(options);
}

/** Stop the learning of the default network. */
export function disableLearning(options?: { readonly projections?: readonly Projection[] }): void {
  network.disableLearning(options);
}

/** Forget all objects and constants of the default network; the configuration stays. */
export function clear(): void {
  network.clear();
}

/** Write the state of the default network to a file. @throws as `Network.save`. */
export function save(file: string, options?: StateOptions): Run {
  return network.save(file, options);
}

/** Read the state of the default network from a file. @throws as `Network.load`. */
export function load(file: string, options?: StateOptions): Run {
  return network.load(file, options);
}

/** Write the parameters of the default network to a file of JSON. @throws as `Network.saveParameters`. */
export function saveParameters(file: string): Run {
  return network.saveParameters(file);
}

/** Read parameters of the default network from a file of JSON. @throws as `Network.loadParameters`. */
export function loadParameters(
  file: string,
  options?: LoadParametersOptions,
): Run<Record<string, number>> {
  return network.loadParameters(file, options);
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

/** The function that `addFunction` added by this name, to be called; in a network, by default the default one. */
export function functions(name: string, of: Network = network): HostFunction {
  return globalFunction(name, of[internals]);
}
