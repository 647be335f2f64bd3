import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHouseKernel } from '../house-kernel.ts';
import { silentLogger } from '../kernel/logger.ts';
import type { RunningKernel } from '../kernel/kernel.ts';
import { openStorage } from '../kernel/storage.ts';
import { createHeardPlays, nobody, type HeardPlays } from './heard-plays.ts';

/** More than are kept in one piece. */
const count = 150_000;
const stepMs = 7001;
const begin = Date.parse('2026-01-01T00:00:00Z');
const plays = Array.from({ length: count }, (_, number) => ({
  at: begin + number * stepMs,
  sound: `sound-${(number * number) % 97}`,
  user: number % 5 === 0 ? null : `user-${number % 7}`,
}));

let kernel: RunningKernel;
let heard: HeardPlays;

beforeAll(async () => {
  const storage = openStorage(':memory:');
  kernel = createHouseKernel({ storage, logger: silentLogger });
  const insert = storage.prepare(
    `INSERT INTO plays (id, sound_id, user_id, source, origin, status, request_event, correlation_id, position, requested_at, started_at)
     VALUES (?, ?, ?, 'soundboard', 'http', 'finished', '', '', ?, ?, ?)`,
  );
  storage.exec('BEGIN');
  for (const [number, { at, sound, user }] of plays.entries()) {
    insert.run(`play-${number}`, sound, user, number + 1, at, at);
  }
  storage.exec('COMMIT');
  heard = createHeardPlays(kernel);
  await heard.ready();
});
afterAll(() => kernel.stop());

const counted = (from: number, to: number, by: 'sound' | 'user'): Map<string, number> =>
  new Map(
    [...heard.count(from, to, by)].flatMap((number, place) =>
      number > 0 && place !== nobody ? [[heard.idOf(place), number]] : [],
    ),
  );
const expected = (from: number, to: number, by: 'sound' | 'user'): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const play of plays) {
    const id = play[by];
    if (id !== null && play.at >= from && play.at < to) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
};

const end = begin + count * stepMs;
const periods: [what: string, from: number, to: number][] = [
  ['all of them', 0, Infinity],
  ['without the first', begin + 1, Infinity],
  ['without the last', 0, end - stepMs],
  ['of the middle', begin + 10_000 * stepMs, begin + 140_000 * stepMs],
  ['of one moment', begin + 70_000 * stepMs, begin + 70_000 * stepMs + 1],
  ['of none', end, Infinity],
];

describe.each(periods)('of more plays than one piece holds, %s', (_what, from, to) => {
  it('are counted by sound and by user, also when asked again', () => {
    for (const by of ['sound', 'user', 'sound'] as const) {
      expect(counted(from, to, by)).toEqual(expected(from, to, by));
    }
  });

  it('are counted by quarter of an hour', () => {
    let sum = 0;
    heard.byQuarter(from, to, (_quarter, number) => (sum += number));
    expect(sum).toBe(plays.filter(({ at }) => at >= from && at < to).length);
  });
});
