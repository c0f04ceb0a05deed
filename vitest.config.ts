import { configDefaults, defineConfig } from "vitest/config";

/** A set of test files that `tests/run.mjs` runs and counts as one suite. */
function project(name: string, include: readonly string[], exclude: readonly string[] = []) {
  return {
    extends: true as const,
    test: {
      name,
      include: [...include],
      exclude: [...configDefaults.exclude, "dist/**", ".venv/**", ".test-venv/**", ...exclude],
    },
  };
}

const slow = {
  kernel: ["tests/kernel/**/*.test.ts"],
  notebooks: ["tests/notebooks/**/*.test.ts"],
  install: ["tests/install/**/*.test.ts"],
  browser: ["tests/browser/**/*.test.ts"],
};

export default defineConfig({
  test: {
    // The addon owns threads: every test file gets its own process.
    pool: "forks",
    testTimeout: 60_000,
    hookTimeout: 120_000,
    projects: [
      project("unit", ["tests/**/*.test.ts"], Object.values(slow).flat()),
      ...Object.entries(slow).map(([name, include]) => project(name, include)),
    ],
  },
});
