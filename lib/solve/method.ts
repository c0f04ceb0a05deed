import type { Method } from "../model/types.js";
import { explicit } from "./explicit.js";
import { exponential } from "./exponential.js";
import type { Scheme } from "./scheme.js";

/** The numerical methods under the names that equations give them. */
export const schemes: { readonly [M in Method]: Scheme } = { explicit, exponential };
