import { writeFileSync } from "node:fs";
import { join } from "node:path";

import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { tensor, type Document, type Tensor } from "../../../lib/array/document.js";
import { encodeJson } from "../../../lib/array/json.js";
import { encodeMat } from "../../../lib/array/mat.js";
import { decodeNpy, encodeNpy } from "../../../lib/array/npy.js";
import { decodeNpz, documentToNpz } from "../../../lib/array/npz.js";
import { writeDocument } from "../../../lib/network/io.js";
import { temporaryFolder } from "../../support/folder.js";
import { hasPython, runPython } from "../../support/python.js";

const numbers = fc.oneof(fc.double(), fc.constantFrom(-0, NaN, Infinity, -Infinity, 5e-324));
const arrays = fc
  .tuple(
    fc.nat(3),
    fc.nat(4),
    fc.constantFrom("f8", "f4", "i4", "u1", "i8"),
    fc.infiniteStream(numbers),
  )
  .map(([rows, columns, type, stream]): Tensor => {
    const values = Array.from({ length: rows * columns }, () => stream.next().value!);
    const shape = [rows, columns];
    switch (type) {
      case "f4":
        return tensor(Float32Array.from(values), shape);
      case "i4":
        return tensor(Int32Array.from(values), shape);
      case "u1":
        return {
          ...tensor(
            Uint8Array.from(values, (v) => (v > 0 ? 1 : 0)),
            shape,
          ),
          boolean: true,
        };
      case "i8":
        return tensor(
          BigInt64Array.from(values, (v) =>
            BigInt.asIntN(64, BigInt(Number.isFinite(v) ? Math.trunc(v) : 7)),
          ),
          shape,
        );
      case "f8":
        return tensor(Float64Array.from(values), shape);
    }
  })
  .filter(({ data }) => !Array.from(data as Iterable<unknown>).includes(undefined));

const example: Document = {
  time_step: 12n,
  real: 1.5,
  nothing: null,
  flag: true,
  words: ["a", "é"],
  "a/b": { $x: "y", "": 2, "..": 3 },
  matrix: tensor(Float64Array.of(1, -0, NaN, Infinity, 5, 6), [2, 3]),
  single: tensor(Float32Array.of(0.1)),
  none: tensor(new Float64Array(0)),
  rows: { kind: "rows", rowStart: Float64Array.of(0, 2, 2, 3), data: Int32Array.of(3, 1, 7) },
  hidden: { kind: "bytes", bytes: Uint8Array.of(0, 128, 255) },
};

describe(".npy files", () => {
  it("bring every array back with its type, its shape and its bits", () => {
    fc.assert(
      fc.property(arrays, (array) => {
        expect(decodeNpy(encodeNpy(array), "x.npy")).toEqual({ boolean: false, ...array });
      }),
    );
  });

  it("begin their numbers at a multiple of 64 bytes", () => {
    expect((encodeNpy(tensor(Float64Array.of(1, 2, 3))).length - 24) % 64).toBe(0);
  });

  it.each([
    ["no such file", (file: Uint8Array) => file.fill(0, 0, 3)],
    ["a header that is cut off", (file: Uint8Array) => file.subarray(0, 40)],
    ["numbers that are cut off", (file: Uint8Array) => file.subarray(0, file.length - 1)],
    ["nothing", () => new Uint8Array(0)],
  ])("with %s are damaged", (_, damage) => {
    const file = damage(encodeNpy(tensor(Float64Array.of(1, 2, 3))));
    expect(() => decodeNpy(file, "x.npy")).toThrow(
      expect.objectContaining({ code: "DAMAGED_FILE" }),
    );
  });
});

describe(".npz files", () => {
  it("bring documents back", () => {
    const back = decodeNpz(documentToNpz(example, "x.npz"), "x.npz") as Record<string, unknown>;
    expect(Object.keys(back)).toEqual(Object.keys(example));
    expect(back["rows"]).toEqual(example["rows"]);
    expect(back["hidden"]).toEqual(example["hidden"]);
    expect(back["matrix"]).toMatchObject({ data: Float64Array.of(1, -0, NaN, Infinity, 5, 6) });
    expect(back["a/b"]).toMatchObject({ $x: "y" });
  });

  it("of equal documents are equal", () => {
    expect(documentToNpz(example, "x.npz")).toEqual(documentToNpz(example, "x.npz"));
  });

  it("that are cut off anywhere are damaged", () => {
    const file = documentToNpz(example, "x.npz");
    for (let length = 0; length < file.length; length += 97) {
      expect(() => decodeNpz(file.subarray(0, length), "x.npz")).toThrow(
        expect.objectContaining({ code: "DAMAGED_FILE" }),
      );
    }
  });
});

