import type { Handler } from "../handler.js";
import type { Questions } from "../questions.js";

/** Hands an answer of the user to the cell that asked. */
export function input(questions: Questions): Handler<"input_reply"> {
  return {
    channels: ["stdin"],
    lane: "direct",
    handle: ({ content }) => {
      questions.answer(content.value);
      return null;
    },
  };
}
