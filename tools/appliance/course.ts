/** The steps of `npm run test:appliance`, in the network namespace that `run.ts` has made. */
import { join } from 'node:path';
import { unpackBox } from './box.ts';
import { firstSteps } from './first-steps.ts';
import { createHouse } from './house.ts';
import { lifeSteps } from './life-steps.ts';
import { mediaSteps } from './media-steps.ts';
import { run } from './shell.ts';
import { soundSteps } from './sound-steps.ts';
import { type Course, seconds } from './step.ts';

const parts = { media: mediaSteps, sound: soundSteps, life: lifeSteps };
const pad = (text: string, width: number): string => text.padEnd(width);

const [image, deb, nextDeb, folder, ...wanted] = process.argv.slice(2) as [
  string,
  string,
  string,
  string,
  ...(keyof typeof parts)[],
];
const steps = [...firstSteps, ...wanted.flatMap((part) => parts[part])];
await run('ip', ['link', 'set', 'lo', 'up']);
const box = await unpackBox(image, join(folder, 'box'));
await run('cp', [deb, join(box.root, 'root', 'encore.deb')]);
await run('cp', [nextDeb, join(box.root, 'root', 'next.deb')]);
const course: Course = { box, house: createHouse(), known: {} };
const say = (line: string) => process.stdout.write(`${line}\n`);
try {
  say(`\n${pad('step', 28)}${pad('took', 10)}shown`);
  for (const step of steps) {
    const startedAt = performance.now();
    const shown = await step.run(course).catch(async (error: unknown) => {
      const journal = await box.command('journalctl', '--no-pager', '-n', '60', '-u', 'encore*');
      say(`${pad(step.name, 28)}FAILED\n${journal.stdout}`);
      throw error;
    });
    say(`${pad(step.name, 28)}${pad(seconds(performance.now() - startedAt), 10)}${shown}`);
  }
} catch (error) {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
} finally {
  await box.stop();
}
