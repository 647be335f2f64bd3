// Prints the closing line of `.ci/run` from vitest's JSON report: `N passed, N failed[, N skipped]`.
// On the system's own Node, because a run that failed early has no other. Ends with 1 when anything
// failed or no test ran.
import fs from 'node:fs';

const [report, exitCode] = process.argv.slice(2);

const read = () => {
  try {
    return JSON.parse(fs.readFileSync(report, 'utf8'));
  } catch {
    return undefined;
  }
};

const result = read();
const passed = result ? result.numPassedTests : 0;
const skipped = result ? result.numPendingTests + result.numTodoTests : 0;
// A file that could not be loaded has no tests to count, and a check before the tests may have failed.
const failed = Math.max(
  result ? result.numFailedTests : 0,
  exitCode === '0' && (!result || result.success) && passed > 0 ? 0 : 1,
);

process.stdout.write(
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`,
);
process.exitCode = failed > 0 ? 1 : 0;
