/** The steps of `npm run test:appliance`, in the network namespace that `run.ts` has made. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Box, unpackBox, until } from './box.ts';
import { createHouse, type House } from './house.ts';
import { furnish, type Room } from './room.ts';
import { run } from './shell.ts';

type Course = {
  readonly box: Box;
  readonly house: House;
  /** Packages: this one, and one that stands for the next release. */
  readonly deb: string;
  readonly nextDeb: string;
  /** From the steps before. */
  known: { room?: Room; soundId?: string; personId?: string };
};
type Step = { readonly name: string; run(course: Course): Promise<string> };

/** Of load, before and after. */
const loadMs = 3000;
const healTimeoutMs = 150_000;
/** The sound is over, and so is what the recording still holds back. */
const betweenPressesMs = 1500;
const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

const need = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('a step before has not given what this one needs');
  return value;
};

const apt = async ({ box }: Course, ...args: readonly string[]) =>
  box.command('apt-get', '-y', '-q', '--no-install-recommends', ...args);
const aptMust = async (course: Course, ...args: readonly string[]): Promise<string> => {
  const { code, stdout, stderr } = await apt(course, ...args);
  if (code !== 0) throw new Error(`apt-get ${args.join(' ')}: ${stderr || stdout}`);
  return stdout;
};

const property = async ({ box }: Course, unit: string, name: string): Promise<string> =>
  (await box.must('systemctl', 'show', unit, '--property', name, '--value')).trim();

/** Seconds from the press to the first loud sample. */
const pressAndHear = async ({ house, known }: Course): Promise<number> => {
  const room = need(known.room);
  const from = room.now();
  const pressedAt = performance.now();
  await house.press(need(known.soundId));
  await room.heard(from);
  return performance.now() - pressedAt;
};

/** The same, once the player is with the house again. */
const hearsAgain = async (course: Course): Promise<void> => {
  const plays = () =>
    course.house.ask('POST', `/api/v1/sounds/play/${need(course.known.soundId)}`).then(
      ({ status }) => status === 202,
      () => false,
    );
  const from = need(course.known.room).now();
  await until('a press is taken', healTimeoutMs, plays);
  await need(course.known.room).heard(from);
};

/** Credits are given one by one while `disturb` runs: each that was acknowledged is there, once. */
const underLoad = async (course: Course, disturb: () => Promise<void>): Promise<string> => {
  const { house } = course;
  const personId = need(course.known.personId);
  const before = await house.balance(personId);
  const ended = new AbortController();
  const load = Promise.all([1, 2, 3, 4].map(() => house.giveCredits(personId, ended.signal)));
  try {
    await disturb();
  } finally {
    ended.abort();
  }
  const clients = await load;
  const given = clients.reduce((sum, client) => sum + client.given, 0);
  const asked = clients.reduce((sum, client) => sum + client.asked, 0);
  const longestMs = Math.max(...clients.map((client) => client.longestMs));
  const after = await house.balance(personId);
  if (after - before !== given) {
    throw new Error(
      `${given} credits were acknowledged, and the balance grew by ${after - before}`,
    );
  }
  return `${given} commands acknowledged, each there once; asked ${asked} times, longest wait ${seconds(longestMs)}`;
};

const disturbed = (unit: string, signal: 'KILL' | 'STOP') => async (course: Course) => {
  const before = Number(await property(course, unit, 'NRestarts'));
  return underLoad(course, async () => {
    await sleep(loadMs);
    await course.box.must('systemctl', 'kill', `--signal=${signal}`, unit);
    const restarted = async () => Number(await property(course, unit, 'NRestarts')) > before;
    await until(`${unit} is started again`, healTimeoutMs, restarted);
    await course.house.ready();
    await hearsAgain(course);
    await sleep(loadMs);
  });
};

/** Does something to the box that must leave all as it was. */
const keepsAll = async (course: Course, change: () => Promise<void>): Promise<void> => {
  const personId = need(course.known.personId);
  const before = await course.house.state(personId);
  await change();
  await course.house.ready();
  const after = await course.house.state(personId);
  if (after !== before) throw new Error('sounds, plays, accounts or balances are others now');
  await course.house.verify();
  await hearsAgain(course);
};

