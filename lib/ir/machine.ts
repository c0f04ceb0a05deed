import { builtins } from "../dsl/functions.js";
import { InternalError } from "../errors.js";
import { typeOf } from "./build.js";
import type { IrDraw, IrExpression, IrNewton, IrStatement, IrType } from "./ir.js";

/** The instant of a step. */
export interface Clock {
  /** [ms] */
  readonly t: number;
  /** [ms] */
  readonly dt: number;
  /** Length of one step; default `dt`. [ms] */
  readonly resolution?: number;
  /** Number of the step; default: that of `t`. */
  readonly step?: number;
}

/** Precision and random numbers of an evaluation. */
export interface EvaluateOptions {
  /** `float`: round every result to single precision, as a kernel compiled with NA_FLOAT32 does. */
  readonly precision?: "double" | "float";
  /** Random number of a draw for an element; asked once per draw, element and step. */
  readonly draw?: (draw: IrDraw, parameters: readonly number[], element: number) => number;
  /** Where an iteration that does not converge says so: for which element, and in which variable. */
  readonly fail?: (element: number, slot: number) => void;
  /** Whether the projection may change `w`; default true. */
  readonly plasticity?: boolean;
}

/** Where the values of fields are kept. */
export interface Store {
  /** The array of a field and the place of the value for the element that is being evaluated. */
  readonly locate: (slot: number) => readonly [values: Float64Array, index: number];
}

/** Iterations of Newton's method, and how still an unknown must stand, relative to max(1, |unknown|). */
const ITERATIONS = 50;
const tolerances = { double: 1e-12, float: 1e-6 } as const;

/** Evaluates statements for one element at a time. */
export class Machine {
  readonly #store: Store;
  readonly #clock: Required<Clock>;
  readonly #options: EvaluateOptions;
  readonly #precision: "double" | "float";
  readonly #round: (value: number) => number;
  #element = 0;
  #temporaries = new Map<number, number>();
  #draws = new Map<number, number>();

  constructor(store: Store, clock: Clock, options: EvaluateOptions) {
    const { t, dt, resolution = dt, step = Math.round(t / resolution) } = clock;
    this.#store = store;
    this.#clock = { t, dt, resolution, step };
    this.#options = options;
    this.#precision = options.precision ?? "double";
    this.#round = this.#precision === "float" ? Math.fround : (value) => value;
  }

  /** Forget all temporaries, and work out what is the same for all elements. */
  begin(prelude: readonly IrStatement[]): void {
    this.#temporaries = new Map();
    this.execute(prelude);
  }

  /** Do something for one element; temporaries that it defines are gone afterwards. */
  within<T>(element: number, draws: readonly IrDraw[], act: () => T): T {
    const [outside, element0] = [this.#temporaries, this.#element];
    this.#temporaries = new Map(outside);
    this.#element = element;
    for (const draw of draws) this.#draws.set(draw.draw, this.#drawNumber(draw));
    const result = act();
    this.#temporaries = outside;
    this.#element = element0;
    return result;
  }

  execute(statements: readonly IrStatement[]): void {
    for (const statement of statements) {
      switch (statement.kind) {
        case "note":
          break;
        case "let":
          this.#temporaries.set(statement.id, this.value(statement.value));
          break;
        case "newton":
          this.#newton(statement);
          break;
        case "store": {
          const value = this.value(statement.value);
          const [values, index] = this.#store.locate(statement.slot);
          values[index] = value;
        }
      }
    }
  }

  #newton({ condition, unknowns, body, steps }: IrNewton): void {
    const tolerance = tolerances[this.#precision];
    for (const { id, start } of unknowns) this.#temporaries.set(id, this.value(start));
    if (condition !== null && this.value(condition) === 0) return;
    let moving = -1;
    for (let iteration = 0; iteration < ITERATIONS; iteration++) {
      this.execute(body);
      const sizes = steps.map((step) => this.value(step));
      moving = -1;
      unknowns.forEach(({ id, slot }, i) => {
        const next = this.#round(known(this.#temporaries, id) - sizes[i]!);
        this.#temporaries.set(id, next);
        const size = Math.abs(next) > 1 ? Math.abs(next) : 1;
        const still = Math.abs(sizes[i]!) <= tolerance * size;
        if (!still && moving < 0) moving = slot;
      });
      if (moving < 0) return;
    }
    this.#options.fail?.(this.#element, moving);
  }

  #drawNumber(draw: IrDraw): number {
    const source = this.#options.draw;
    if (source === undefined) throw new InternalError("no source of random numbers was given");
    const parameters = draw.parameters.map((parameter) => this.value(parameter));
    return this.#round(source(draw, parameters, this.#element));
  }

