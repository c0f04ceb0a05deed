import type { Handler } from "../handler.js";
import type { Interrupter } from "../interrupter.js";
import type { Questions } from "../questions.js";

/** Stops what runs; the cell itself tells how it ended. */
export function interrupt(
  interrupter: Interrupter,
  questions: Questions,
): Handler<"interrupt_request"> {
  return {
    channels: ["control", "shell"],
    lane: "direct",
    handle: () => {
      questions.answer(null);
      void interrupter.interrupt();
      return { status: "ok" };
    },
  };
}