const steps: readonly Step[] = [
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
    name: 'package → first sound',
    async run(course) {
      const { box, house, known } = course;
      await box.must('true');
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
      return `${seconds(totalMs)}, of it apt with all dependencies ${seconds(installedMs)}; printed ${address} and a setup code`;
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
  { name: 'server killed under load', run: disturbed('encore.service', 'KILL') },
  { name: 'player killed under load', run: disturbed('encore-player.service', 'KILL') },
  { name: 'player hangs, watchdog', run: disturbed('encore-player.service', 'STOP') },
  { name: 'server hangs, watchdog', run: disturbed('encore.service', 'STOP') },
  {
    name: 'the box boots again',
    async run(course) {
      await keepsAll(course, () => course.box.reboot());
      return 'sounds, plays, accounts and balances as before; the log is whole';
    },
  },
  {
    name: 'upgrade',
    async run(course) {
      await keepsAll(course, async () => {
        await aptMust(course, 'install', '/root/next.deb');
      });
      const log = await course.box.must('journalctl', '--no-pager', '-u', 'encore.service');
      const rebuilt = /\{[^\n]*read model rebuilt[^\n]*\}/.exec(log)?.[0];
      if (rebuilt === undefined) throw new Error('no read model was rebuilt');
      const { projection, name, events } = JSON.parse(rebuilt) as Record<string, unknown>;
      return `read model ${JSON.stringify(projection ?? name)} made anew from ${JSON.stringify(events)} events; all else as before`;
    },
  },
  {
    name: 'downgrade is refused',
    async run(course) {
      let words = '';
      await keepsAll(course, async () => {
        const { code, stderr } = await apt(
          course,
          '--allow-downgrades',
          'install',
          '/root/encore.deb',
        );
        if (code === 0) throw new Error('an older package was installed');
        words = /encore: version [^\n]*/.exec(stderr)?.[0] ?? '';
        if (words === '') throw new Error(`refused without words: ${stderr}`);
      });
      return words;
    },
  },
  {
    name: 'remove and install again',
    async run(course) {
      const { box } = course;
      await keepsAll(course, async () => {
        await aptMust(course, 'remove', 'encore');
        const left = await box.command('systemctl', 'is-active', 'encore', 'encore-player');
        if (left.stdout.includes('\nactive') || left.stdout.startsWith('active')) {
          throw new Error('a unit runs on');
        }
        for (const path of ['var/lib/encore/data/encore.db', 'etc/encore/encore.env']) {
          if (!existsSync(join(box.root, path))) throw new Error(`/${path} is gone`);
        }
        if (existsSync(join(box.root, 'usr/lib/encore/server'))) throw new Error('code is left');
        await aptMust(course, 'install', '/root/next.deb');
      });
      return 'data and configuration stay, and all is as before after the next install';
    },
  },
  {
    name: 'purge',
    async run(course) {
      const { box } = course;
      await aptMust(course, 'purge', 'encore');
      const places = [
        'var/lib/encore',
        'var/cache/encore',
        'var/cache/encore-player',
        'etc/encore',
        'usr/lib/encore',
        'run/encore',
      ];
      const left = places.filter((path) => existsSync(join(box.root, path)));
      const units = readdirSync(join(box.root, 'usr/lib/systemd/system')).filter((name) =>
        name.startsWith('encore'),
      );
      const wants = await box.command('find', '/etc/systemd', '-name', '*encore*');
      const all = [...left, ...units, ...wants.stdout.split('\n').filter(Boolean)];
      if (all.length > 0) throw new Error(`left behind: ${all.join(', ')}`);
      return 'nothing is left but the system user';
    },
  },
];

const pad = (text: string, width: number): string => text.padEnd(width);

const [image, deb, nextDeb, folder] = process.argv.slice(2) as [string, string, string, string];
await run('ip', ['link', 'set', 'lo', 'up']);
const box = await unpackBox(image, join(folder, 'box'));
await run('cp', [deb, join(box.root, 'root', 'encore.deb')]);
await run('cp', [nextDeb, join(box.root, 'root', 'next.deb')]);
const course: Course = { box, house: createHouse(), deb, nextDeb, known: {} };
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
