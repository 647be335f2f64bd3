import { rmSync, renameSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { watchFolder } from '../adapters/system/watch-folder.ts';
import { eventually, startTestApp, type TestApp } from '../testing/test-app.ts';
import type { MediaTools } from './media.ts';
import { fakeMedia } from './testing/fake-media.ts';

let app: TestApp;
afterEach(() => app.stop());

const soundboard = (name = '') => join(app.soundsDir, 'originals', 'soundboard', name);
const currentScan = async () =>
  (await app.call('GET', '/sounds/scan')).body['scan'] as Record<string, unknown> | null;
const filenames = async () =>
  ((await app.call('GET', '/sounds/?sort=name')).body['items'] as { filename: string }[]).map(
    ({ filename }) => filename,
  );
const scansOnRecord = async () =>
  (await app.call('GET', '/admin/audit/events?type=ScanStarted')).body['items'] as unknown[];

/** Reads nothing while it is shut. */
const gatedMedia = () => {
  const media = fakeMedia();
  let open = () => {};
  let gate = Promise.resolve();
  const probe: MediaTools['probe'] = async (path, signal) => {
    const aborted = new Promise<void>((resolve) =>
      signal?.addEventListener('abort', () => resolve(), { once: true }),
    );
    await Promise.race([gate, aborted]);
    signal?.throwIfAborted();
    return media.probe(path, signal);
  };
  return {
    media: { ...media, probe },
    shut: () => void (gate = new Promise((resolve) => (open = resolve))),
    open: () => open(),
  };
};
const startShut = async () => {
  const gated = gatedMedia();
  gated.shut();
  app = await startTestApp({ media: gated.media });
  await app.setUp();
  await libraryIs('ok');
  app.addSound('a.wav');
  return gated;
};
const libraryHealth = async () => {
  const answer = await fetch(`${app.url}/readyz`);
  const { parts } = (await answer.json()) as {
    parts: { library: { state: string; detail: string } };
  };
  return { status: answer.status, ...parts.library };
};
const libraryIs = (wanted: string) =>
  eventually(async () => {
    const health = await libraryHealth();
    return health.state === wanted ? health : undefined;
  });
const scanIsRunning = () =>
  eventually(async () => ((await currentScan())?.['state'] === 'running' ? true : undefined));

describe('POST /sounds/scan', () => {
  it('goes on when the client hangs up', async () => {
    const { open } = await startShut();
    const leaving = new AbortController();
    const token = (
      await app.call('POST', '/auth/tokens', { body: { name: 'Scan', scopes: ['library'] } })
    ).body['token'] as string;
    const asked = fetch(`${app.url}/api/v1/sounds/scan`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}` },
      signal: leaving.signal,
    });
    await scanIsRunning();
    leaving.abort();
    await expect(asked).rejects.toThrow();
    open();
    const scan = await eventually(async () => {
      const one = await currentScan();
      return one?.['state'] === 'running' ? undefined : one;
    });
    expect(scan).toMatchObject({ state: 'finished', counts: { added: 1 } });
  });

  it('repeated with its key answers the first report', async () => {
    app = await startTestApp({ media: fakeMedia() });
    await app.setUp();
    app.addSound('a.wav');
    const headers = { 'Idempotency-Key': 'one' };
    const first = await app.call('POST', '/sounds/scan', { headers });
    app.addSound('b.wav');
    const again = await app.call('POST', '/sounds/scan', { headers });
    expect([again.status, again.body]).toEqual([200, first.body]);
    expect(again.headers.get('X-Event-Position')).toBe(first.headers.get('X-Event-Position'));
    expect(await scansOnRecord()).toHaveLength(1);
  });
});

describe('POST /sounds/scan/cancel', () => {
  it('ends the scan, and both are told', async () => {
    await startShut();
    const asked = app.call('POST', '/sounds/scan');
    await scanIsRunning();
    const cancelled = await app.call('POST', '/sounds/scan/cancel');
    expect(cancelled).toMatchObject({ status: 200, body: { scan: { state: 'cancelled' } } });
    expect(await asked).toMatchObject({ status: 409, body: { code: 'scan_cancelled' } });
    expect(await app.call('POST', '/sounds/scan/cancel')).toMatchObject({
      status: 409,
      body: { code: 'no_scan_running' },
    });
  });
});

it('presses work while the first scan is under way, and readiness waits for it', async () => {
  const gated = gatedMedia();
  app = await startTestApp({ media: gated.media });
  await app.setUp();
  app.addSound('known.wav');
  await app.call('POST', '/sounds/scan');
  const [sound] = (await app.call('GET', '/sounds/')).body['items'] as { id: string }[];
  app.addSound('new.wav', 500);
  gated.shut();
  app = await app.restart();
  app.player.connect();
  expect(await libraryHealth()).toMatchObject({ status: 503, state: 'starting' });
  expect((await app.call('POST', `/sounds/play/${sound?.id}`)).status).toBe(202);
  gated.open();
  expect(await libraryIs('ok')).toMatchObject({ status: 200, detail: '2 sounds' });
});

describe('files dropped in while it runs', () => {
  const start = async () => {
    app = await startTestApp({ watchFolder, media: fakeMedia() });
    await app.setUp();
    await libraryIs('ok');
  };
  const untilThere = (wanted: string[]) =>
    eventually(async () =>
      JSON.stringify(await filenames()) === JSON.stringify(wanted) ? true : undefined,
    );

  it('are sounds soon, in new folders too, and leave when they are gone', async () => {
    await start();
    app.addSound('New folder/deep/b.wav', 500);
    app.addSound('a.wav', 300);
    await untilThere(['a.wav', 'New folder/deep/b.wav']);
    renameSync(soundboard('New folder'), soundboard('Newer'));
    await untilThere(['a.wav', 'Newer/deep/b.wav']);
    rmSync(soundboard('a.wav'));
    await untilThere(['Newer/deep/b.wav']);
    app.addSound('Newer/deep/c.wav', 700);
    await untilThere(['Newer/deep/b.wav', 'Newer/deep/c.wav']);
  }, 60_000);

  it('by the thousand are one scan, or two', async () => {
    await start();
    mkdirSync(soundboard('many'));
    for (let number = 0; number < 1000; number++) {
      writeFileSync(soundboard(`many/${number}.wav`), `sound ${number}`);
    }
    await eventually(async () =>
      (await app.call('GET', '/sounds/?limit=1')).body['total'] === 1000 ? true : undefined,
    );
    expect((await scansOnRecord()).length).toBeLessThan(3);
  }, 60_000);
});

it('a limit of watched folders is told by the health', async () => {
  const full = () => {
    throw Object.assign(new Error('no room'), { code: 'ENOSPC' });
  };
  app = await startTestApp({ watchFolder: full, media: fakeMedia() });
  const { detail } = await libraryIs('degraded');
  expect(detail).toBe(
    "4 folders are not watched, so that changes there are seen every 10 minutes only (the system's limit is reached: raise fs.inotify.max_user_watches)",
  );
});
