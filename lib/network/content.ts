import type { Document } from "../array/document.js";
import { problem } from "../errors.js";
import { readDocument } from "./io.js";
import { contentNames, contentOf, type Content } from "./saved.js";

/**
 * Read a file that holds a certain content.
 *
 * @throws {SimulatorError} CANNOT_READ, DAMAGED_FILE, WRITTEN_ONLY, NO_HDF5; WRONG_CONTENT when it holds something else.
 */
export function readContent(file: string, expected: Content): Document {
  const document = readDocument(file);
  const content = contentOf(document);
  if (content === expected) return document;
  const found = content === null ? "nothing that this program saved" : contentNames[content];
  const advice =
    expected === "connections" && content === "projection"
      ? "fromFile() reads what saveConnectivity() writes"
      : null;
  throw problem("WRONG_CONTENT", { file, found, expected: contentNames[expected], advice });
}
