import { arithmetic } from "../ir/build.js";
import { increment } from "./increment.js";
import { nothingToCheck, type Scheme } from "./scheme.js";

/**
 * Forward Euler, x + dt·N/A. Order 1.
 *
 * Source: Euler 1768; Hairer, Nørsett and Wanner, Solving Ordinary Differential Equations I, II.1.
 */
export const explicit: Scheme = {
  couples: () => false,
  inlines: false,
  check: nothingToCheck,
  advance: (system, body) =>
    system.map(({ ode, form, old }) => {
      body.noteSource(ode);
      return body.keep(arithmetic("+", old, increment(form, body)));
    }),
};
