import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll } from "vitest";

/** A folder for the files of a test file, which is gone when its tests are through. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "neurarchy-files-"));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  return folder;
}
