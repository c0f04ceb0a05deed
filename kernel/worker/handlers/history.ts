import type { Handler } from "../handler.js";
import type { History, HistoryEntry } from "../history.js";

/** Cells given when a client does not say how many it wants. */
const defaultTail = 10;

/** Gives what was run before. */
export function history(entries: History): Handler<"history_request"> {
  return {
    channels: ["shell", "control"],
    lane: "direct",
    handle: ({ content }) => ({
      status: "ok",
      history: find(entries, content).map(({ session, line, input, output }) => [
        session,
        line,
        content.output ? [input, output] : input,
      ]),
    }),
  };
}

interface Query {
  readonly hist_access_type: "tail" | "range" | "search";
  readonly session: number;
  readonly start: number | null;
  readonly stop: number | null;
  readonly n: number | null;
  readonly pattern: string | null;
  readonly unique: boolean;
}

function find(entries: History, query: Query): HistoryEntry[] {
  switch (query.hist_access_type) {
    case "tail":
      return entries.tail(query.n ?? defaultTail);
    case "range":
      return entries.range(query.session, query.start ?? 0, query.stop);
    case "search":
      return entries.search(query.pattern ?? "*", query.n, query.unique);
  }
}
