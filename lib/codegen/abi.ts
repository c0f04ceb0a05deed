/** NA_ABI_VERSION of native/include/kernel_abi.h, for which the text of units is written; a test holds the two together. */
export const ABI_VERSION = 2_001_000;

/** NA_KERNEL_SYMBOL: the one symbol that the library of a neuron type exports. */
export const KERNEL_SYMBOL = "neurarchy_kernel";

/** NA_SYNAPSE_SYMBOL: the same for the library of a synapse type. */
export const SYNAPSE_SYMBOL = "neurarchy_synapse";
