import { nearest } from "../diagnostics.js";
import { cover } from "../source.js";
import type { Expression, Flag } from "./ast.js";
import { checkBrackets, Cursor, fail } from "./cursor.js";
import type { Report } from "./lexer.js";
import { readExpression } from "./parser.js";
import type { Token } from "./token.js";

const plainFlags = [
  ...["population", "projection", "postsynaptic", "semiglobal"],
  ...["float", "int", "bool"],
  ...["explicit", "implicit", "semiimplicit", "exponential", "midpoint", "rk4"],
  ...["event-driven", "runge-kutta4", "exact"],
  ...["unless_refractory", "unless_post"],
];

/** Flags and whether a value follows: `init = 0`, but `population`. */
const flags: ReadonlyMap<string, { readonly takesValue: boolean }> = new Map([
  ...["init", "min", "max"].map((name): [string, { takesValue: boolean }] => [
    name,
    { takesValue: true },
  ]),
  ...plainFlags.map((name): [string, { takesValue: boolean }] => [name, { takesValue: false }]),
]);

/**
 * Read what follows the colon: `init = 0, min = -1, exponential`. An unknown word is left out: as the first it is a
 * mistake, later only when it looks like a slip of the pen, because published models carry words without meaning.
 */
export function readFlags(
  tokens: readonly Token[],
  end: Token["span"],
  report: Report,
): readonly Flag[] {
  checkBrackets(tokens);
  const cursor = new Cursor(tokens, end);
  const found: Flag[] = [];
  let first = true;
  do {
    const flag = readFlag(cursor);
    const known = flags.get(flag.name);
    if (known === undefined) {
      const near = nearest(flag.name, flags.keys());
      if (first || near !== null) {
        const problem = { flag: flag.name, nearest: near };
        report({ code: "UNKNOWN_FLAG", problem, span: flag.nameSpan });
      }
      first = false;
      continue;
    }
    if (known.takesValue !== (flag.value !== null)) {
      fail("FLAG_VALUE", { flag: flag.name, takesValue: known.takesValue }, flag.nameSpan);
    }
    first = false;
    found.push({ name: flag.name, value: flag.value, span: cover(flag.nameSpan, flag.span) });
  } while (cursor.take(","));
  if (cursor.peek().kind !== "end") cursor.unexpected('"," or the end of the line');
  return found;
}

function readFlag(cursor: Cursor): Flag & { readonly nameSpan: Token["span"] } {
  const first = cursor.peek();
  if (first.kind !== "name") cursor.unexpected("a flag");
  cursor.next();
  let name = first.text;
  let nameSpan = first.span;
  // event-driven, runge-kutta4
  while (cursor.at("-") && cursor.peek(1).kind === "name") {
    cursor.next();
    const part = cursor.next();
    name += `-${part.text}`;
    nameSpan = cover(nameSpan, part.span);
  }
  let value: Expression | null = null;
  if (cursor.take("=")) value = readExpression(cursor);
  return { name, value, nameSpan, span: cover(nameSpan, value?.span ?? nameSpan) };
}
