import { render, type Code, type Diagnostic, type Problems } from "./diagnostics.js";
import type { Span } from "./source.js";

/** Base of every error a user can cause. `code` is stable; `details` holds the facts the message is made of. */
export class SimulatorError extends Error {
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    code: string,
    message: string,
    details: Readonly<Record<string, unknown>> = {},
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = new.target.name;
    this.code = code;
    this.details = details;
  }
}

/** A mistake in the text of a model. Carries every mistake of the definition; `span` is that of the first. */
export class EquationError extends SimulatorError {
  readonly source: string;
  readonly span: { readonly start: number; readonly end: number };
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    const first = diagnostics[0]!;
    super(first.code, diagnostics.map((d) => render(d)).join("\n"), { ...first.problem });
    const span: Span | null = first.span;
    this.source = span?.source.name ?? "";
    this.span = { start: span?.start ?? 0, end: span?.end ?? 0 };
    this.diagnostics = diagnostics;
  }
}

/** The compiler refused generated code, or no compiler was found. */
export class CompileError extends SimulatorError {}

/** A configuration that the network or a projection cannot have. */
export class InvalidConfiguration extends SimulatorError {}

/** A replica of a parallel run failed; `cause` is its error. */
export class ReplicaError extends SimulatorError {
  /** Number of the replica, from 0. */
  readonly replica: number;

  constructor(replica: number, cause: unknown) {
    const facts = { replica, reason: cause instanceof Error ? cause.message : String(cause) };
    super("REPLICA_FAILED", render({ code: "REPLICA_FAILED", problem: facts, span: null }), facts);
    this.cause = cause;
    this.replica = replica;
  }
}

/** A defect of Neurarchy itself; please report it. */
export class InternalError extends Error {
  constructor(message: string) {
    super(`${message} (this is a defect of neurarchy, please report it)`);
    this.name = "InternalError";
  }
}

/** The error for a problem: sentence, code and facts from the one table of problems. */
export function problem<C extends Code>(
  code: C,
  facts: Problems[C],
  cause?: unknown,
): SimulatorError {
  return new SimulatorError(
    code,
    render({ code, problem: facts, span: null }),
    { ...facts },
    cause,
  );
}

/** The error for a model that could not be compiled, in the same way. */
export function compileProblem<
  C extends "NO_COMPILER" | "COMPILER_FAILED" | "COMPILER_FLAG" | "INVALID_CONFIG_FILE",
>(code: C, facts: Problems[C], cause?: unknown): CompileError {
  const message = render({ code, problem: facts, span: null });
  return new CompileError(code, message, { ...facts }, cause);
}
