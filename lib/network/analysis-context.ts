import type { FunctionDefinition, Method } from "../model/types.js";
import type { NetworkState } from "./state.js";

/** What the analysis of a model must know of its network. */
export interface NetworkContext {
  readonly constants: Iterable<string>;
  readonly functions: ReadonlyMap<string, FunctionDefinition>;
  readonly method: Method;
}

/** The constants, functions and default method of a network. */
export function analysisContext(state: NetworkState): NetworkContext {
  return {
    constants: state.constants.keys(),
    functions: state.functions,
    method: state.config.method,
  };
}
