import type { TypeService } from "../../language/type-service.js";
import type { Cells } from "../cells.js";
import type { Handler } from "../handler.js";

/** Runs a cell when those before it have ended; what it declared is then known to completion. */
export function execute(
  cells: Cells,
  language: () => Promise<TypeService>,
): Handler<"execute_request"> {
  return {
    channels: ["shell"],
    lane: "ordered",
    handle: (request) => cells.execute(request),
    after: ({ content }) => void language().then((service) => service.cellRun(content.code)),
  };
}
