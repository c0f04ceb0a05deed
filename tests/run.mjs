#!/usr/bin/env node
/**
 * The test runner: `node tests/run.mjs [SUITE...]`; without a name, all suites but the browser's.
 *
 * It installs first (`install.sh`, which skips what is up to date) and sets up the test tools
 * (`tests/setup.sh`). The counts of a suite come from the result file its own runner writes; a suite that
 * leaves none has failed. Each suite's counts are kept in `.results/<suite>.json`, and the last line printed
 * is their sum. `--total` runs nothing and prints the sum over the kept counts of all suites.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const results = join(root, ".results");
const inCI = process.env.CI === "true";

/** Why a suite cannot run here, or null. */
const needs = {
  nothing: () => null,
  googletest: () =>
    existsSync("/usr/include/gtest/gtest.h") ? null : "GoogleTest (libgtest-dev) is not installed",
  testEnvironment: () =>
    existsSync(join(root, ".test-venv/bin/python")) ? null : "the environment .test-venv is absent",
  chromium: () =>
    spawnSync("chromium", ["--version"]).status === 0 ? null : "chromium is not installed",
};

/** Suites in the order in which they run: how to run one, and how to count the file it leaves. */
const suites = {
  unit: vitest("unit", needs.nothing),
  native: googletest([]),
  "native-sanitized": googletest(["--sanitize", "address,undefined"]),
  "native-races": googletest(["--sanitize", "thread"]),
  kernel: vitest("kernel", needs.nothing),
  conformance: {
    missing: needs.testEnvironment,
    command: (file) => [".test-venv/bin/python", "tests/conformance/run.py", file],
    count: (file) => JSON.parse(readFileSync(file, "utf8")),
  },
  notebooks: vitest("notebooks", needs.nothing),
  install: vitest("install", needs.nothing),
  browser: { ...vitest("browser", needs.chromium), onRequest: true },
};

/** One project of vitest.config.ts. Files outside `unit` share kernels and ports: one after the other. */
function vitest(project, missing) {
  return {
    missing,
    command: (file) => [
      process.execPath,
      "node_modules/vitest/vitest.mjs",
      "run",
      ...["--project", project],
      ...(project === "unit" ? [] : ["--no-file-parallelism"]),
      ...["--reporter", inCI ? "dot" : "default"],
      ...["--reporter", "json", "--outputFile", file],
    ],
    count: (file) => {
      const report = JSON.parse(readFileSync(file, "utf8"));
      // A file that could not be loaded has no tests to count.
      const broken = report.testResults.filter(
        (result) =>
          result.status === "failed" &&
          result.assertionResults.every((test) => test.status !== "failed"),
      );
      return {
        passed: report.numPassedTests,
        failed: report.numFailedTests + broken.length,
        skipped: report.numPendingTests + report.numTodoTests,
      };
    },
  };
}

/** The engine alone, built and run by tests/native/run.sh. */
function googletest(options) {
  return {
    missing: needs.googletest,
    command: (file) => ["bash", "tests/native/run.sh", ...options, `--gtest_output=json:${file}`],
    count: (file) => {
      const report = JSON.parse(readFileSync(file, "utf8"));
      const skipped = report.testsuites
        .flatMap((suite) => suite.testsuite)
        .filter((test) => test.result === "SKIPPED").length;
      return {
        passed: report.tests - report.failures - report.disabled - skipped,
        failed: report.failures,
        skipped: report.disabled + skipped,
      };
    },
  };
}

function run(command) {
  const [program, ...parameters] = command;
  const { status } = spawnSync(program, parameters, {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
  });
  return status ?? 1;
}

/** Run one suite; its counts, in which a crash and a suite without tests are failures. */
function runSuite(name) {
  const suite = suites[name];
  const reason = suite.missing();
  if (reason !== null) {
    console.log(`SKIPPED: ${name}: ${reason}`);
    return { passed: 0, failed: 0, skipped: 1 };
  }
  const report = join(results, `${name}-report.json`);
  rmSync(report, { force: true });
  const status = run(suite.command(report));
  if (!existsSync(report)) {
    console.log(`${name}: ended with status ${status} and left no result`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
  const { passed, failed, skipped } = suite.count(report);
  const crashed = failed === 0 && (status !== 0 || passed + skipped === 0);
  if (crashed) console.log(`${name}: ended with status ${status} after ${passed} passed tests`);
  return { passed, failed: crashed ? 1 : failed, skipped };
}

function resultFile(name) {
  return join(results, `${name}.json`);
}

/** The counts kept for a suite; one that never ran has failed. */
function kept(name) {
  if (existsSync(resultFile(name))) return JSON.parse(readFileSync(resultFile(name), "utf8"));
  console.log(`${name}: did not run`);
  return { passed: 0, failed: 1, skipped: 0 };
}

/** Print what each suite gave and the closing line; the exit status. */
function summarize(names) {
  const counts = names.map((name) => ({ name, ...kept(name) }));
  const sum = (key) => counts.reduce((total, count) => total + count[key], 0);
  console.log();
  for (const { name, passed, failed, skipped } of counts) {
    const note =
      skipped === 0 ? "" : `, ${skipped} skipped${inCI ? ", which is a failure here" : ""}`;
    console.log(`${name.padEnd(18)} ${passed} passed, ${failed} failed${note}`);
  }
  const failed = sum("failed") + (inCI ? sum("skipped") : 0);
  console.log(`${sum("passed")} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

function main(parameters) {
  const names = Object.keys(suites);
  if (parameters.includes("--total")) return summarize(names);
  const unknown = parameters.filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    console.error(`no suite ${unknown.join(", ")}; there are: ${names.join(", ")}`);
    return 2;
  }
  const chosen =
    parameters.length > 0 ? parameters : names.filter((name) => !suites[name].onRequest);
  mkdirSync(results, { recursive: true });
  for (const name of chosen) rmSync(resultFile(name), { force: true });
  for (const preparation of ["install.sh", "tests/setup.sh"]) {
    if (run(["bash", preparation]) !== 0) {
      console.log(`${preparation} failed: no test was run`);
      console.log(`0 passed, ${chosen.length} failed`);
      return 1;
    }
  }
  for (const name of chosen) {
    console.log(`\n== ${name}`);
    writeFileSync(resultFile(name), JSON.stringify(runSuite(name)));
  }
  return summarize(chosen);
}

process.exitCode = main(process.argv.slice(2));
