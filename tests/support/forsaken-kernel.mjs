// Starts a kernel as a Jupyter server does, and stays until it is killed.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("../../dist/kernel/main.js", import.meta.url));
spawn(process.execPath, [main, "kernel", process.argv[2]], {
  env: { ...process.env, JPY_PARENT_PID: String(process.pid) },
  stdio: "inherit",
  detached: true,
});
