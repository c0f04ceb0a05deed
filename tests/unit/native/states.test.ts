import { describe, expect, it } from "vitest";

import { internals } from "../../../lib/network/internals.js";
import { built, resumable } from "../../support/resumable.js";

const kinds = Object.keys(resumable).slice(0, 3);
const damaged = expect.objectContaining({ code: "BAD_STATE" }) as Error;

describe("a state of the engine", () => {
  it.each(kinds)("is refused when it is cut off anywhere, or one byte longer: %s", async (kind) => {
    const { net, after } = await built(kind);
    after();
    await net.simulate(20);
    const native = net[internals].requireNative("test");
    const rows = native.synapses(0).postRanks.length;
    const count = native.countSynapses(0);
    for (const owner of ["population", "projection"] as const) {
      const state = native.exportState(owner, 0);
      const check = (bytes: Uint8Array): void => {
        native.checkState(owner, 0, bytes, rows, count);
      };
      expect(() => check(state)).not.toThrow();
      for (let length = 0; length < state.length; length += 7) {
        expect(() => check(state.slice(0, length))).toThrow(damaged);
      }
      expect(() => check(Uint8Array.of(...state, 0))).toThrow(damaged);
    }
  });

  it("is that of one kind of object, of its size", async () => {
    const { net } = await built(kinds[0]!);
    const native = net[internals].requireNative("test");
    const state = native.exportState("population", 0);
    expect(() => native.checkState("projection", 0, state, 0, 0)).toThrow(damaged);
    const other = (await built(kinds[1]!)).net[internals].requireNative("test");
    expect(() => other.importState("population", 0, state)).toThrow(damaged);
  });

  it("survives any change of a byte: it is refused, or taken without harm", async () => {
    const { net, after } = await built(kinds[0]!);
    after();
    await net.simulate(20);
    const native = net[internals].requireNative("test");
    const state = native.exportState("population", 0);
    for (let i = 12; i < state.length; i += 3) {
      const changed = state.slice();
      changed[i] = changed[i]! ^ 0x55;
      try {
        native.importState("population", 0, changed);
      } catch (error) {
        expect(error).toMatchObject({
          code: expect.stringMatching(/BAD_STATE|OUT_OF_MEMORY/) as string,
        });
      }
    }
    native.importState("population", 0, state);
    await net.simulate(2);
    expect(native.exportState("population", 0).length).toBeGreaterThan(0);
  });
});
