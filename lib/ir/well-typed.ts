import { builtins } from "../dsl/functions.js";
import { operandsOf, typeOf } from "./build.js";
import type { KernelField } from "./fields.js";
import type { IrExpression, IrType } from "./ir.js";

/** What has been defined so far in a hook. */
export interface Known {
  readonly fields: readonly KernelField[];
  readonly temporaries: Map<number, IrType>;
  readonly draws: ReadonlySet<number>;
  readonly stored: Set<number>;
}

/** What is wrong with an expression whose operands are right; null when nothing is. */
export function complaint(expression: IrExpression, known: Known): string | null {
  const types = operandsOf(expression).map(typeOf);
  const agree = types.every((type) => type === types[0]);
  switch (expression.kind) {
    case "load": {
      const field = known.fields[expression.slot];
      if (field === undefined) return `there is no field in slot ${expression.slot}`;
      if (known.stored.has(expression.slot)) return `"${field.name}" is read after it was stored`;
      const type = field.type === "real" ? "real" : "int";
      return unless(expression.type === type, `"${field.name}" is misread`);
    }
    case "temporary": {
      const defined = known.temporaries.get(expression.id) === expression.type;
      return unless(defined, `t${expression.id} is used before it is defined, or as another type`);
    }
    case "draw":
      return unless(known.draws.has(expression.draw), `draw ${expression.draw} is not made`);
    case "arithmetic":
    case "compare":
      return unless(agree && types[0] !== "bool", `"${expression.operator}" of unlike values`);
    case "negate":
      return unless(types[0] !== "bool", "the negative of a condition");
    case "logic":
    case "not":
      return unless(agree && types[0] === "bool", "logic of numbers");
    case "select":
      return unless(types[0] === "bool" && types[1] === types[2], "a choice between unlike values");
    case "steps":
      return unless(types[0] === "real", "a duration that is no real number");
    case "call": {
      const { name } = expression;
      if (types.length !== builtins[name].arity) return `${name}: operands`;
      const real = types.every((type) => type === "real");
      return unless(real, `${name} of something that is no real number`);
    }
    case "constant":
    case "clock":
    case "step":
    case "plasticity":
    case "convert":
      return null;
  }
}

function unless(condition: boolean, wrong: string): string | null {
  return condition ? null : wrong;
}
