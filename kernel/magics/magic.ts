import type { CurrentNetwork, Simulator } from "../session/simulator.js";

/** What a magic works with. */
export interface MagicContext {
  readonly simulator: Simulator;
  /** Evaluate an expression in the user's scope. */
  readonly evaluate: (expression: string) => Promise<unknown>;
  /** Show a value below the cell. */
  readonly display: (value: unknown) => unknown;
  /** Write a line to the cell's stdout. */
  readonly print: (line: string) => void;
}

/** A line magic. What it does, a line of TypeScript can do. */
export interface Magic {
  /** What stands behind `%`, and what it may be given: `simulate [network] duration`. */
  readonly usage: string;
  /** What it does, in a few words, with the TypeScript it stands for. */
  readonly summary: string;
  run(context: MagicContext, argument: string): Promise<void>;
}

/** A magic given something it cannot work with. */
export class MagicError extends Error {
  override readonly name = "MagicError";
}

/** A magic's network and what is left of its argument: the network named first, else the current one. */
export async function networkOf(
  { simulator, evaluate }: MagicContext,
  argument: string,
): Promise<{ network: CurrentNetwork; rest: string }> {
  const [, name, rest = ""] =
    /^([\p{ID_Start}$_][\p{ID_Continue}$]*)\s*(.*)$/u.exec(argument) ?? [];
  if (name !== undefined && name in globalThis) {
    const value = await evaluate(name);
    if (simulator.isNetwork(value)) return { network: value, rest };
  }
  return { network: simulator.currentNetwork(), rest: argument };
}

/** The error for words that a magic does not take. */
export function unexpected(magic: Magic, rest: string): MagicError {
  return new MagicError(`unexpected ${JSON.stringify(rest)}, the usage is %${magic.usage}`);
}
