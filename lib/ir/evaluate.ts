import { builtins } from "../dsl/functions.js";
import { InternalError } from "../errors.js";
import { typeOf } from "./build.js";
import type { IrDraw, IrExpression, IrHook, IrStatement, IrType, KernelIr } from "./ir.js";

/** Values of a kernel: one array per field, of one element for a global field. Ints are whole numbers. */
export type KernelState = readonly Float64Array[];

/** The instant of a step. */
export interface Clock {
  /** [ms] */
  readonly t: number;
  /** [ms] */
  readonly dt: number;
}

/** Precision and random numbers of an evaluation. */
export interface EvaluateOptions {
  /** `float`: round every result to single precision, as a kernel compiled with NA_FLOAT32 does. */
  readonly precision?: "double" | "float";
  /** Random number of a draw for an element; asked once per draw, element and step. */
  readonly draw?: (draw: IrDraw, parameters: readonly number[], element: number) => number;
}

/**
 * Run one step of a kernel by the meaning of its IR: globals, update of all elements, reset of those that spiked.
 * This is the test oracle of generated code, written for clarity and not for speed. Changes `state`.
 *
 * @param size Number of elements of local fields.
 * @returns the elements that spiked, ascending.
 */
export function evaluateStep(
  ir: KernelIr,
  state: KernelState,
  size: number,
  clock: Clock,
  options: EvaluateOptions = {},
): readonly number[] {
  const elements = Array.from({ length: size }, (_, element) => element);
  const machine = new Machine(state, clock, options);
  if (ir.globals !== null) machine.run(ir.globals, [0]);
  machine.run(ir.update, elements);
  const spiked = ir.fields.findIndex(({ role }) => role === "spiked");
  if (ir.reset === null || spiked < 0) return [];
  const spikes = elements.filter((element) => state[spiked]![element] === 1);
  machine.run(ir.reset, spikes);
  return spikes;
}

/** Evaluates expressions for one element at a time. */
class Machine {
  readonly #state: KernelState;
  readonly #clock: Clock;
  readonly #options: EvaluateOptions;
  readonly #round: (value: number) => number;
  #element = 0;
  #temporaries = new Map<number, number>();
  #draws = new Map<number, number>();

  constructor(state: KernelState, clock: Clock, options: EvaluateOptions) {
    this.#state = state;
    this.#clock = clock;
    this.#options = options;
    this.#round = options.precision === "float" ? Math.fround : (value) => value;
  }

  run(hook: IrHook, elements: readonly number[]): void {
    this.#temporaries = new Map();
    for (const statement of hook.prelude) this.#execute(statement);
    const once = this.#temporaries;
    for (const element of elements) {
      this.#element = element;
      this.#temporaries = new Map(once);
      this.#draws = new Map(hook.draws.map((draw) => [draw.draw, this.#drawNumber(draw)]));
      for (const statement of hook.body) this.#execute(statement);
    }
  }

  #execute(statement: IrStatement): void {
    if (statement.kind === "note") return;
    const value = this.#value(statement.value);
    if (statement.kind === "let") this.#temporaries.set(statement.id, value);
    else {
      const field = this.#field(statement.slot);
      field[this.#index(field)] = value;
    }
  }

  #drawNumber(draw: IrDraw): number {
    const source = this.#options.draw;
    if (source === undefined) throw new InternalError("no source of random numbers was given");
    const parameters = draw.parameters.map((parameter) => this.#value(parameter));
    return this.#round(source(draw, parameters, this.#element));
  }

  #value(expression: IrExpression): number {
    switch (expression.kind) {
      case "constant":
        return expression.type === "real" ? this.#round(expression.value) : expression.value;
      case "load": {
        const field = this.#field(expression.slot);
        return field[this.#index(field)]!;
      }
      case "temporary":
        return known(this.#temporaries, expression.id);
      case "draw":
        return known(this.#draws, expression.draw);
      case "clock":
        return this.#round(this.#clock[expression.name]);
      case "steps":
        return wholeSteps(this.#value(expression.duration), this.#clock.dt, this.#tolerance());
      case "convert":
        return this.#convert(expression.to, this.#value(expression.operand));
      case "negate":
        return -this.#value(expression.operand);
      case "not":
        return Number(this.#value(expression.operand) === 0);
      case "arithmetic": {
        const left = this.#value(expression.left);
        const right = this.#value(expression.right);
        const result = arithmetic[expression.operator](left, right);
        return typeOf(expression) === "int" ? result | 0 : this.#round(result);
      }
      case "compare": {
        const left = this.#value(expression.left);
        return Number(comparison[expression.operator](left, this.#value(expression.right)));
      }
      case "logic": {
        const left = this.#value(expression.left);
        const right = this.#value(expression.right);
        return expression.operator === "and" ? left & right : left | right;
      }
      case "select":
        return this.#value(expression.condition) === 0
          ? this.#value(expression.otherwise)
          : this.#value(expression.then);
      case "call": {
        const operands = expression.operands.map((operand) => this.#value(operand));
        return this.#round(builtins[expression.name].evaluate(...operands));
      }
    }
  }

  #convert(to: IrType, value: number): number {
    if (to === "real") return this.#round(value);
    return to === "int" ? toInt(value) : Number(value !== 0);
  }

  #tolerance(): number {
    return this.#options.precision === "float" ? 1e-6 : 1e-9;
  }

  #field(slot: number): Float64Array {
    const field = this.#state[slot];
    if (field === undefined) throw new InternalError(`no values for the field in slot ${slot}`);
    return field;
  }

  /** Global fields have one element, whichever element is being evaluated. */
  #index(field: Float64Array): number {
    return field.length === 1 ? 0 : this.#element;
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
