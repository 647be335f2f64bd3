/**
 * One event of each type and version that ever landed, recorded in a running house (a few that take
 * days to come about are written by hand), their ids put together so that they make one house. A
 * line is never edited and never removed: what a log holds cannot be either. New ones go to the end.
 */
import { join } from 'node:path';
import { pino } from 'pino';
import { WebSocket } from 'ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHouseKernel, houseUpcast } from './house-kernel.ts';
import { silentLogger } from './kernel/logger.ts';
import type { RebuildReport } from './kernel/projections.ts';
import { openStorage } from './kernel/storage.ts';
import { declaredTypes } from './testing/declared-types.ts';
import {
  goldenEvents,
  goldenLines,
  sealOf,
  storeGoldenEvents,
  type GoldenEvent,
} from './testing/golden-log.ts';
import { startTestApp, type TestApp } from './testing/test-app.ts';

/** These lines stand for ever. To be raised when there are new ones. */
const sealed = {
  lines: 137,
  sha256: '751bfc96e144676ee234e0624a20bfdc2d163ca556f4f357a9f05b2d139e89dc',
};

type FeedLine = { readonly type: string; readonly position?: number };

const goldens = goldenEvents();
const upcast = houseUpcast();

describe('the golden events', () => {
  it('under the seal are as they were', () => {
    expect(sealOf(goldenLines().slice(0, sealed.lines))).toBe(sealed.sha256);
  });

  it('are one of each type that the server can record, in every version it ever had', () => {
    const wanted = declaredTypes().flatMap((type) =>
      Array.from({ length: upcast.versionOf(type) }, (_, index) => `${type} ${index + 1}`),
    );
    const there = goldens.map(({ type, schema_version }) => `${type} ${schema_version}`);
    expect(wanted.filter((name) => !there.includes(name))).toEqual([]);
    expect(new Set(there).size).toBe(there.length);
  });

  it('of old versions have the shape of the newest once they are read', () => {
    const shapeOf = (data: object) => Object.keys(data).toSorted();
    for (const { type, schema_version, data } of goldens) {
      const newest = goldens.find(
        (other) => other.type === type && other.schema_version === upcast.versionOf(type),
      );
      expect(shapeOf(upcast.upcast(type, schema_version, data))).toEqual(
        shapeOf(newest?.data ?? {}),
      );
    }
  });
});

describe('a log with all golden events', () => {
  let app: TestApp;
  let log = '';
  /** Of the last event before them. */
  let before: number;
  let rebuilt: readonly RebuildReport[];
  let differing: readonly string[];

  beforeAll(async () => {
    const first = await startTestApp();
    await first.setUp();
    const token = first.token() ?? '';
    await first.stop(true);
    const path = join(first.dir, 'data', 'encore.db');
    const kernel = createHouseKernel({ storage: openStorage(path), logger: silentLogger });
    before = kernel.log.head().position;
    storeGoldenEvents(kernel.storage, goldens);
    rebuilt = kernel.projector.rebuild();
    differing = kernel.projector.verify();
    await kernel.stop();
    const logger = pino({ level: 'info' }, { write: (line) => void (log += line) });
    app = await startTestApp({ dir: first.dir, logger, adminToken: token });
  });
  afterAll(() => app.stop());

  it('is projected into every read model, each time the same', () => {
    expect(rebuilt.filter(({ events }) => events === 0)).toEqual([]);
    expect(differing).toEqual([]);
  });

  it('is served, each as it was stored', async () => {
    const { body } = await app.call('GET', '/admin/audit/events?order=asc&limit=500');
    const events = (body['items'] as GoldenEvent[]).slice(before, before + goldens.length);
    expect(
      events.map(({ stream, type, schema_version, data }) => ({
        stream,
        type,
        schema_version,
        data,
      })),
    ).toEqual(goldens);
  });

  it('is told to whoever comes back, without one message that cannot be made', async () => {
    const url = `${app.url.replace('http', 'ws')}/api/v1/socket?after=${before}`;
    const socket = new WebSocket(url, ['bearer', app.token() ?? '']);
    const positions: number[] = [];
    const end = before + goldens.length;
    const heardMore = new Promise<void>((resolve, reject) => {
      socket.on('error', reject);
      socket.on('message', (data: Buffer) => {
        const { type, position = 0 } = JSON.parse(String(data)) as FeedLine;
        if (type !== 'hello') positions.push(position);
        if (type !== 'hello' && position > end) resolve();
      });
    });
    await app.call('PATCH', '/admin/settings', { body: { crossfade_ms: 100 } });
    await heardMore;
    socket.close();
    const told = positions.filter((position) => position > before && position <= end);
    expect(told.length).toBeGreaterThan(20);
    expect(log).not.toContain('no feed message for');
  });
});
