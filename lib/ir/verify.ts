import { distributions } from "../dsl/functions.js";
import { InternalError } from "../errors.js";
import { operandsOf, typeOf, walkStatements } from "./build.js";
import type { KernelField } from "./fields.js";
import { isAlong, storageLoop } from "./loops.js";
import type {
  IrExpression,
  IrHook,
  IrRule,
  IrStatement,
  IrSynapseHook,
  IrType,
  KernelIr,
  SynapseIr,
} from "./ir.js";
import { complaint, type Known } from "./well-typed.js";

/**
 * Check that every value is defined once, before its use, that types agree, and that a hook touches only what the
 * contract with the engine lets it touch (kernel_abi.h).
 *
 * @throws {InternalError} since a fault here is ours.
 */
export function verify(ir: KernelIr): void {
  verifyFields(ir.fields);
  for (const { name, owner, scope } of ir.fields) {
    require(owner === "self", `"${name}" is a field of somebody else`);
    require(scope === "global" || scope === "local", `"${name}" is a field of synapses`);
  }
  const once = rules(ir.fields, { element: [], writes: (field) => field.scope === "global" });
  const each = rules(ir.fields, {
    element: ir.fields,
    writes: (field) => field.scope === "local",
  });
  if (ir.globals !== null) verifyHook(ir.globals, once);
  verifyHook(ir.update, each);
  for (const hook of [ir.reset, ir.axon, ir.axonReset, ir.stop]) {
    if (hook === null) continue;
    require(hook.draws.length === 0, "an event draws");
    verifyHook(hook, each);
  }
  if (ir.stop !== null) {
    require(storesOf(ir.stop).size === 0, "a stop condition stores");
    verifyResult(ir.stop, ir.stop.condition, "bool", each);
  }
}

/** Check the hooks of a synapse type in the same way. */
export function verifySynapse(ir: SynapseIr): void {
  verifyFields(ir.fields);
  const { fields } = ir;
  if (ir.globals !== null) {
    const writes = (field: KernelField): boolean => isOwn(field) && field.scope === "global";
    verifyHook(ir.globals, rules(fields, { element: [], writes }));
  }
  const { transmit } = ir;
  if (transmit !== null) {
    require(ir.storage === "rows", "a psp is reduced over columns");
    require(transmit.loop === "synapsesByRow", "a psp is reduced over columns");
    require(storesOf(transmit).size === 0, "a psp stores");
    require(transmit.draws.length === 0, "a psp draws");
    const loop = loopRules(ir, transmit, () => false, ir.delayed);
    verifyHook(transmit, loop);
    verifyResult(transmit, transmit.psp, "real", loop);
    for (const slot of transmit.targets) {
      require(fields[slot]?.role === "target", "a psp is added to something else than a target");
    }
  }
  for (const hook of ir.update) {
    const scope = hook.loop === "rows" ? "row" : "local";
    const writes = (field: KernelField): boolean => isOwn(field) && field.scope === scope;
    verifyHook(hook, loopRules(ir, hook, writes, ir.delayed));
    require(hook.loop === "rows" ||
      hook.loop === storageLoop(ir), "an update takes the longer way");
  }
  for (const hook of [ir.onPre, ir.onAxon, ir.onPost]) {
    if (hook === null) continue;
    require(hook.draws.length === 0, "an event draws");
    require(hook.loop !== "rows", "an event without synapses");
    const writes = (field: KernelField): boolean =>
      field.role === "target" || (isOwn(field) && field.scope !== "global");
    verifyHook(hook, loopRules(ir, hook, writes));
  }
  for (const hook of ir.expand) {
    require(hook.loop === storageLoop(ir) && storesOf(hook).size === 0, "an expansion stores");
    const loop = loopRules(ir, hook, () => false);
    verifyHook(hook, loop);
    verifyResult(hook, hook.value, "real", loop);
  }
  for (const rule of [ir.creating, ir.pruning]) if (rule !== null) verifyRule(ir, rule);
}

