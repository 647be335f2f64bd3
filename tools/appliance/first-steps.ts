import { setTimeout as sleep } from 'node:timers/promises';
import { furnish } from './room.ts';
import { aptMust, pressAndHear, seconds, type Step } from './step.ts';

/** The sound is over, and so is what the recording still holds back. */
const betweenPressesMs = 1500;

/** From nothing to a sound. */
export const firstSteps: readonly Step[] = [
  {
    name: 'Debian boots',
    async run({ box, known }) {
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
      // On a machine with other work, dpkg's flushes would take minutes and show nothing.
      await aptMust(course, '-o', 'Dpkg::Options::=--force-unsafe-io', 'satisfy', depends.trim());
      return 'from Debian, fetched before';
    },
  },
  {
    name: 'package → first sound',
    async run(course) {
      const { house, known } = course;
      const startedAt = performance.now();
      const said = await aptMust(course, 'install', '/root/encore.deb');
      const installedMs = performance.now() - startedAt;
      const address = /Encore is at (http:\S+)/.exec(said)?.[1];
      const code = /^[0-9A-Z]{4}-[0-9A-Z]{4}$/m.exec(said)?.[0];
      if (address === undefined || code === undefined) {
        throw new Error(`address or setup code were not printed:\n${said.slice(-1000)}`);
      }
      await house.setUp(code);
      known.soundId = await house.upload('Gong.wav', 440, 700);
      await pressAndHear(course);
      const totalMs = performance.now() - startedAt;
      known.personId = await house.addPerson('Kim');
      return `${seconds(totalMs)}, of it apt ${seconds(installedMs)}; printed ${address} and a setup code`;
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
