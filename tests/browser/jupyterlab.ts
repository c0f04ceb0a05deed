import { spawn, type ChildProcess } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import { chromium, type Browser, type Page } from "playwright-core";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/** Chromium must run as root and without asking anything outside this machine. */
const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The installed JupyterLab over a copy of the notebooks, and a browser in front of it. */
export interface JupyterLab {
  /** Open a notebook in a page of its own, once its kernel is ready. */
  open(notebook: string): Promise<Page>;
  /** End browser and server, and with it the kernels. */
  close(): Promise<void>;
}

/** Start JupyterLab on a free port, with settings and run-time files of its own. */
export async function startJupyterLab(): Promise<JupyterLab> {
  const folder = await mkdtemp(join(tmpdir(), "neurarchy-lab-"));
  await cp(join(root, "notebooks"), join(folder, "notebooks"), { recursive: true });
  await writeSetting(folder, "@jupyterlab/apputils-extension/notification", { fetchNews: "false" });
  const server = spawn(
    join(root, ".venv", "bin", "jupyter-lab"),
    [
      "--no-browser",
      "--allow-root",
      "--ServerApp.ip=127.0.0.1",
      "--ServerApp.port=0",
      `--ServerApp.root_dir=${join(folder, "notebooks")}`,
      "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ],
    {
      stdio: ["ignore", "ignore", "pipe"],
      env: {
        ...process.env,
        JUPYTER_CONFIG_DIR: join(folder, "config"),
        JUPYTER_DATA_DIR: join(folder, "data"),
        JUPYTER_RUNTIME_DIR: join(folder, "runtime"),
        JUPYTERLAB_SETTINGS_DIR: join(folder, "settings"),
        JUPYTERLAB_WORKSPACES_DIR: join(folder, "workspaces"),
      },
    },
  );
  let browser: Browser | null = null;
  const close = async (): Promise<void> => {
    await browser?.close();
    await stop(server);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const address = await addressOf(server);
    browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: flags });
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    return {
      open: async (notebook) => {
        const page = await context.newPage();
        await page.goto(
          `${address.origin}/lab/tree/${notebook}?${address.searchParams.toString()}`,
        );
        await page.locator(".jp-NotebookPanel").waitFor();
        await kernelIs(page, "Idle");
        return page;
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Wait until the status of the notebook's kernel, as the status bar shows it, is this one. */
export async function kernelIs(page: Page, status: "Idle" | "Busy"): Promise<void> {
  await page.locator("#jp-main-statusbar").getByText(`| ${status}`).waitFor();
}

/** Choose an entry of the menu bar: `choose(page, "Run", "Run All Cells")`. */
export async function choose(page: Page, menu: string, entry: string): Promise<void> {
  await page.locator("#jp-MainMenu").getByRole("menuitem", { name: menu, exact: true }).click();
  await page.locator(".lm-Menu").getByRole("menuitem", { name: entry, exact: true }).click();
}

/** Set what JupyterLab would ask about or remember. */
async function writeSetting(folder: string, plugin: string, value: object): Promise<void> {
  const file = join(folder, "settings", `${plugin}.jupyterlab-settings`);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify(value));
}

/** The address with the token that the server prints once it listens. */
async function addressOf(server: ChildProcess): Promise<URL> {
  const said: string[] = [];
  for await (const line of createInterface({ input: server.stderr! })) {
    said.push(line);
    const address = /http:\/\/127\.0\.0\.1:\d+\/lab\?token=\w+/.exec(line);
    if (address !== null) {
      server.stderr!.resume();
      return new URL(address[0]);
    }
  }
  throw new Error(`JupyterLab ended before it listened:\n${said.join("\n")}`);
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return;
  const ended = new Promise((resolve) => server.once("exit", resolve));
  server.kill("SIGTERM");
  await ended;
}