/** A rule changes nothing by itself; one for new synapses reads none. */
function verifyRule(ir: SynapseIr, rule: IrRule): void {
  const wanted = rule === ir.creating ? "candidates" : storageLoop(ir);
  require(rule.loop === wanted && storesOf(rule).size === 0, "a rule stores");
  const draws = new Set(rule.draws.map(({ draw }) => draw));
  require(rule.chance === null || !draws.has(rule.chance.draw), "a draw is made twice");
  const loop = loopRules(ir, rule, () => false);
  verifyHook(rule, loop);
  verifyResult(rule, rule.condition, "bool", loop);
}

/** What the statements of a hook may touch, by how often they are executed. */
interface Rules {
  readonly fields: readonly KernelField[];
  /** Fields that an outer statement may read beside the global ones. */
  readonly outer: ReadonlySet<KernelField>;
  /** Fields that a statement of an element may read beside those. */
  readonly element: ReadonlySet<KernelField>;
  readonly writes: (field: KernelField) => boolean;
}

function rules(
  fields: readonly KernelField[],
  options: {
    readonly outer?: readonly KernelField[];
    readonly element: readonly KernelField[];
    readonly writes: Rules["writes"];
  },
): Rules {
  const { outer = [], element, writes } = options;
  return { fields, outer: new Set(outer), element: new Set([...outer, ...element]), writes };
}

/** A loop over rows sees what belongs to rows; one over synapses sees, on the way, the end that it goes along. */
function loopRules(
  ir: SynapseIr,
  hook: IrSynapseHook,
  writes: Rules["writes"],
  delayed = false,
): Rules {
  const along = (field: KernelField): boolean => isAlong(field, hook.loop, delayed);
  if (hook.loop === "rows") {
    require(hook.outer.length === 0, "a loop over rows has an inner one");
    return rules(ir.fields, { element: ir.fields.filter(along), writes });
  }
  const stored = storesOf(hook);
  const outer = ir.fields.filter((field, slot) => along(field) && !stored.has(slot));
  const element = hook.loop === "candidates" ? ir.fields.filter(isNeurons) : ir.fields;
  return rules(ir.fields, { outer, element, writes });
}

/** A field of one of the two neurons. */
function isNeurons({ owner }: KernelField): boolean {
  return owner !== "self";
}

function isOwn({ owner, role }: KernelField): boolean {
  return owner === "self" && role !== "constant";
}

function verifyFields(fields: readonly KernelField[]): void {
  const names = new Set(fields.map(({ owner, name }) => `${owner} ${name}`));
  require(names.size === fields.length, "two fields have one name");
  for (const { name, owner, scope } of fields) {
    const foreign = owner !== "self" && scope !== "local" && scope !== "global";
    require(!foreign, `"${name}" is a field of neurons`);
  }
}

function verifyHook(hook: IrHook & { readonly outer?: readonly IrStatement[] }, by: Rules): void {
  const draws = new Map<number, IrType>(hook.draws.map(({ draw }) => [draw, "real"]));
  require(draws.size === hook.draws.length, "a draw is made twice");
  const known = {
    fields: by.fields,
    temporaries: new Map<number, IrType>(),
    draws: new Set(draws.keys()),
    stored: new Set<number>(),
  };
  const none = new Set<KernelField>();
  const prepare = (statements: readonly IrStatement[], reads: ReadonlySet<KernelField>): void => {
    for (const statement of statements) {
      require(statement.kind !== "newton", "a preparation iterates");
      if (statement.kind === "store") {
        const field = by.fields[statement.slot];
        require(field !== undefined && reads.has(field), "a preparation stores");
      }
      verifyStatement(statement, known, by);
    }
    requireReads(statements, reads, by.fields);
    requireNoDraw(statements);
  };
  prepare(hook.prelude, none);
  for (const { distribution, parameters } of hook.draws) {
    const count = distributions[distribution].parameters.length;
    require(parameters.length === count, `${distribution} has too few or too many parameters`);
    for (const parameter of parameters) {
      verifyExpression(parameter, known);
      const use: IrStatement = { kind: "let", id: -1, type: "real", value: parameter };
      requireReads([use], none, by.fields);
      requireNoDraw([use]);
    }
  }
  prepare(hook.outer ?? [], by.outer);
  for (const statement of hook.body) {
    const field = statement.kind === "store" ? by.fields[statement.slot] : undefined;
    const isOuter = field !== undefined && by.outer.has(field);
    require(!isOuter, "what a row or column holds is stored for each synapse");
    verifyStatement(statement, known, by);
  }
  requireReads(hook.body, by.element, by.fields);
}

