/** NA_ABI_VERSION of native/include/kernel_abi.h, for which the text of units is written; a test holds the two together. */
export const ABI_VERSION = 2_000_000;

/** NA_KERNEL_SYMBOL: the one symbol that a library exports. */
export const KERNEL_SYMBOL = "neurarchy_kernel";