  value(expression: IrExpression): number {
    switch (expression.kind) {
      case "constant":
        return expression.type === "real" ? this.#round(expression.value) : expression.value;
      case "load": {
        const [values, index] = this.#store.locate(expression.slot);
        return values[index]!;
      }
      case "temporary":
        return known(this.#temporaries, expression.id);
      case "draw":
        return known(this.#draws, expression.draw);
      case "clock":
        return this.#round(this.#clock[expression.name]);
      case "step":
        return this.#clock.step;
      case "plasticity":
        return Number(this.#options.plasticity ?? true);
      case "steps":
        return wholeSteps(
          this.value(expression.duration),
          this.#clock.resolution,
          this.#precision === "float" ? 1e-6 : 1e-9,
        );
      case "convert":
        return this.#convert(expression.to, this.value(expression.operand));
      case "negate": {
        const value = -this.value(expression.operand);
        return typeOf(expression) === "int" ? value | 0 : value;
      }
      case "not":
        return Number(this.value(expression.operand) === 0);
      case "arithmetic": {
        const left = this.value(expression.left);
        const right = this.value(expression.right);
        const result = arithmetic[expression.operator](left, right);
        return typeOf(expression) === "int" ? result | 0 : this.#round(result);
      }
      case "compare": {
        const left = this.value(expression.left);
        return Number(comparison[expression.operator](left, this.value(expression.right)));
      }
      case "logic": {
        const left = this.value(expression.left);
        const right = this.value(expression.right);
        return expression.operator === "and" ? left & right : left | right;
      }
      case "select":
        return this.value(expression.condition) === 0
          ? this.value(expression.otherwise)
          : this.value(expression.then);
      case "call": {
        const operands = expression.operands.map((operand) => this.value(operand));
        return this.#round(builtins[expression.name].evaluate(...operands));
      }
    }
  }

  /** An operation on two reals, rounded to the precision of the kernel. */
  combine(operator: keyof typeof arithmetic, left: number, right: number): number {
    return this.#round(arithmetic[operator](left, right));
  }

  #convert(to: IrType, value: number): number {
    if (to === "real") return this.#round(value);
    return to === "int" ? toInt(value) : Number(value !== 0);
  }
}

const arithmetic = {
  "+": (a: number, b: number): number => a + b,
  "-": (a: number, b: number): number => a - b,
  "*": (a: number, b: number): number => a * b,
  "/": (a: number, b: number): number => a / b,
} as const;

const comparison = {
  "<": (a: number, b: number): boolean => a < b,
  "<=": (a: number, b: number): boolean => a <= b,
  ">": (a: number, b: number): boolean => a > b,
  ">=": (a: number, b: number): boolean => a >= b,
  "==": (a: number, b: number): boolean => a === b,
  "!=": (a: number, b: number): boolean => a !== b,
} as const;

function known(values: ReadonlyMap<number, number>, id: number): number {
  const value = values.get(id);
  if (value === undefined) throw new InternalError(`the value ${id} is not defined`);
  return value;
}

/** Truncation to int32; what does not fit becomes the nearest that does, a not-a-number 0. */
function toInt(value: number): number {
  // The bitwise operator turns a not-a-number and a negative zero into 0.
  return Math.max(-2147483648, Math.min(2147483647, value)) | 0;
}

/** The rule of `na_steps` in kernel_functions.h. */
function wholeSteps(duration: number, dt: number, tolerance: number): number {
  const quotient = duration / dt;
  const nearest = Math.floor(quotient + 0.5);
  const near = Math.abs(quotient - nearest) < tolerance * Math.max(1, Math.abs(quotient));
  return Math.max(0, toInt(near ? nearest : quotient));
}