/** Check a value that a hook works out after its body. */
function verifyResult(hook: IrHook, value: IrExpression, type: IrType, by: Rules): void {
  require(typeOf(value) === type, "a result of another type");
  const id = 1 + Math.max(-1, ...identifiers(hook));
  const last: IrStatement = { kind: "let", id, type, value };
  verifyHook({ ...hook, body: [...hook.body, last] }, by);
}

function verifyStatement(statement: IrStatement, known: Known, by: Rules): void {
  switch (statement.kind) {
    case "note":
      return;
    case "let":
      verifyExpression(statement.value, known);
      require(typeOf(statement.value) ===
        statement.type, `t${statement.id} has the type of another value`);
      define(known, statement.id, statement.type);
      return;
    case "newton": {
      const { condition, unknowns, steps } = statement;
      if (condition !== null) {
        verifyExpression(condition, known);
        require(typeOf(condition) === "bool", "an iteration under a condition that is none");
      }
      require(unknowns.length === steps.length && steps.length > 0, "unknowns without a step");
      for (const { start, slot, id } of unknowns) {
        verifyExpression(start, known);
        require(typeOf(start) === "real", "an unknown that is no real number");
        require(by.fields[slot] !== undefined, `there is no field in slot ${slot}`);
        define(known, id, "real");
      }
      const inside: Known = { ...known, temporaries: new Map(known.temporaries) };
      for (const inner of statement.body) {
        require(inner.kind === "let" || inner.kind === "note", "an iteration stores");
        verifyStatement(inner, inside, by);
      }
      for (const step of steps) {
        verifyExpression(step, inside);
        require(typeOf(step) === "real", "a step that is no real number");
      }
      return;
    }
    case "store": {
      verifyExpression(statement.value, known);
      const field = known.fields[statement.slot];
      if (field === undefined) {
        throw new InternalError(`there is no field in slot ${statement.slot}`);
      }
      require(by.writes(field), `"${field.name}" belongs to another hook`);
      require(field.role !== "constant", `the constant "${field.name}" is assigned`);
      const type = field.type === "real" ? "real" : "int";
      require(typeOf(statement.value) === type, `"${field.name}" has another type`);
      require(!known.stored.has(statement.slot), `"${field.name}" is stored twice`);
      known.stored.add(statement.slot);
    }
  }
}

function define(known: Known, id: number, type: IrType): void {
  require(!known.temporaries.has(id), `t${id} is defined twice`);
  known.temporaries.set(id, type);
}

function verifyExpression(expression: IrExpression, known: Known): void {
  for (const operand of operandsOf(expression)) verifyExpression(operand, known);
  const wrong = complaint(expression, known);
  if (wrong !== null) require(false, wrong);
}

/** What is worked out once for many elements depends on none of them. */
function requireReads(
  statements: readonly IrStatement[],
  allowed: ReadonlySet<KernelField>,
  fields: readonly KernelField[],
): void {
  walkStatements(statements, (node) => {
    if (node.kind !== "load") return;
    const field = fields[node.slot]!;
    const shared = field.scope === "global";
    require(shared || allowed.has(field), `"${field.name}" is read where it has no one value`);
  });
}

function requireNoDraw(statements: readonly IrStatement[]): void {
  walkStatements(statements, (node) => require(node.kind !== "draw", "a preparation draws"));
}

function storesOf(hook: IrHook): ReadonlySet<number> {
  return new Set(hook.body.flatMap((item) => (item.kind === "store" ? [item.slot] : [])));
}

function identifiers(hook: IrHook & { readonly outer?: readonly IrStatement[] }): number[] {
  return [...hook.prelude, ...(hook.outer ?? []), ...hook.body].flatMap((statement) => {
    if (statement.kind === "let") return [statement.id];
    return statement.kind === "newton" ? statement.unknowns.map(({ id }) => id) : [];
  });
}

function require(condition: boolean, wrong: string): void {
  if (!condition) throw new InternalError(`malformed kernel: ${wrong}`);
}
