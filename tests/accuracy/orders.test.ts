import { describe, expect, it } from "vitest";

import type { Method } from "../../lib/model/types.js";
import { final, finalCompiled, order, type Problem } from "./integration.js";

const orders: Readonly<Record<Method, number>> = {
  explicit: 1,
  semiimplicit: 1,
  implicit: 1,
  exponential: 1,
  midpoint: 2,
  rk4: 4,
};

const methods = Object.keys(orders) as readonly Method[];

/** A problem of which every method makes an error, and the exact value of r at its end. */
interface Case {
  readonly name: string;
  readonly problem: (method: Method) => Problem;
  readonly exact: number;
  readonly dt: number;
  /** Methods that solve it exactly, or not at all. */
  readonly except: readonly Method[];
}

const cases: readonly Case[] = [
  {
    name: "a relaxation",
    problem: (method) => ({
      definition: { parameters: "tau = 10", equations: `tau*dr/dt + r = 1 : ${method}` },
      values: { tau: 10 },
      duration: 20,
    }),
    exact: 1 - Math.exp(-2),
    dt: 0.5,
    except: ["exponential"],
  },
  {
    name: "a relaxation with its factor inside the left side",
    problem: (method) => ({
      definition: { parameters: "tau = 4", equations: `2*(dr/dt*tau + r) = 3 - r : ${method}` },
      values: { tau: 4, r: 1 / 3 },
      duration: 8,
    }),
    exact: 1 - (2 / 3) * Math.exp(-3),
    dt: 0.25,
    except: ["exponential"],
  },
  {
    name: "logistic growth",
    problem: (method) => ({
      definition: { parameters: "k = 0.1", equations: `dr/dt = k*r*(1 - r) : ${method}` },
      values: { k: 0.1, r: 0.1 },
      duration: 20,
    }),
    exact: 1 / (1 + 9 * Math.exp(-2)),
    dt: 0.5,
    except: ["exponential", "semiimplicit"],
  },
  {
    name: "two equations that drive each other",
    // r = cosh(s) + sinh(s)/2 and y = sinh(s) + cosh(s)/2, damped by exp(−2s), with s = t/10.
    problem: (method) => ({
      definition: {
        equations: `10*dr/dt = y - 2*r : ${method}\n10*dy/dt = r - 2*y : ${method}`,
      },
      values: { r: 1, y: 0.5 },
      duration: 10,
    }),
    exact: Math.exp(-2) * (Math.cosh(1) + Math.sinh(1) / 2),
    dt: 0.5,
    except: [],
  },
  {
    name: "a damped oscillator",
    // r = exp(−s/5)·cos(s), y = −exp(−s/5)·sin(s), with s = t/4.
    problem: (method) => ({
      definition: {
        parameters: "k = 0.25",
        equations: `dr/dt = k*(y - r/5) : ${method}\ndy/dt = k*(-r - y/5) : ${method}`,
      },
      values: { k: 0.25, r: 1 },
      duration: 6,
    }),
    exact: Math.exp(-0.3) * Math.cos(1.5),
    dt: 0.125,
    except: [],
  },
];

const errorOf = ({ problem, exact }: Case, method: Method): ((dt: number) => number) => {
  return (dt) => Math.abs(final(problem(method), "r", dt) - exact);
};

describe.each(methods)("the method %s", (method) => {
  it.each(cases.filter(({ except }) => !except.includes(method)))(
    "converges with its order on $name",
    (item) => {
      // Errors of order 1 shrink slowly to what the order says of them.
      const dt = orders[method] === 1 ? item.dt / 8 : item.dt;
      const measured = order(errorOf(item, method), dt);
      expect(Math.abs(measured - orders[method])).toBeLessThan(0.1);
    },
  );

  it("gives the same values as compiled C", async () => {
    const problem = cases[4]!.problem(method);
    const [ours, compiled] = [final(problem, "r", 0.5), await finalCompiled(problem, "r", 0.5)];
    expect(Math.abs(ours - compiled)).toBeLessThan(1e-15);
  });
});

it("holds time during the stages of a step, which leaves order 1 where time drives", () => {
  const problem: Problem = {
    definition: { equations: "dr/dt = 0.1*cos(0.1*t) : rk4" },
    values: {},
    duration: 20,
  };
  const error = (dt: number): number => Math.abs(final(problem, "r", dt) - Math.sin(2));
  expect(order(error, 0.1)).toBeCloseTo(1, 1);
});

describe("the exponential method", () => {
  const exactly: readonly [string, Problem["values"], (t: number) => number][] = [
    ["tau*dr/dt + r = 1", {}, (t) => 1 - Math.exp(-t / 10)],
    ["dr/dt = (1 - r)/tau", {}, (t) => 1 - Math.exp(-t / 10)],
    ["dr/dt = 0.2*(1 - r) - 0.3*r", { r: 1 }, (t) => 0.4 + 0.6 * Math.exp(-t / 2)],
    [
      "tau*dr/dt = (1 - r) + g*(3 - r)",
      { g: 0.5 },
      (t) => (2.5 / 1.5) * (1 - Math.exp((-t * 1.5) / 10)),
    ],
  ];

  it.each(exactly)("is exact for %s, whatever the step", (equation, values, exact) => {
    const definition = { parameters: "tau = 10; g = 0.5", equations: `${equation} : exponential` };
    for (const dt of [0.1, 1, 5]) {
      const problem = { definition, values: { tau: 10, ...values }, duration: 20 };
      expect(Math.abs(final(problem, "r", dt) - exact(20))).toBeLessThan(1e-14);
    }
  });

  it("has order 1 when the steady state moves", () => {
    // tau·dr/dt = sin(t/10) − r with tau = 10: r = (sin(s) − cos(s) + exp(−s))/2, s = t/10.
    const problem: Problem = {
      definition: { equations: "10*dr/dt = sin(0.1*t) - r : exponential" },
      values: {},
      duration: 20,
    };
    const exact = (Math.sin(2) - Math.cos(2) + Math.exp(-2)) / 2;
    expect(order((dt) => Math.abs(final(problem, "r", dt) - exact), 0.1)).toBeCloseTo(1, 1);
  });
});