describe("JSON", () => {
  it("brings every number back with its bits, but for the three that it has not", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true })), (values) => {
        const text = new TextDecoder().decode(encodeJson({ x: tensor(Float64Array.from(values)) }));
        expect((JSON.parse(text) as { x: number[] }).x).toEqual(values);
      }),
    );
    const text = new TextDecoder().decode(
      encodeJson({ x: tensor(Float64Array.of(NaN, Infinity)) }),
    );
    expect(JSON.parse(text)).toEqual({ x: ["NaN", "Infinity"] });
  });
});

describe.runIf(hasPython || process.env["CI"] === "true")("for Python", () => {
  const folder = temporaryFolder();

  it("NumPy opens the arrays of a .npz file", () => {
    const file = join(folder, "x.npz");
    writeFileSync(file, documentToNpz(example, file));
    const program = `
import json, sys, numpy as np
with np.load(sys.argv[1]) as z:
    print(json.dumps([[k, str(z[k].dtype), list(z[k].shape)] for k in z.files if k != "manifest.json"]
        + [z["matrix"].ravel().view("u8").tolist(), z["rows"][z["rows.row_start"][0]:z["rows.row_start"][1]].tolist()]))`;
    const bits = new BigUint64Array(Float64Array.of(1, -0, NaN, Infinity, 5, 6).buffer);
    expect(runPython(program, file)).toEqual([
      ["time_step", "int64", []],
      ["real", "float64", []],
      ["a%2Fb/%", "float64", []],
      ["a%2Fb/%2E%2E", "float64", []],
      ["matrix", "float64", [2, 3]],
      ["single", "float32", [1]],
      ["none", "float64", [0]],
      ["rows", "int32", [3]],
      ["rows.row_start", "int64", [4]],
      ["hidden", "uint8", [3]],
      Array.from(bits, Number),
      [3, 1],
    ]);
  });

  it("what NumPy writes is read, in every order of axes and bytes", () => {
    const file = join(folder, "order.npz");
    const program = `
import sys, numpy as np
a = np.arange(6).reshape(2, 3)
np.savez(sys.argv[1], c=a.astype("<f8"), f=np.asfortranarray(a.astype("<f4")), b=a.astype(">i4"), l=a > 2)
print("null")`;
    runPython(program, file);
    const script = `import sys, json; print(json.dumps(list(open(sys.argv[1], "rb").read())))`;
    const read = decodeNpz(Uint8Array.from(runPython(script, file) as number[]), file);
    const values = [...(read as Map<string, Tensor>)].map(([name, { data, shape }]) => [
      name,
      Array.from(data as Float64Array),
      shape,
    ]);
    expect(values).toEqual([
      ["c", [0, 1, 2, 3, 4, 5], [2, 3]],
      ["f", [0, 1, 2, 3, 4, 5], [2, 3]],
      ["b", [0, 1, 2, 3, 4, 5], [2, 3]],
      ["l", [0, 0, 0, 1, 1, 1], [2, 3]],
    ]);
  });

  it("SciPy opens a .mat file", () => {
    const file = join(folder, "x.mat");
    writeFileSync(file, encodeMat(example, file));
    const program = `
import json, sys, scipy.io
m = scipy.io.loadmat(sys.argv[1], simplify_cells=True)
print(json.dumps([m["time_step"], m["real"], m["matrix"].shape, m["matrix"][1, 1:].tolist(), m["words"].tolist(),
    m["rows"][0].tolist(), m["a_b"]["x_x"], str(m["single"]), m["hidden"].tolist()]))`;
    expect(runPython(program, file)).toEqual([
      12,
      1.5,
      [2, 3],
      [5, 6],
      ["a", "é"],
      [3, 1],
      "y",
      "0.10000000149011612",
      [0, 128, 255],
    ]);
  });

  it("h5py opens the arrays of an HDF5 file", async () => {
    const file = join(folder, "x.h5");
    await writeDocument(file, example);
    const program = `
import json, sys, h5py
with h5py.File(sys.argv[1]) as f:
    print(json.dumps([int(f["time_step"][()]), f["matrix"][1].tolist()[1:], f["matrix"].shape, f["rows.row_start"][:].tolist(), f["single"].dtype.name]))`;
    expect(runPython(program, file)).toEqual([12, [5, 6], [2, 3], [0, 2, 2, 3], "float32"]);
  });
});
