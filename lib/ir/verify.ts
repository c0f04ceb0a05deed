import { builtins, distributions } from "../dsl/functions.js";
import { InternalError } from "../errors.js";
import { operandsOf, typeOf, walkIr } from "./build.js";
import type { KernelField } from "./fields.js";
import type { IrExpression, IrHook, IrStatement, IrType, KernelIr } from "./ir.js";

/**
 * Check that every value is defined once, before its use, that types agree, and that a hook touches only what the
 * contract with the engine lets it touch (kernel_abi.h).
 *
 * @throws {InternalError} since a fault here is ours.
 */
export function verify(ir: KernelIr): void {
  const names = new Set(ir.fields.map(({ name }) => name));
  require(names.size === ir.fields.length, "two fields have one name");
  if (ir.globals !== null) verifyHook(ir, ir.globals, "global");
  verifyHook(ir, ir.update, "local");
  if (ir.reset !== null) {
    require(ir.reset.draws.length === 0, "a reset draws");
    verifyHook(ir, ir.reset, "local");
  }
}

/** What has been defined so far in a hook. */
interface Known {
  readonly fields: readonly KernelField[];
  readonly temporaries: Map<number, IrType>;
  readonly draws: ReadonlySet<number>;
  readonly stored: Set<number>;
}

function verifyHook(ir: KernelIr, hook: IrHook, writes: KernelField["scope"]): void {
  const draws = new Set(hook.draws.map(({ draw }) => draw));
  require(draws.size === hook.draws.length, "a draw is made twice");
  const known: Known = { fields: ir.fields, temporaries: new Map(), draws, stored: new Set() };
  for (const statement of hook.prelude) {
    require(statement.kind !== "store", "a prelude stores");
    verifyStatement(statement, known, writes);
    if (statement.kind === "let") requireShared(statement.value, ir);
  }
  for (const { distribution, parameters } of hook.draws) {
    require(parameters.length ===
      distributions[distribution].parameters
        .length, `${distribution} has too few or too many parameters`);
    for (const parameter of parameters) {
      verifyExpression(parameter, known);
      requireShared(parameter, ir);
    }
  }
  for (const statement of hook.body) verifyStatement(statement, known, writes);
}

function verifyStatement(statement: IrStatement, known: Known, writes: KernelField["scope"]): void {
  if (statement.kind === "note") return;
  verifyExpression(statement.value, known);
  const type = typeOf(statement.value);
  if (statement.kind === "let") {
    require(!known.temporaries.has(statement.id), `t${statement.id} is defined twice`);
    require(type === statement.type, `t${statement.id} has the type of another value`);
    known.temporaries.set(statement.id, type);
    return;
  }
  const field = fieldAt(known, statement.slot);
  require(field.scope === writes, `"${field.name}" belongs to another hook`);
  require(field.role !== "constant", `the constant "${field.name}" is assigned`);
  require(type === (field.type === "real" ? "real" : "int"), `"${field.name}" has another type`);
  require(!known.stored.has(statement.slot), `"${field.name}" is stored twice`);
  known.stored.add(statement.slot);
}

function verifyExpression(expression: IrExpression, known: Known): void {
  for (const operand of operandsOf(expression)) verifyExpression(operand, known);
  const types = operandsOf(expression).map(typeOf);
  const agree = types.every((type) => type === types[0]);
  switch (expression.kind) {
    case "load": {
      const { type, name } = fieldAt(known, expression.slot);
      require(!known.stored.has(expression.slot), `"${name}" is read after it was stored`);
      require(expression.type === (type === "real" ? "real" : "int"), `"${name}" is misread`);
      return;
    }
    case "temporary":
      require(known.temporaries.get(expression.id) ===
        expression.type, `t${expression.id} is used before it is defined, or as another type`);
      return;
    case "draw":
      require(known.draws.has(expression.draw), `draw ${expression.draw} is not made`);
      return;
    case "arithmetic":
    case "compare":
      require(agree && types[0] !== "bool", `"${expression.operator}" of unlike values`);
      return;
    case "negate":
      require(types[0] !== "bool", "the negative of a condition");
      return;
    case "logic":
    case "not":
      require(agree && types[0] === "bool", "logic of numbers");
      return;
    case "select":
      require(types[0] === "bool" && types[1] === types[2], "a choice between unlike values");
      return;
    case "steps":
      require(types[0] === "real", "a duration that is no real number");
      return;
    case "call":
      require(types.length === builtins[expression.name].arity, `${expression.name}: operands`);
      require(types.every(
        (type) => type === "real",
      ), `${expression.name} of something that is no real number`);
      return;
    case "constant":
    case "clock":
    case "convert":
      return;
  }
}

/** A prelude runs once for all elements. */
function requireShared(expression: IrExpression, ir: KernelIr): void {
  walkIr(expression, (node) => {
    require(node.kind !== "draw", "a prelude draws");
    if (node.kind !== "load") return;
    require(ir.fields[node.slot]?.scope === "global", "a prelude reads a field of elements");
  });
}

function fieldAt({ fields }: Known, slot: number): KernelField {
  const field = fields[slot];
  if (field === undefined) throw new InternalError(`there is no field in slot ${slot}`);
  return field;
}

function require(condition: boolean, complaint: string): void {
  if (!condition) throw new InternalError(`malformed kernel: ${complaint}`);
}
