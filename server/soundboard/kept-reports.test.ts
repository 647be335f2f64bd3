import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { createHouseKernel } from '../house-kernel.ts';
import type { Ledger } from '../credits/index.ts';
import { done } from '../kernel/command-bus.ts';
import { silentLogger } from '../kernel/logger.ts';
import { openStorage } from '../kernel/storage.ts';
import { eventually } from '../kernel/testing/eventually.ts';
import { interceptedStorage } from '../kernel/testing/intercepted-storage.ts';
import { playDecider } from './decider.ts';
import { playStream } from './events.ts';
import { createPlayQueries } from './queries.ts';
import { createVoices } from './voices.ts';

it('reports that a full disk refused are kept when there is room again, in their order', async () => {
  let isFull = false;
  let refused = 0;
  const storage = interceptedStorage(openStorage(':memory:'), (sql) => {
    if (!isFull || sql !== 'COMMIT') return;
    refused += 1;
    throw new Database.SqliteError('database or disk is full', 'SQLITE_FULL');
  });
  const kernel = createHouseKernel({ storage, logger: silentLogger });
  const plays = createPlayQueries(storage);
  const paid: string[] = [];
  const ledger = {
    settle: (_tx, userId, playId) => void paid.push(`${userId} ${playId}`),
    release: () => undefined,
  } as Pick<Ledger, 'settle' | 'release'> as Ledger;
  const voices = createVoices(kernel, plays, ledger);
  const request = { sound_id: 'horn', user_id: 'ann', gain_cap_db: null } as const;
  await kernel.bus.execute({ actor: 'ann', origin: 'http' }, (tx) => {
    tx.decide(playDecider, playStream('p1'), { type: 'RequestPlay', play_id: 'p1', ...request });
    return done(null);
  });

  isFull = true;
  const told = { play_id: 'p1', command_id: 'p1' };
  voices.heard({ type: 'voice_started', ...told, at_ms: 0, latency_ms: 12 });
  voices.heard({ type: 'voice_ended', play_id: 'p1', reason: 'stopped', heard_ms: 100 });
  await eventually(() => refused > 0);
  expect(plays.open()).toEqual(['p1']);

  isFull = false;
  await eventually(() => plays.open().length === 0);
  expect(kernel.log.readStream(playStream('p1')).map(({ type }) => type)).toEqual([
    'PlayRequested',
    'PlayStarted',
    'PlayStopped',
  ]);
  expect(new Set(paid)).toEqual(new Set(['ann p1']));
  await kernel.stop();
});
