import { setTimeout as sleep } from 'node:timers/promises';
import { furnish } from './room.ts';
import { aptMust, moveIn, pressAndHear, seconds, type Step } from './step.ts';

/** The sound is over, and so is what the recording still holds back. */
const betweenPressesMs = 1500;

/** From nothing to a sound. */
export const firstSteps: readonly Step[] = [
  {
    name: 'Debian boots',
    async run({ box, known }) {
      // On a machine with other work, dpkg's flushes take minutes and show nothing.
      box.put('/etc/dpkg/dpkg.cfg.d/flushes', 'force-unsafe-io\n');
      await box.boot();
      known.room = await furnish(box);
      const { stdout } = await box.command('cat', '/etc/debian_version');
      return `Debian ${stdout.trim()}, PulseAudio for the whole box with a silent card`;
    },
  },
  {
    name: 'dependencies',
    async run(course) {
      const depends = await course.box.must('dpkg-deb', '-f', '/root/encore.deb', 'Depends');
      await aptMust(course, 'satisfy', depends.trim());
      return 'from Debian, fetched before';
    },
  },
  {
    name: 'package → first sound',
    async run(course) {
      const startedAt = performance.now();
      const said = await aptMust(course, 'install', '/root/encore.deb');
      const installedMs = performance.now() - startedAt;
      const address = await moveIn(course, said);
      const totalMs = performance.now() - startedAt;
      return `${seconds(totalMs)}, of it apt ${seconds(installedMs)} (without dpkg's flushes); printed ${address} and a setup code`;
    },
  },
  {
    name: 'press → heard',
    async run(course) {
      const times: number[] = [];
      for (let press = 0; press < 5; press++) {
        times.push(await pressAndHear(course));
        await sleep(betweenPressesMs);
      }
      return `${times.map((ms) => `${Math.round(ms)} ms`).join(', ')} (the recording looks each 50 ms)`;
    },
  },
];
