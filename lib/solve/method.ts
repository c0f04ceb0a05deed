import type { Method } from "../model/types.js";
import { explicit } from "./explicit.js";
import { exponential } from "./exponential.js";
import { implicit } from "./implicit.js";
import { midpoint } from "./midpoint.js";
import { rk4 } from "./rk4.js";
import type { Scheme } from "./scheme.js";
import { semiimplicit } from "./semiimplicit.js";

/** The numerical methods under the names that equations give them. */
export const schemes: { readonly [M in Method]: Scheme } = {
  explicit,
  exponential,
  semiimplicit,
  implicit,
  midpoint,
  rk4,
};
