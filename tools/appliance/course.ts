/** The steps of `npm run test:appliance`, in the network namespace that `run.ts` has made. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unpackBox } from './box.ts';
import { firstSteps } from './first-steps.ts';
import { createHouse } from './house.ts';
import { faultSteps, lifeSteps } from './life-steps.ts';
import { mediaSteps, neighbour } from './media-steps.ts';
import { run } from './shell.ts';
import { soundSteps } from './sound-steps.ts';
import { type Course, seconds } from './step.ts';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const parts = { media: mediaSteps, sound: soundSteps, faults: faultSteps, life: lifeSteps };
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
await run('ip', ['address', 'add', `${neighbour}/32`, 'dev', 'lo']);
const box = await unpackBox(image, join(folder, 'box'));
await run('cp', [deb, join(box.root, 'root', 'encore.deb')]);
await run('cp', [nextDeb, join(box.root, 'root', 'next.deb')]);
await run('cp', ['-r', join(root, 'systemd'), join(box.root, 'root', 'systemd')]);
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
