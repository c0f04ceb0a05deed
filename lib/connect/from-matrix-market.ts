import { problem } from "../errors.js";
import { readMatrixMarket } from "./matrix-market.js";
import { checkKnown, checkStorage, STORAGE_OPTIONS, type StorageOptions } from "./options.js";
import type { ExplicitPattern } from "./pattern.js";
import { RowBuilder } from "./rows.js";

/**
 * The synapses of a Matrix Market file, rows = post, columns = pre, with indices within views. What is in the file becomes a
 * synapse, zeros too.
 *
 * @param read - Gives the text of a file.
 * @throws {SimulatorError} NOT_MATRIX_MARKET, MATRIX_MARKET, UNKNOWN_CONNECTOR_OPTION, INVALID_CONNECTOR_OPTION.
 */
export function fromMatrixMarket(
  file: string,
  options: StorageOptions,
  read: (file: string) => string,
): ExplicitPattern {
  const name = "fromMatrixMarket";
  checkKnown(name, options, STORAGE_OPTIONS);
  const storage = checkStorage(name, options);
  const given: unknown = file;
  if (typeof given !== "string" || !given.endsWith(".mtx")) {
    throw problem("NOT_MATRIX_MARKET", { file: String(given) });
  }
  const { rows, columns, row, column, value } = readMatrixMarket(read(file), file);
  return {
    kind: "explicit",
    storage,
    delays: 0,
    rows: ({ label, pre, post }) => {
      if (rows !== post.size || columns !== pre.size) {
        const expected = [post.size, pre.size] as const;
        throw problem("WRONG_MATRIX", { projection: label, given: [rows, columns], expected });
      }
      const builder = new RowBuilder();
      value.forEach((weight, i) => {
        builder.add(post.ranks[row[i]!]!, pre.ranks[column[i]!]!, weight, 0);
      });
      return builder.build(label);
    },
  };
}
