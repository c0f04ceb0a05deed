import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { emitUnit } from "../../lib/codegen/unit.js";
import { compileUnit } from "../../lib/compile/compile.js";
import { evaluateStep } from "../../lib/ir/evaluate.js";
import type { KernelIr } from "../../lib/ir/ir.js";
import type { EvaluateOptions } from "../../lib/ir/machine.js";
import { verify } from "../../lib/ir/verify.js";
import type { NeuronOptions } from "../../lib/model/definition.js";
import { analyseNeuron } from "../../lib/model/neuron.js";
import type { AnalysisContext } from "../../lib/model/draft.js";
import { lowerNeuron } from "../../lib/solve/lower.js";

/** Libraries that a test compiles live and die with its process. */
export const cacheFolder = mkdtempSync(join(tmpdir(), "neurarchy-test-"));

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Take a definition to verified IR. */
export function lowered(
  definition: NeuronOptions,
  context: AnalysisContext = { constants: [] },
): KernelIr {
  const ir = lowerNeuron(analyseNeuron(definition, context));
  verify(ir);
  return ir;
}

export interface Run {
  readonly size: number;
  readonly steps: number;
  readonly dt: number;
  readonly precision?: "double" | "float";
  readonly compiler?: string;
}

/** Values that fields start with, by name; everything else starts with 0. */
export type Values = Readonly<Record<string, number | readonly number[]>>;

/** One array per field. */
export type State = Float64Array[];

/** Fill the fields of a kernel. */
export function stateOf(ir: KernelIr, size: number, values: Values): State {
  return ir.fields.map(({ name, scope }) => {
    const count = scope === "global" ? 1 : size;
    const value = values[name] ?? 0;
    return Float64Array.from({ length: count }, (_, i) =>
      typeof value === "number" ? value : value[i % value.length]!,
    );
  });
}

/** Run a kernel as compiled C; the state after each step. */
export async function runCompiled(ir: KernelIr, values: Values, run: Run): Promise<State[]> {
  const { size, steps, dt, precision = "double", compiler } = run;
  const where = compiler === undefined ? { cacheFolder } : { cacheFolder, compiler };
  const library = await compileUnit(emitUnit(ir, { precision }), where);
  const input = Buffer.concat(stateOf(ir, size, values).map((field) => Buffer.from(field.buffer)));
  const words = [library.path, String(size), String(steps), String(dt), "0", "42"];
  const output = execFileSync(driverOf("driver"), words, { input, maxBuffer: 1 << 30 });
  const numbers = new Float64Array(
    output.buffer.slice(output.byteOffset, output.byteOffset + output.length),
  );
  let offset = 0;
  return Array.from({ length: steps }, () =>
    ir.fields.map(({ scope }) => {
      const count = scope === "global" ? 1 : size;
      offset += count;
      return numbers.slice(offset - count, offset);
    }),
  );
}

/** Run a kernel by the reference evaluator; the state after each step. */
export function runEvaluated(
  ir: KernelIr,
  values: Values,
  run: Run,
  draw?: (step: number) => NonNullable<EvaluateOptions["draw"]>,
): State[] {
  const { size, steps, dt, precision = "double" } = run;
  const round = precision === "float" ? Math.fround : (value: number): number => value;
  const state = stateOf(ir, size, values).map((field) => field.map(round));
  return Array.from({ length: steps }, (_, step) => {
    const options = draw === undefined ? { precision } : { precision, draw: draw(step) };
    evaluateStep(ir, state, size, { t: step * dt, dt }, options);
    return state.map((field) => field.slice());
  });
}

/** The program that calls the hooks of a library, compiled once per process. */
export function driverOf(name: "driver" | "synapse-driver"): string {
  const program = join(cacheFolder, name);
  if (existsSync(program)) return program;
  const source = join(root, `tests/differential/${name}.c`);
  const flags = ["-std=c11", "-O1", "-Wall", "-Wextra", "-I", join(root, "native/include")];
  execFileSync(process.env["CC"] ?? "gcc", [...flags, source, "-o", program, "-ldl"]);
  return program;
}

/** Units in the last place between two doubles; 0 for two NaNs, and for equal infinities. */
export function ulps(a: number, b: number): number {
  if (Object.is(a, b) || (Number.isNaN(a) && Number.isNaN(b))) return 0;
  if (Number.isNaN(a) || Number.isNaN(b)) return Infinity;
  const difference = ordinal(a) - ordinal(b);
  return Number(difference < 0n ? -difference : difference);
}

/** Position of a double in the order of all doubles. */
function ordinal(value: number): bigint {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigInt64(0);
  return bits < 0n ? -(bits & 0x7fffffffffffffffn) : bits;
}
