/**
 * Runs golden cases on the public API: `npm run golden -- PATH [PATH…]` with folders or files. Prints one line for each case
 * and a closing line; the exit status is 1 when a case failed.
 */
import { CaseRunner, caseFiles } from "./cases.js";

const paths = process.argv.slice(2);
const runner = new CaseRunner();
const counts = { passed: 0, failed: 0 };
for (const file of caseFiles(paths)) {
  const { name, failure } = await runner.run(file);
  counts[failure === null ? "passed" : "failed"] += 1;
  console.log(failure === null ? `ok ${name}` : `not ok ${name}: ${failure}`);
}
runner.stop();
console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exitCode = counts.failed === 0 && paths.length > 0 ? 0 : 1;
