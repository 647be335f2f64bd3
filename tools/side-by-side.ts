import { execa } from 'execa';

/**
 * `node tools/side-by-side.ts lint build`: npm scripts that need nothing of each other, all at once.
 * Each tells in one piece when it is done, and the words of those that fail come last. Ends with 1
 * when any has failed.
 */
const run = async (script: string): Promise<string | undefined> => {
  const startedAt = performance.now();
  const { failed, all } = await execa('npm', ['run', '--silent', script], {
    all: true,
    reject: false,
  });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  process.stdout.write(`${failed ? '✗' : '✓'} ${script} ${seconds} s\n`);
  return failed ? `\n── ${script} ──\n${all}\n` : undefined;
};

const scripts = process.argv.slice(2);
if (scripts.length === 0) {
  process.stderr.write('Name the npm scripts that are to run side by side.\n');
  process.exit(1);
}
const told = await Promise.all(scripts.map(run));
const faults = told.filter((words) => words !== undefined);
process.stdout.write(faults.join(''));
process.exitCode = faults.length > 0 ? 1 : 0;
