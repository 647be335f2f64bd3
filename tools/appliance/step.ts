import { setTimeout as sleep } from 'node:timers/promises';
import { type Box, until } from './box.ts';
import type { House } from './house.ts';
import type { Room } from './room.ts';

export type Course = {
  readonly box: Box;
  readonly house: House;
  /** From the steps before. */
  known: { room?: Room; soundId?: string; personId?: string };
};
export type Step = { readonly name: string; run(course: Course): Promise<string> };

/** Of load, before and after. */
const loadMs = 3000;
const healTimeoutMs = 150_000;
export const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

export const need = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('a step before has not given what this one needs');
  return value;
};

export const apt = async ({ box }: Course, ...args: readonly string[]) =>
  box.command('apt-get', '-y', '-q', '--no-install-recommends', ...args);
export const aptMust = async (course: Course, ...args: readonly string[]): Promise<string> => {
  const { code, stdout, stderr } = await apt(course, ...args);
  if (code !== 0) throw new Error(`apt-get ${args.join(' ')}: ${stderr || stdout}`);
  return stdout;
};

export const property = async ({ box }: Course, unit: string, name: string): Promise<string> =>
  (await box.must('systemctl', 'show', unit, '--property', name, '--value')).trim();

/** Seconds from the press to the first loud sample. */
export const pressAndHear = async (
  { house, known }: Course,
  soundId = need(known.soundId),
): Promise<number> => {
  const room = need(known.room);
  const from = room.now();
  const pressedAt = performance.now();
  await house.press(soundId);
  await room.heard(from);
  return performance.now() - pressedAt;
};

/** What the installation printed leads to a house with a sound that is heard; the address. */
export const moveIn = async (course: Course, said: string): Promise<string> => {
  const { house, known } = course;
  const address = /Encore is at (http:\S+)/.exec(said)?.[1];
  const code = /^[0-9A-Z]{4}-[0-9A-Z]{4}$/m.exec(said)?.[0];
  if (address === undefined || code === undefined) {
    throw new Error(`address or setup code were not printed:\n${said.slice(-1000)}`);
  }
  await house.setUp(code);
  known.soundId = await house.upload('Gong.wav', 440, 700);
  await pressAndHear(course);
  known.personId = await house.addPerson('Kim');
  return address;
};

/** The same, once the player is with the house again. */
export const hearsAgain = async (course: Course): Promise<void> => {
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
export const underLoad = async (course: Course, disturb: () => Promise<void>): Promise<string> => {
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

export const disturbed = (unit: string, signal: 'KILL' | 'STOP') => async (course: Course) => {
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
export const keepsAll = async (course: Course, change: () => Promise<void>): Promise<void> => {
  const personId = need(course.known.personId);
  // The last sound ends first, and is on record.
  await sleep(loadMs);
  const before = await course.house.state(personId);
  await change();
  await course.house.ready();
  const after = await course.house.state(personId);
  for (const [path, was] of before) {
    const is = after.get(path) ?? '';
    if (is === was) continue;
    let at = 0;
    while (was[at] === is[at]) at += 1;
    const excerpt = (text: string) => text.slice(Math.max(0, at - 100), at + 100);
    throw new Error(`${path} was ${excerpt(was)} and is ${excerpt(is)}`);
  }
  await course.house.verify();
  await hearsAgain(course);
};
