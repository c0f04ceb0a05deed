import { describe, expect, it } from "vitest";

import { readMatrixMarket } from "../../../lib/connect/matrix-market.js";

const read = (...lines: readonly string[]): unknown => {
  const { row, column, value, rows, columns } = readMatrixMarket(lines.join("\n"), "a.mtx");
  return { size: [rows, columns], entries: value.map((w, i) => [row[i], column[i], w]) };
};

const head = (kind: string): string => `%%MatrixMarket matrix ${kind}`;

describe("readMatrixMarket", () => {
  it("reads coordinates, counted from 1, with comments and blank lines", () => {
    const lines = ["% a comment", "", "2 3 2", "1 3 0.5", "% more", "2 1 -1e-3", ""];
    expect(read(head("coordinate real general"), ...lines)).toEqual({
      size: [2, 3],
      entries: [
        [0, 2, 0.5],
        [1, 0, -0.001],
      ],
    });
  });

  it("reads lines that end as on Windows, and words in capitals", () => {
    expect(
      read("%%MatrixMarket MATRIX Coordinate Integer GENERAL\r", "1 1 1\r", "1 1 7\r"),
    ).toEqual({ size: [1, 1], entries: [[0, 0, 7]] });
  });

  it("takes 1 for entries without values", () => {
    expect(read(head("coordinate pattern general"), "2 2 1", "2 1")).toEqual({
      size: [2, 2],
      entries: [[1, 0, 1]],
    });
  });

  it("reads arrays column by column, with their zeros", () => {
    expect(read(head("array real general"), "2 2", "1", "0", "3", "4")).toEqual({
      size: [2, 2],
      entries: [
        [0, 0, 1],
        [1, 0, 0],
        [0, 1, 3],
        [1, 1, 4],
      ],
    });
  });

  it("completes symmetric matrices", () => {
    expect(read(head("coordinate real symmetric"), "2 2 2", "1 1 5", "2 1 6")).toEqual({
      size: [2, 2],
      entries: [
        [0, 0, 5],
        [1, 0, 6],
        [0, 1, 6],
      ],
    });
    expect(read(head("array real symmetric"), "2 2", "5", "6", "7")).toEqual({
      size: [2, 2],
      entries: [
        [0, 0, 5],
        [1, 0, 6],
        [0, 1, 6],
        [1, 1, 7],
      ],
    });
    expect(read(head("array real skew-symmetric"), "2 2", "6")).toEqual({
      size: [2, 2],
      entries: [
        [1, 0, 6],
        [0, 1, -6],
      ],
    });
  });

  const coordinates = head("coordinate real general");
  it.each<[what: string, line: number, lines: readonly string[]]>([
    ["an empty file", 0, []],
    ["another first line", 1, ["1 1 1"]],
    ["complex numbers", 1, [head("coordinate complex general"), "1 1 0"]],
    ["an unknown symmetry", 1, [head("coordinate real hermitian"), "1 1 0"]],
    ["an array without values", 1, [head("array pattern general"), "1 1"]],
    ["no size", 2, [coordinates, "% nothing"]],
    ["an incomplete size", 2, [coordinates, "2 2"]],
    ["a size that is not whole", 2, [coordinates, "2.5 2 1"]],
    ["a symmetric matrix that is not square", 2, [head("coordinate real symmetric"), "2 3 0"]],
    ["an entry outside", 4, [coordinates, "2 2 2", "1 1 1", "3 1 1"]],
    ["a row 0", 3, [coordinates, "2 2 1", "0 1 1"]],
    ["an entry without a value", 3, [coordinates, "2 2 1", "1 1"]],
    ["a word", 3, [coordinates, "2 2 1", "1 1 one"]],
    ["too few entries", 3, [coordinates, "2 2 2", "1 1 1"]],
    ["too many entries", 5, [coordinates, "2 2 1", "1 1 1", "%", "2 2 1"]],
  ])("names the line of %s", (_, line, lines) => {
    expect(() => read(...lines)).toThrow(
      expect.objectContaining({
        code: "MATRIX_MARKET",
        details: expect.objectContaining({ file: "a.mtx", line }),
      }),
    );
  });
});
