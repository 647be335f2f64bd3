import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { look } from '../audit/testing/pressed-house.ts';
import { systemClock } from '../kernel/ports.ts';
import { temporaryFolder } from '../kernel/testing/temporary-folder.ts';
import { eventually, startTestApp, type TestApp } from '../testing/test-app.ts';
import type { BackupsState } from './contract.ts';

// Each test is a house with backups that flush: on a busy machine they take their time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let app: TestApp | undefined;
afterEach(async () => {
  vi.useRealTimers();
  await app?.stop();
  app = undefined;
});

const start = async (options: Parameters<typeof startTestApp>[0] = {}): Promise<TestApp> => {
  app = await startTestApp(options);
  if (!options.adminToken) await app.setUp();
  return app;
};
const state = async (house: TestApp, token = house.token()): Promise<BackupsState> =>
  (await house.call('GET', '/admin/backups', token === undefined ? {} : { token }))
    .body as unknown as BackupsState;
const settled = (house: TestApp) =>
  eventually(async () => {
    const now = await state(house);
    return now.running ? undefined : now;
  });
const health = async (house: TestApp) => {
  const { parts } = (await (await fetch(`${house.url}/readyz`)).json()) as {
    parts: Record<string, { state: string; detail: string }>;
  };
  return parts['backups'];
};
const events = (house: TestApp) =>
  look(
    join(house.dir, 'data', 'encore.db'),
    `SELECT group_concat(type) FROM events WHERE stream_id = 'backups-house'`,
  );

it('is taken when an admin asks, listed, and in the log', async () => {
  const house = await start();
  expect(await health(house)).toEqual({ state: 'ok', detail: 'the first backup is taken tonight' });
  const begun = await house.call('POST', '/admin/backups');
  expect([begun.status, begun.body]).toEqual([202, { job_id: expect.any(String) as string }]);
  const { items, last_failure, folder, daily_at } = await settled(house);
  expect([folder, daily_at]).toEqual([join(house.dir, 'data', 'backups'), '03:30']);
  expect([items.length, last_failure]).toEqual([1, null]);
  expect(readdirSync(folder)).toContain(items[0]?.name);
  expect(events(house)).toBe('BackupCompleted');
  expect(await health(house)).toEqual({
    state: 'ok',
    detail: 'the last good one is from less than a day ago',
  });
});

it('runs one at a time, and tells admins how far it is', async () => {
  const house = await start();
  const address = `${house.url.replace('http', 'ws')}/api/v1/socket`;
  const socket = new WebSocket(address, ['bearer', house.token() ?? '']);
  const told: { job?: string; state?: string; job_id?: string }[] = [];
  socket.addEventListener('message', ({ data }) => {
    const message = JSON.parse(String(data)) as { type: string; data: (typeof told)[number] };
    if (message.type === 'job_progress' && message.data.job === 'backup') told.push(message.data);
  });
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve);
    socket.addEventListener('error', reject);
  });
  const [first, second] = await Promise.all([
    house.call('POST', '/admin/backups'),
    house.call('POST', '/admin/backups'),
  ]);
  expect(new Set([first.status, second.status])).toEqual(new Set([202, 409]));
  const refused = first.status === 409 ? first : second;
  expect(refused.body['code']).toBe('backup_running');
  await eventually(() => (told.at(-1)?.state === 'finished' ? true : undefined));
  expect(told[0]?.state).toBe('running');
  expect(new Set(told.map(({ job_id }) => job_id)).size).toBe(1);
  socket.close();
});

it('says why it failed until one has gone well', async () => {
  const away = join(temporaryFolder(), 'mnt');
  const folder = join(away, 'encore');
  const house = await start({ environment: { BACKUP_DIR: folder } });
  await house.call('POST', '/admin/backups');
  const failed = await settled(house);
  expect(failed.last_failure).toEqual({
    at: expect.any(String) as string,
    code: 'folder_missing',
    reason: `${away} is not there: mount it, make it, or set BACKUP_DIR to another folder`,
  });
  const part = await health(house);
  expect(part).toEqual({
    state: 'degraded',
    detail: 'the last backup failed; there is no good one yet',
  });
  mkdirSync(away);
  await house.call('POST', '/admin/backups');
  const { items, last_failure } = await settled(house);
  expect([items.length, last_failure]).toEqual([1, null]);
  expect(events(house)).toBe('BackupFailed,BackupCompleted');
});

it('knows that a share is not mounted which had its backups', async () => {
  const folder = join(temporaryFolder(), 'share');
  const house = await start({ environment: { BACKUP_DIR: folder } });
  await house.call('POST', '/admin/backups');
  expect((await settled(house)).last_failure).toBe(null);
  rmSync(folder, { recursive: true });
  mkdirSync(folder);
  await house.call('POST', '/admin/backups');
  const { last_failure } = await settled(house);
  expect(last_failure?.code).toBe('folder_not_known');
  expect(last_failure?.reason).toContain('is not the folder that has the earlier backups');
  expect(readdirSync(folder)).toEqual([]);
  // On purpose, by the words of the refusal.
  writeFileSync(join(folder, '.encore-backups'), '');
  await house.call('POST', '/admin/backups');
  expect((await settled(house)).last_failure).toBe(null);
});

it('is taken at night, by itself, and not twice', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  let aheadMs = 0;
  const clock = { ...systemClock, now: () => systemClock.now() + aheadMs };
  const house = await start({ clock });
  // A session would be over the next day.
  const body = { name: 'Night', scopes: ['read'] };
  const token = (await house.call('POST', '/auth/tokens', { body })).body['token'] as string;
  vi.advanceTimersByTime(60_000);
  expect((await state(house)).items).toEqual([]);
  aheadMs = 24 * 60 * 60 * 1000;
  vi.advanceTimersByTime(60_000);
  const { items } = await eventually(async () => {
    const now = await state(house, token);
    return now.items.length > 0 ? now : undefined;
  });
  expect(items).toHaveLength(1);
  vi.advanceTimersByTime(60_000);
  expect((await state(house, token)).running).toBe(null);
  const meta = look(
    join(house.dir, 'data', 'encore.db'),
    `SELECT actor || ' ' || origin FROM events WHERE type = 'BackupCompleted'`,
  );
  expect(meta).toBe('system schedule');
});

it('gives way to the end of the server, which leaves nothing half taken', async () => {
  let house = await start();
  await house.call('POST', '/admin/backups');
  house = await house.restart();
  app = house;
  const { items, running, folder } = await state(house);
  expect(running).toBe(null);
  const whole = existsSync(folder)
    ? readdirSync(folder).filter((name) => name.startsWith('encore-'))
    : [];
  expect(items.length).toBeLessThanOrEqual(1);
  expect(whole.length).toBeLessThanOrEqual(1);
  await house.call('POST', '/admin/backups');
  expect((await settled(house)).last_failure).toBe(null);
});
