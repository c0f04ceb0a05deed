import type { JsonObject } from "./message.js";

/** One field of a request: what a valid value is, and what stands in for an absent one. */
interface Field<T> {
  readonly expects: string;
  readonly accepts: (value: unknown) => value is T;
  /** Absent: the field is required. */
  readonly fallback?: T;
}

type Fields = Readonly<Record<string, Field<unknown>>>;

const text: Field<string> = {
  expects: "a string",
  accepts: (value): value is string => typeof value === "string",
};
const flag: Field<boolean> = {
  expects: "true or false",
  accepts: (value): value is boolean => typeof value === "boolean",
};
const integer: Field<number> = {
  expects: "an integer",
  accepts: (value): value is number => Number.isInteger(value),
};
const position: Field<number> = {
  expects: "an integer ≥ 0",
  accepts: (value): value is number => Number.isInteger(value) && (value as number) >= 0,
};
const object: Field<JsonObject> = {
  expects: "an object",
  accepts: (value): value is JsonObject =>
    typeof value === "object" && value !== null && !Array.isArray(value),
};
const texts: Field<Readonly<Record<string, string>>> = {
  expects: "an object of strings",
  accepts: (value): value is Readonly<Record<string, string>> =>
    object.accepts(value) && Object.values(value).every((entry) => typeof entry === "string"),
};
const historyAccess: Field<"tail" | "range" | "search"> = {
  expects: '"tail", "range" or "search"',
  accepts: (value): value is "tail" | "range" | "search" =>
    value === "tail" || value === "range" || value === "search",
};

function optional<T>(field: Field<T>, fallback: T): Field<T> {
  return { ...field, fallback };
}

function nullable<T>(field: Field<T>): Field<T | null> {
  return {
    expects: `${field.expects} or null`,
    accepts: (value): value is T | null => value === null || field.accepts(value),
    fallback: null,
  };
}

/**
 * Every request the kernel knows, with the fields of its content that it reads. Types and checks both come from
 * this table. https://jupyter-client.readthedocs.io/en/stable/messaging.html
 */
const requests = {
  kernel_info_request: {},
  execute_request: {
    code: text,
    silent: optional(flag, false),
    store_history: nullable(flag),
    user_expressions: optional(texts, {}),
    allow_stdin: optional(flag, true),
    stop_on_error: optional(flag, true),
  },
  complete_request: { code: text, cursor_pos: position },
  inspect_request: { code: text, cursor_pos: position, detail_level: optional(position, 0) },
  is_complete_request: { code: text },
  history_request: {
    hist_access_type: historyAccess,
    output: optional(flag, false),
    session: optional(integer, 0),
    start: nullable(integer),
    stop: nullable(integer),
    n: nullable(position),
    pattern: nullable(text),
    unique: optional(flag, false),
  },
  comm_info_request: { target_name: nullable(text) },
  comm_open: { comm_id: text, target_name: text, data: optional(object, {}) },
  comm_msg: { comm_id: text, data: optional(object, {}) },
  comm_close: { comm_id: text, data: optional(object, {}) },
  interrupt_request: {},
  shutdown_request: { restart: optional(flag, false) },
  debug_request: { command: optional(text, "") },
  input_reply: { value: text },
} satisfies Record<string, Fields>;

type Requests = typeof requests;

/** Types of the messages a client sends. */
export type RequestType = keyof Requests;

/** Checked content of a request: required fields are there, optional ones have their defaults. */
export type RequestContent<T extends RequestType = RequestType> = {
  readonly [F in keyof Requests[T]]: Requests[T][F] extends Field<infer V> ? V : never;
};

/** Whether the kernel knows a message type. */
export function isRequestType(type: string): type is RequestType {
  return Object.hasOwn(requests, type);
}

/**
 * Check the content of a request.
 * @throws {InvalidRequest} naming the first wrong field
 */
export function readContent<T extends RequestType>(
  type: T,
  content: JsonObject,
): RequestContent<T> {
  const read: Record<string, unknown> = {};
  for (const [name, field] of Object.entries<Field<unknown>>(requests[type])) {
    const value = content[name] ?? field.fallback;
    if (!field.accepts(value)) {
      throw new InvalidRequest(`${type}: "${name}" must be ${field.expects}`);
    }
    read[name] = value;
  }
  return read as RequestContent<T>;
}

/** A request that is signed and well-formed JSON, but whose content is not what the protocol says. */
export class InvalidRequest extends Error {
  override readonly name = "InvalidRequest";
}
