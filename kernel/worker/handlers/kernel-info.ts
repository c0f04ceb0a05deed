import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import { PROTOCOL_VERSION } from "../../protocol/message.js";
import type { Handler, Reply } from "../handler.js";

/** Says what this kernel is and what its language is called elsewhere. */
export function kernelInfo(): Handler<"kernel_info_request"> {
  const reply = kernelDescription();
  return { channels: ["shell", "control"], lane: "direct", handle: () => reply };
}

function kernelDescription(): Reply {
  const require = createRequire(import.meta.url);
  const version = packageVersion(require.resolve("neurarchy/package.json"));
  const typescript = packageVersion(require.resolve("typescript/package.json"));
  return {
    status: "ok",
    protocol_version: PROTOCOL_VERSION,
    implementation: "neurarchy",
    implementation_version: version,
    language_info: {
      name: "typescript",
      version: typescript,
      mimetype: "text/typescript",
      file_extension: ".ts",
      pygments_lexer: "typescript",
      codemirror_mode: "typescript",
      nbconvert_exporter: "script",
    },
    banner: `Neurarchy ${version} · TypeScript ${typescript} · Node ${process.versions.node}`,
    help_links: [],
    debugger: false,
    supported_features: [],
  };
}

function packageVersion(path: string): string {
  const content = JSON.parse(readFileSync(path, "utf8")) as { readonly version: string };
  return content.version;
}
