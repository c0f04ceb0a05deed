import { describe, expect, it } from "vitest";

import {
  InvalidRequest,
  isRequestType,
  readContent,
} from "../../../../kernel/protocol/requests.js";

describe("readContent", () => {
  it("fills in what a client may leave out", () => {
    expect(readContent("execute_request", { code: "1" })).toEqual({
      code: "1",
      silent: false,
      store_history: null,
      user_expressions: {},
      allow_stdin: true,
      stop_on_error: true,
    });
  });

  it("passes over fields it does not know", () => {
    expect(readContent("is_complete_request", { code: "1", new_field: 2 })).toEqual({ code: "1" });
  });

  it.each([
    ["execute_request", {}, "code"],
    ["execute_request", { code: "1", silent: "yes" }, "silent"],
    ["execute_request", { code: "1", user_expressions: { a: 1 } }, "user_expressions"],
    ["complete_request", { code: "1", cursor_pos: 1.5 }, "cursor_pos"],
    ["history_request", { hist_access_type: "all" }, "hist_access_type"],
    ["comm_open", { comm_id: "c", target_name: "t", data: [] }, "data"],
  ] as const)("%s %o: names the field", (type, content, field) => {
    expect(() => readContent(type, content)).toThrow(InvalidRequest);
    expect(() => readContent(type, content)).toThrow(`"${field}"`);
  });
});

describe("isRequestType", () => {
  it("knows requests, and nothing that every object has", () => {
    expect(isRequestType("execute_request")).toBe(true);
    expect(isRequestType("toString")).toBe(false);
    expect(isRequestType("__proto__")).toBe(false);
  });
});
