import { walkIr, walkStatements } from "../ir/build.js";
import type { IrExpression, IrHook, IrNewton, IrStatement } from "../ir/ir.js";
import { cTypes, emitExpression, type Spelling } from "./expression.js";
import type { Writer } from "./writer.js";

/** How statements are written in one place of a hook. */
export interface Place {
  readonly spelling: Spelling;
  /** Where the new value of a field goes. */
  readonly destination: (slot: number) => string;
  /** Whom the failure of an iteration is reported for: rank of the neuron, and of its partner in a synapse. */
  readonly failing: { readonly element: string; readonly partner: string };
}

/** Write statements as C. */
export function emitStatements(writer: Writer, list: readonly IrStatement[], place: Place): void {
  for (const statement of list) {
    switch (statement.kind) {
      case "note":
        writer.line(`// ${statement.text}`);
        break;
      case "let": {
        const value = emitExpression(statement.value, place.spelling);
        writer.line(`const ${cTypes[statement.type]} t${statement.id} = ${value};`);
        break;
      }
      case "newton":
        emitNewton(writer, statement, place);
        break;
      case "store": {
        const value = emitExpression(statement.value, place.spelling);
        writer.line(`${place.destination(statement.slot)} = ${value};`);
        break;
      }
    }
  }
}

/** An iteration: `n` is the slot of the first variable that still moves, below 0 when all stand still. */
function emitNewton(writer: Writer, newton: IrNewton, place: Place): void {
  const { condition, unknowns, body, steps } = newton;
  for (const { id, start } of unknowns) {
    writer.line(`na_real t${id} = ${emitExpression(start, place.spelling)};`);
  }
  const first = unknowns[0]!;
  const moving = `n${first.id}`;
  const turn = `k${first.id}`;
  const begins = condition === null ? "" : `${emitExpression(condition, place.spelling)} ? `;
  writer.line(`int32_t ${moving} = ${begins}${first.slot}${begins === "" ? "" : " : -1"};`);
  const head = `for (int ${turn} = 0; ${moving} >= 0 && ${turn} < NA_ITERATIONS; ${turn}++)`;
  writer.block(head, () => {
    emitStatements(writer, body, place);
    steps.forEach((step, i) => {
      const value = emitExpression(step, place.spelling);
      writer.line(`const na_real s${unknowns[i]!.id} = ${value};`);
    });
    for (const { id } of unknowns) writer.line(`t${id} = t${id} - s${id};`);
    const tests = unknowns.map(({ id, slot }) => `na_moves(s${id}, t${id}) ? ${slot} : `);
    writer.line(`${moving} = ${tests.join("")}-1;`);
  });
  const { element, partner } = place.failing;
  writer.line(`if (${moving} >= 0) na_fail(step, ${element}, ${partner}, ${moving});`);
}

/** What a hook reads. */
export interface Uses {
  /** Fields, in the order of their slots. */
  readonly slots: readonly number[];
  readonly clocks: readonly string[];
  /** Anything of the step at all. */
  readonly step: boolean;
  readonly iterates: boolean;
  readonly plasticity: boolean;
}

/** A hook with what it works out after its statements. */
export type EmittedHook = IrHook & {
  readonly outer?: readonly IrStatement[];
  readonly results?: readonly IrExpression[];
};

/** Find what a hook reads. */
export function usesOf(hook: EmittedHook): Uses {
  const slots = new Set<number>();
  const clocks = new Set<string>();
  const statements = [...hook.prelude, ...(hook.outer ?? []), ...hook.body];
  const iterates = statements.some(({ kind }) => kind === "newton");
  let plasticity = false;
  let step = hook.draws.length > 0 || iterates;
  const visit = (node: IrExpression): void => {
    if (node.kind === "load") slots.add(node.slot);
    if (node.kind === "clock") clocks.add(node.name);
    plasticity ||= node.kind === "plasticity";
    step ||= ["clock", "steps", "step"].includes(node.kind);
  };
  walkStatements(statements, visit);
  for (const { parameters } of hook.draws) {
    for (const parameter of parameters) walkIr(parameter, visit);
  }
  for (const result of hook.results ?? []) walkIr(result, visit);
  return {
    slots: [...slots].sort(ascending),
    clocks: [...clocks].sort(),
    step,
    iterates,
    plasticity,
  };
}

/** Fields that a hook stores, in the order of their slots. */
export function storedSlots(hook: EmittedHook): readonly number[] {
  const stored = [...(hook.outer ?? []), ...hook.body].flatMap((item) =>
    item.kind === "store" ? [item.slot] : [],
  );
  return stored.sort(ascending);
}

function ascending(a: number, b: number): number {
  return a - b;
}
