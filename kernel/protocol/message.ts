import { randomUUID } from "node:crypto";

/** Version of the message specification this kernel speaks. */
export const PROTOCOL_VERSION = "5.5";

/** Plain JSON data, as it stands in a frame. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Header of a message, https://jupyter-client.readthedocs.io/en/stable/messaging.html#message-header */
export interface Header {
  readonly msg_id: string;
  readonly msg_type: string;
  readonly session: string;
  readonly username: string;
  readonly date: string;
  readonly version: string;
}

/** A message of the Jupyter protocol, signature checked and removed. */
export interface Message {
  readonly header: Header;
  /** Header of the request this message belongs to; empty when there is none. */
  readonly parentHeader: Header | Readonly<Record<string, never>>;
  readonly metadata: JsonObject;
  readonly content: JsonObject;
  readonly buffers: readonly Uint8Array[];
}

/** A verified message and the routing prefix its answer must carry. */
export interface ReceivedMessage extends Message {
  readonly identities: readonly Uint8Array[];
}

/** Contents of what the kernel sends on its own: on iopub, and questions on stdin. */
export interface SentContents {
  iopub_welcome: { subscription: string };
  status: { execution_state: "starting" | "busy" | "idle" };
  stream: { name: "stdout" | "stderr"; text: string };
  execute_input: { code: string; execution_count: number };
  execute_result: { execution_count: number; data: JsonObject; metadata: JsonObject };
  error: { ename: string; evalue: string; traceback: readonly string[] };
  display_data: { data: JsonObject; metadata: JsonObject; transient: { display_id?: string } };
  update_display_data: {
    data: JsonObject;
    metadata: JsonObject;
    transient: { display_id?: string };
  };
  clear_output: { wait: boolean };
  comm_close: { comm_id: string; data: JsonObject };
  shutdown_reply: { status: "ok"; restart: boolean };
  input_request: { prompt: string; password: boolean };
}

/** Types of the messages that the kernel sends. */
export type SentType = keyof SentContents;

/** Makes headers of one kernel session: one session id, message ids that count up. */
export class Headers {
  readonly session = randomUUID();
  private count = 0;

  next(type: string): Header {
    this.count += 1;
    return {
      msg_id: `${this.session}_${this.count}`,
      msg_type: type,
      session: this.session,
      username: "kernel",
      date: new Date().toISOString(),
      version: PROTOCOL_VERSION,
    };
  }
}
