import { arithmetic, constant } from "../ir/build.js";
import type { IrExpression } from "../ir/ir.js";
import { nothingToCheck, type Scheme } from "./scheme.js";
import { scaled, stage } from "./stages.js";

/**
 * The classical Runge-Kutta method. Order 4. Each synapse variable is advanced alone, the others held at their old
 * values, which leaves order 1 where they depend on each other.
 *
 * Source: Kutta 1901, Z. Math. Phys. 46, 435; Hairer, Nørsett and Wanner, Solving Ordinary Differential Equations I, II.1.
 */
export const rk4: Scheme = {
  couples: (kind) => kind === "neuron",
  inlines: false,
  check: nothingToCheck,
  advance: (system, body) => {
    const k1 = stage(system, body, 0, null);
    const k2 = stage(system, body, 0.5, k1);
    const k3 = stage(system, body, 0.5, k2);
    const k4 = stage(system, body, 1, k3);
    return system.map(({ old }, i) => {
      const terms = [k1[i]!, scaled(2, k2[i]!), scaled(2, k3[i]!), k4[i]!];
      const sum = terms.reduce((left, right): IrExpression => arithmetic("+", left, right));
      return body.keep(arithmetic("+", old, arithmetic("/", sum, constant("real", 6))));
    });
  },
};
