import { arithmetic } from "../ir/build.js";
import { nothingToCheck, type Scheme } from "./scheme.js";
import { stage } from "./stages.js";

/**
 * The midpoint rule, x + dt·f(x + dt/2·f(x)). Order 2.
 *
 * Source: Runge 1895, Math. Ann. 46, 167; Hairer, Nørsett and Wanner, Solving Ordinary Differential Equations I, II.1.
 */
export const midpoint: Scheme = {
  couples: () => true,
  inlines: false,
  check: nothingToCheck,
  advance: (system, body) => {
    const first = stage(system, body, 0, null);
    const second = stage(system, body, 0.5, first);
    return system.map(({ old }, i) => body.keep(arithmetic("+", old, second[i]!)));
  },
};
