import { randomUUID } from "node:crypto";
import type { MimeBundle } from "../bridge.js";
import { mimeBundle } from "./mime.js";

/** What a cell shows beside its result; the session adds the request it belongs to. */
export type DisplayOutput =
  | {
      readonly type: "display";
      readonly data: MimeBundle;
      readonly metadata: MimeBundle;
      readonly displayId: string | null;
      readonly update: boolean;
    }
  | { readonly type: "clear"; readonly wait: boolean };

/** One function for each kind of content. Binary content is given as bytes. */
export interface ContentDisplay {
  html(text: string): void;
  markdown(text: string): void;
  /** LaTeX, with its own `$…$` or `\[…\]`. */
  latex(text: string): void;
  svg(text: string): void;
  png(bytes: Uint8Array): void;
  jpeg(bytes: Uint8Array): void;
  gif(bytes: Uint8Array): void;
  pdf(bytes: Uint8Array): void;
  javascript(text: string): void;
  json(value: unknown): void;
  text(text: string): void;
  /** Content of any MIME type. */
  raw(type: string, content: unknown): void;
}

/** What `display` of the notebook can do. */
export interface Display extends ContentDisplay {
  /**
   * Show a value as the result of a cell would be shown. With `id`, `display.update` can replace it.
   *
   * @returns a promise if the value makes its bundle asynchronously
   * @throws {TypeError} when the value's display method makes no MIME bundle
   */
  (value: unknown, options?: { readonly id?: string }): Promise<void> | undefined;
  /** Replace what is shown under an id. */
  update(id: string, value: unknown): Promise<void> | undefined;
  /** Remove the outputs of the cell; with `wait`, not before the next output is there. */
  clear(options?: { readonly wait?: boolean }): void;
}

type Emit = (output: DisplayOutput) => void;

/** Make the `display` of a notebook, which hands its outputs to `emit`. */
export function createDisplay(emit: Emit): Display {
  const show = (
    value: unknown,
    displayId: string | null,
    update: boolean,
  ): Promise<void> | undefined => {
    const emitBundle = (data: MimeBundle): void =>
      emit({ type: "display", data, metadata: {}, displayId, update });
    const bundle = mimeBundle(value);
    if (bundle instanceof Promise) return bundle.then(emitBundle);
    emitBundle(bundle);
    return undefined;
  };
  const emitContent = (data: MimeBundle): void =>
    emit({ type: "display", data, metadata: {}, displayId: null, update: false });
  return Object.assign(
    (value: unknown, { id = null }: { readonly id?: string | null } = {}) => show(value, id, false),
    contentDisplay(emitContent),
    {
      update: (id: string, value: unknown) => show(value, id, true),
      clear: ({ wait = false }: { readonly wait?: boolean } = {}) => {
        emit({ type: "clear", wait });
      },
    },
  );
}

/** Make a display that owns one output: what is shown first is replaced by what is shown next. */
export function createSlot(emit: Emit): ContentDisplay {
  const displayId = randomUUID();
  let update = false;
  return contentDisplay((data) => {
    emit({ type: "display", data, metadata: {}, displayId, update });
    update = true;
  });
}

function contentDisplay(emit: (data: MimeBundle) => void): ContentDisplay {
  const ofText = (type: string) => (text: string) => {
    emit({ [type]: text });
  };
  const ofBytes = (type: string) => (bytes: Uint8Array) => {
    emit({ [type]: base64(bytes) });
  };
  return {
    html: ofText("text/html"),
    markdown: ofText("text/markdown"),
    latex: ofText("text/latex"),
    svg: ofText("image/svg+xml"),
    png: ofBytes("image/png"),
    jpeg: ofBytes("image/jpeg"),
    gif: ofBytes("image/gif"),
    pdf: ofBytes("application/pdf"),
    javascript: ofText("application/javascript"),
    json: (value) => emit({ "application/json": value }),
    text: ofText("text/plain"),
    raw: (type, content) =>
      emit({ [type]: content instanceof Uint8Array ? base64(content) : content }),
  };
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
}
