import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMediaTools } from '../adapters/ffmpeg/index.ts';
import { sineWav } from '../testing/sine-wav.ts';
import { eventually, startTestApp, type TestApp } from '../testing/test-app.ts';
import { addPerson, issueToken, openSocket, type Person } from '../users/testing/people.ts';
import { extractionChanged, extractionJobProgress, extractionLimits } from './contract.ts';
import { eventsOfType, extracting, storyOf } from './testing/extracting.ts';
import { fakeSource, sourceFailure, type FakeSource } from './testing/fake-source.ts';
import { pngOf } from './testing/png.ts';

const site = 'https://media.example/';

let app: TestApp;
let ann: Person;
let ben: Person;
let links: FakeSource;
let full: boolean;
let media: typeof tools;
const tools = createMediaTools();

const asAnn = extracting(
  () => app,
  () => ann,
);
const asBen = extracting(
  () => app,
  () => ben,
);
const { begin, until, funds, paste } = asAnn;

const temp = () => {
  const folder = join(app.soundsDir, 'temp');
  return existsSync(folder) ? readdirSync(folder) : [];
};
/** A normaliser that waits for leave. */
const holdLevelling = () => {
  const [begun, opened] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
  media.measure = async (...args) => {
    begun.resolve(undefined);
    await opened.promise;
    return tools.measure(...args);
  };
  return { begun: begun.promise, goOn: () => opened.resolve(undefined) };
};
const tempIsEmpty = () => eventually(() => (temp().length === 0 ? true : undefined));
const soundOf = async (id: string) =>
  (await app.call('GET', `/sounds/${id}`, { token: ann.token })).body;

beforeEach(async () => {
  links = fakeSource();
  full = false;
  media = { ...tools };
  const given: typeof tools = { ...tools, measure: (...args) => media.measure(...args) };
  app = await startTestApp({
    media: given,
    mediaSource: links,
    audioExtractor: links.audio,
    environment: { EXTRACTION_AUDIO_FORMAT: 'wav' },
    diskSpace: () => Promise.resolve({ free: full ? 1_000_000 : 50e9, total: 100e9 }),
  });
  await app.setUp();
  ann = await addPerson(app, 'Ann', { role: 'user' });
  ben = await addPerson(app, 'Ben', { role: 'user' });
});
afterEach(() => app.stop());

describe('a link becomes a sound', () => {
  it('is answered at once, reserved then, and paid when the sound is there', async () => {
    const goOn = links.hold('resolve');
    const answer = await paste(`  ${site}a  `);
    expect(answer.status).toBe(202);
    expect(answer.body).toMatchObject({
      url: `${site}a`,
      status: 'pending',
      step: 'queued',
      ahead: 0,
      service: null,
      service_id: null,
      sound_id: null,
      duplicate: false,
      price: 5,
      attempt: 1,
      requested_by: ann.id,
      balance: 25,
      available: 20,
    });
    expect(answer.headers.get('x-event-position')).not.toBeNull();
    goOn();
    const id = answer.body['id'] as string;
    const job = await until(id, 'completed');
    expect(storyOf(job)).toEqual([
      'ExtractionRequested',
      'ServiceDetected',
      'DownloadStarted',
      'MediaDownloaded',
      'SoundCreated',
      'ExtractionNormalized',
      'ExtractionCompleted',
    ]);
    expect(job).toMatchObject({
      step: 'completed',
      service: 'fake',
      service_id: 'a',
      title: 'Title of a',
      uploader: 'Uploader',
      duration: 60_000,
      error: null,
      progress: null,
      ahead: null,
    });
    expect(job.finished_at).not.toBeNull();
    expect(await funds()).toEqual([20, 20]);
    expect(await soundOf(job.sound_id ?? '')).toMatchObject({
      type: 'EXT',
      name: 'Title of a',
      filename: 'Title of a.wav',
      is_normalized: true,
      tags: [],
      added_by: ann.id,
    });
    const [spent] = await eventsOfType(app, 'CreditsDeducted');
    expect(spent).toMatchObject({ action: 'extraction', subject: { extraction_id: id } });
    await tempIsEmpty();
  });

  it('with a picture beside it has a pad with that picture', async () => {
    links.thumbnail = join(app.dir, 'cover.png');
    writeFileSync(links.thumbnail, pngOf(64, 48));
    const job = await until(await begin(`${site}a`), 'completed');
    expect(storyOf(job)).toContain('ThumbnailSaved');
    const sound = await soundOf(job.sound_id ?? '');
    const folder = join(app.soundsDir, 'originals', 'extracted', 'thumbnails');
    expect(readdirSync(folder)).toEqual([`${sound['hash'] as string}.jpg`]);
    const look = async () => {
      const shown = await fetch(`${app.url}${sound['thumbnail'] as string}`, {
        headers: { Authorization: `Bearer ${ann.token}` },
      });
      expect([shown.status, shown.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
      expect([...new Uint8Array(await shown.arrayBuffer()).slice(0, 2)]).toEqual([0xff, 0xd8]);
    };
    await look();
    // What is derived may go at any time, the folder of thumbnails may not.
    rmSync(join(app.dir, 'data', 'cache'), { recursive: true });
    await look();
    await app.call('POST', '/sounds/scan');
    expect(readdirSync(folder)).toHaveLength(1);
  });

  it('of a sound that was there without a picture brings the picture', async () => {
    const bare = await until(await begin(`${site}a`), 'completed');
    links.thumbnail = join(app.dir, 'cover.png');
    writeFileSync(links.thumbnail, pngOf(64, 48));
    const again = await until(await begin(`${site}a`, { start_ms: 1 }), 'completed');
    expect(again).toMatchObject({ duplicate: true, sound_id: bare.sound_id });
    const sound = await soundOf(bare.sound_id ?? '');
    const folder = join(app.soundsDir, 'originals', 'extracted', 'thumbnails');
    expect(readdirSync(folder)).toEqual([`${sound['hash'] as string}.jpg`]);
    expect(sound['thumbnail']).toEqual(expect.any(String));
  });

  it('stays a sound where it cannot be levelled, and the history says why', async () => {
    links.audio.extractAudio = (_path, outPath) => {
      const silent = sineWav(440, 300);
      silent.fill(0, 44);
      writeFileSync(outPath, silent);
      return Promise.resolve({ ok: true, duration_ms: 300, size: silent.length });
    };
    const job = await until(await begin(`${site}a`), 'completed');
    expect(await soundOf(job.sound_id ?? '')).toMatchObject({ is_normalized: false });
    const said = job.history.find(({ event }) => event === 'ExtractionNormalized');
    expect(said?.detail).toMatch(/^It stays as loud as it is: .*silent/);
    expect(await funds()).toEqual([20, 20]);
  });

  it('with the same Idempotency-Key is requested and reserved once', async () => {
    const send = () =>
      app.call('POST', '/extractions/', {
        body: { url: `${site}a` },
        token: ann.token,
        headers: { 'Idempotency-Key': 'k1' },
      });
    const [first, second] = [await send(), await send()];
    expect([first.status, second.status]).toEqual([202, 202]);
    expect(second.body['id']).toBe(first.body['id']);
    await until(first.body['id'] as string, 'completed');
    expect(await eventsOfType(app, 'ExtractionRequested')).toHaveLength(1);
    expect(await funds()).toEqual([20, 20]);
  });

  it('costs nothing on an unlimited plan', async () => {
    const answer = await app.call('POST', '/extractions/', { body: { url: `${site}a` } });
    expect(answer.body).toMatchObject({ price: 0 });
    await eventually(async () => {
      const { body } = await app.call('GET', `/extractions/${answer.body['id'] as string}`);
      return body['status'] === 'completed' ? true : undefined;
    });
    expect(await eventsOfType(app, 'CreditsReserved')).toEqual([]);
  });
});

describe('what is refused at once', () => {
  it.each([
    ['example.com/a', /https:\/\/example.com\/a/],
    ['a song by somebody', /no link/],
    ['ftp://example.com/a', /not "ftp:"/],
    ['--exec=reboot', /no link/],
    ['file:///etc/passwd', /not "file:"/],
    ['https://ann:secret@example.com/', /Take them out/],
  ])('%s', async (url, words) => {
    const { status, body } = await paste(url);
    expect([status, body['code']]).toEqual([422, 'invalid_fields']);
    expect(body['errors']).toEqual([{ path: 'url', message: expect.stringMatching(words) }]);
    expect(await eventsOfType(app, 'ExtractionRequested')).toEqual([]);
  });

  it('a piece that ends before it begins', async () => {
    const { status, body } = await paste(`${site}a`, { start_ms: 5000, end_ms: 4000 });
    expect([status, body['code']]).toEqual([422, 'invalid_fields']);
  });

  it('too little credit', async () => {
    links.hold('resolve');
    for (let count = 0; count < 5; count++) await begin(`${site}${count}`);
    const { status, body } = await paste(`${site}6`);
    expect([status, body['code'], body['missing']]).toEqual([409, 'not_enough_credits', 5]);
    expect(await eventsOfType(app, 'DeductionRefused')).toHaveLength(1);
  });

  it('more than one person may have open', async () => {
    await app.call('PATCH', '/admin/plans/free', { body: { prices: { extraction: 0 } } });
    links.hold('resolve');
    const { openPerUserMax } = extractionLimits;
    for (let count = 0; count < openPerUserMax; count++) await begin(`${site}${count}`);
    const { status, body } = await paste(`${site}more`);
    expect([status, body['code']]).toEqual([409, 'too_many_extractions']);
    expect((await asBen.paste(`${site}more`)).status).toBe(202);
  });
});

describe('the queue', () => {
  it('runs so many at a time as are allowed, and takes turns between people', async () => {
    const goOn = links.hold('resolve');
    const first = ['1', '2'];
    for (const name of first) await begin(`${site}ann-${name}`);
    const third = await begin(`${site}ann-3`);
    const fourth = await begin(`${site}ann-4`);
    const bens = await asBen.begin(`${site}ben-1`);
    const ahead = await Promise.all(
      [third, fourth].map(async (id) => (await asAnn.read(id)).ahead),
    );
    // Ben has had no turn yet.
    expect([(await asBen.read(bens)).ahead, ...ahead]).toEqual([0, 1, 2]);
    const pending = await asAnn.call('GET', '?status=pending');
    expect((pending.body['items'] as { id: string }[]).map(({ id }) => id)).toEqual([
      fourth,
      third,
    ]);
    expect((await asAnn.call('GET', '?status=processing')).body['total']).toBe(2);
    goOn();
    for (const id of [third, fourth]) await until(id, 'completed');
    await asBen.until(bens, 'completed');
    const begun = links.calls.filter((call) => call.startsWith('resolve'));
    expect(begun).toEqual(
      ['ann-1', 'ann-2', 'ben-1', 'ann-3', 'ann-4'].map((name) => `resolve ${site}${name}`),
    );
    expect(links.atOnceSeen).toBe(2);
    expect(await funds()).toEqual([5, 5]);
    expect(await asBen.funds()).toEqual([20, 20]);
  });

  it('is shown to admins', async () => {
    links.hold('resolve');
    const ids = [await begin(`${site}1`), await begin(`${site}2`), await begin(`${site}3`)];
    const { body } = await app.call('GET', '/admin/extractions/status');
    expect(body).toMatchObject({
      queued: 1,
      workers: 2,
      running: ids.slice(0, 2).map((id) => ({ id, user_id: ann.id, step: 'resolving' })),
      yt_dlp: { state: 'ok', version: '2026.10.01' },
      cookies: { set: false },
    });
  });
});

describe('failures', () => {
  it.each(['resolve', 'download', 'convert'] as const)(
    'at %s say what happened and what to do; nothing is charged and nothing left',
    async (step) => {
      links.fails[step] = sourceFailure('geo_blocked');
      const job = await until(await begin(`${site}a`), 'failed');
      expect(job.error).toEqual({
        code: 'geo_blocked',
        message: 'It is geo_blocked.',
        advice: 'Try another.',
        last_words: 'ERROR: no luck',
      });
      expect(await funds()).toEqual([25, 25]);
      expect(await eventsOfType(app, 'CreditsReleased')).toMatchObject([{ reason: 'geo_blocked' }]);
      await tempIsEmpty();
      expect(await eventsOfType(app, 'SoundAdded')).toEqual([]);
    },
  );

  it('a bug in a tool is told without its inside', async () => {
    links.download = () => Promise.reject(new TypeError('a bug'));
    const job = await until(await begin(`${site}a`), 'failed');
    expect(job.error).toMatchObject({ code: 'unknown' });
    expect(JSON.stringify(job)).not.toContain('a bug');
    expect(await funds()).toEqual([25, 25]);
    await tempIsEmpty();
  });

  it('a disk without room keeps nothing', async () => {
    full = true;
    const job = await until(await begin(`${site}a`), 'failed');
    expect(job.error).toMatchObject({ code: 'disk_full' });
    expect(links.calls.filter((call) => call.startsWith('download'))).toEqual([]);
    expect(await funds()).toEqual([25, 25]);
  });

  it('a disk that fills up while it downloads keeps nothing', async () => {
    const goOn = links.hold('download');
    const id = await begin(`${site}a`);
    await links.held('download');
    full = true;
    goOn();
    expect((await until(id, 'failed')).error).toMatchObject({ code: 'disk_full' });
    expect(links.calls.filter((call) => call.startsWith('convert'))).toEqual([]);
    expect(await funds()).toEqual([25, 25]);
    await tempIsEmpty();
  });

  it.each([
    ['begins', { start_ms: 60_000 }],
    ['ends', { start_ms: 58_000, end_ms: 61_001 }],
  ])('a piece that %s after the end is not even fetched', async (what, piece) => {
    const job = await until(await begin(`${site}a`, piece), 'failed');
    expect(job.error).toMatchObject({
      code: 'clip_outside',
      message: `The piece ${what} after the end of the original.`,
    });
    expect(links.calls).toEqual([`resolve ${site}a`]);
  });

  it('can be tried again, and are paid then', async () => {
    links.fails.download = sourceFailure('rate_limited');
    const id = await begin(`${site}a`);
    await until(id, 'failed');
    delete links.fails.download;
    const again = await asAnn.call('POST', `${id}/retry`);
    expect([again.status, again.body['attempt'], again.body['error']]).toEqual([202, 2, null]);
    const job = await until(id, 'completed');
    expect(storyOf(job)).toContain('ExtractionRetried');
    expect(await funds()).toEqual([20, 20]);
    expect((await asAnn.call('POST', `${id}/retry`)).body['code']).toBe('not_to_be_retried');
  });

  it('are not tried again without credit', async () => {
    links.fails.resolve = sourceFailure('unreachable');
    const id = await begin(`${site}a`);
    await until(id, 'failed');
    await app.call('POST', `/admin/users/${ann.id}/credits`, {
      body: { amount: -22, reason: 'a test' },
    });
    const again = await asAnn.call('POST', `${id}/retry`);
    expect([again.status, again.body['code']]).toEqual([409, 'not_enough_credits']);
    expect((await asAnn.read(id)).status).toBe('failed');
  });
});

it('a piece may end a second after the end: lengths are told in whole seconds', async () => {
  await until(await begin(`${site}a`, { start_ms: 58_000, end_ms: 61_000 }), 'completed');
});

describe('cancelling', () => {
  it.each(['resolve', 'download', 'convert'] as const)(
    'at %s stops the work, and leaves no charge and no file',
    async (step) => {
      links.hold(step);
      const id = await begin(`${site}a`);
      await links.held(step);
      const answer = await asAnn.call('POST', `${id}/cancel`);
      expect([answer.status, answer.body['status']]).toEqual([200, 'cancelled']);
      await eventually(() => (links.atOnce === 0 ? true : undefined));
      await tempIsEmpty();
      expect(await funds()).toEqual([25, 25]);
      expect(await eventsOfType(app, 'ExtractionFailed')).toEqual([]);
      expect((await asAnn.call('POST', `${id}/cancel`)).body['code']).toBe('extraction_ended');
    },
  );

  it('while the sound is levelled keeps the sound as loud as it is, and it is paid', async () => {
    const levelling = holdLevelling();
    const id = await begin(`${site}a`);
    await levelling.begun;
    const { sound_id } = await asAnn.read(id);
    expect((await soundOf(sound_id ?? ''))['name']).toBe('Title of a');
    const cancelled = await asAnn.call('POST', `${id}/cancel`);
    expect(cancelled.body).toMatchObject({ status: 'completed', sound_id, duplicate: false });
    expect(await funds()).toEqual([20, 20]);
    levelling.goOn();
    await tempIsEmpty();
    expect(await soundOf(sound_id ?? '')).toMatchObject({
      name: 'Title of a',
      is_normalized: false,
    });
    expect((await asAnn.call('POST', `${id}/retry`)).body['code']).toBe('not_to_be_retried');
    expect(await funds()).toEqual([20, 20]);
  });

  it('while it waits takes it out of the queue', async () => {
    const goOn = links.hold('resolve');
    const running = [await begin(`${site}1`), await begin(`${site}2`)];
    const id = await begin(`${site}3`);
    expect((await asAnn.call('POST', `${id}/cancel`)).body['status']).toBe('cancelled');
    goOn();
    for (const one of running) await until(one, 'completed');
    expect(links.calls).not.toContain(`resolve ${site}3`);
    expect(await funds()).toEqual([15, 15]);
  });

  it('can be done by an admin, and undone by trying again', async () => {
    const goOn = links.hold('download');
    const id = await begin(`${site}a`);
    await links.held('download');
    expect((await app.call('POST', `/extractions/${id}/cancel`)).status).toBe(200);
    goOn();
    expect((await asAnn.call('POST', `${id}/retry`)).status).toBe(202);
    await until(id, 'completed');
    expect(await funds()).toEqual([20, 20]);
  });
});

describe('what is there already', () => {
  it('by the id of the service is found without a download and without a charge', async () => {
    const first = await until(await begin(`${site}a`), 'completed');
    const second = await asBen.until(await asBen.begin(`${site}other/a`), 'completed');
    expect(second).toMatchObject({ duplicate: true, sound_id: first.sound_id });
    expect(storyOf(second)).toEqual([
      'ExtractionRequested',
      'ServiceDetected',
      'DuplicateDetected',
      'ExtractionCompleted',
    ]);
    expect(await asBen.funds()).toEqual([25, 25]);
    expect(links.calls.filter((call) => call.startsWith('download'))).toHaveLength(1);
  });

  it('is another thing as another piece', async () => {
    await until(await begin(`${site}a`), 'completed');
    const piece = await until(await begin(`${site}a`, { start_ms: 1000 }), 'completed');
    // The fake cuts nothing: the same bytes.
    expect(storyOf(piece)).toContain('DownloadStarted');
    expect(piece.duplicate).toBe(true);
    const same = await until(await begin(`${site}a`, { start_ms: 0 }), 'completed');
    expect(storyOf(same)).not.toContain('DownloadStarted');
  });

  it('is another thing than what has its sponsors in it because SponsorBlock did not answer', async () => {
    links.media = { sponsored: null };
    const whole = await until(await begin(`${site}a`, { sponsorblock: true }), 'completed');
    expect(whole.sponsorblock).toBe(false);
    const detected = whole.history.find(({ event }) => event === 'ServiceDetected');
    expect(detected?.detail).toContain('SponsorBlock did not answer: nothing is left out.');
    const plain = await until(await begin(`${site}a`), 'completed');
    expect([plain.duplicate, storyOf(plain).includes('DownloadStarted')]).toEqual([true, false]);
    links.media = {};
    const cut = await until(await begin(`${site}a`, { sponsorblock: true }), 'completed');
    expect([cut.sponsorblock, storyOf(cut).includes('DownloadStarted')]).toEqual([true, true]);
  });

  it('by its content is found after the download, and not charged either', async () => {
    const first = await until(await begin(`${site}a`), 'completed');
    links.media = { service: 'elsewhere' };
    const second = await until(await begin(`${site}a`), 'completed');
    expect(second).toMatchObject({ duplicate: true, sound_id: first.sound_id });
    expect(storyOf(second).slice(-2)).toEqual(['DuplicateDetected', 'ExtractionCompleted']);
    expect(await funds()).toEqual([20, 20]);
    await tempIsEmpty();
  });

  it('asked for by two at once is made for one and paid once', async () => {
    const goOn = links.hold('download');
    const anns = await begin(`${site}a`);
    await links.held('download');
    const bens = await asBen.begin(`${site}a`);
    const others = await asBen.begin(`${site}b`);
    // The one that waits for the same media keeps no worker from others.
    await links.held('download', `${site}b`);
    expect(await asBen.read(bens)).toMatchObject({ status: 'pending', service_id: 'a' });
    goOn();
    const [one, two] = [await until(anns, 'completed'), await asBen.until(bens, 'completed')];
    expect([one.duplicate, two.duplicate]).toEqual([false, true]);
    expect(two.sound_id).toBe(one.sound_id);
    await asBen.until(others, 'completed');
    expect(await funds()).toEqual([20, 20]);
    expect(await asBen.funds()).toEqual([20, 20]);
  });

  it('asked for by two at once is made for the second where the first gives up', async () => {
    links.hold('download');
    const anns = await begin(`${site}a`);
    await links.held('download');
    const bens = await asBen.begin(`${site}a`);
    await eventually(async () => ((await asBen.read(bens)).service_id === 'a' ? true : undefined));
    const goOn = links.hold('convert');
    await asAnn.call('POST', `${anns}/cancel`);
    await eventually(() =>
      links.calls.filter((call) => call === `download ${site}a`).length === 2 ? true : undefined,
    );
    goOn();
    expect((await asBen.read(bens)).status).toBe('processing');
    expect(await funds()).toEqual([25, 25]);
  });

  it('but in the trash comes back from there, and is paid', async () => {
    const first = await until(await begin(`${site}a`), 'completed');
    const soundId = first.sound_id ?? '';
    await app.call('DELETE', `/sounds/${soundId}`);
    const second = await until(await begin(`${site}a`), 'completed');
    expect(second).toMatchObject({ duplicate: false, sound_id: soundId });
    expect((await soundOf(soundId))['name']).toBe('Title of a');
    expect(await funds()).toEqual([15, 15]);
  });
});

describe('who sees what', () => {
  it('own jobs in pages, newest first', async () => {
    const ids: string[] = [];
    for (const name of ['a', 'b', 'c']) {
      ids.unshift(await begin(`${site}${name}`));
      await until(ids[0] ?? '', 'completed');
    }
    const page = (await asAnn.call('GET', '?limit=2')).body;
    const seen = page['items'] as { id: string }[];
    expect([seen.map(({ id }) => id), page['total']]).toEqual([ids.slice(0, 2), 3]);
    const rest = (await asAnn.call('GET', `?limit=2&cursor=${page['next_cursor'] as string}`)).body;
    expect([(rest['items'] as { id: string }[]).map(({ id }) => id), rest['next_cursor']]).toEqual([
      ids.slice(2),
      null,
    ]);
    expect((await asAnn.call('GET', '?status=failed')).body['items']).toEqual([]);
  });

  it('jobs of others are there for admins alone', async () => {
    const id = await begin(`${site}a`);
    await until(id, 'completed');
    for (const [method, path] of [
      ['GET', id],
      ['POST', `${id}/retry`],
      ['POST', `${id}/cancel`],
    ] as const) {
      const { status, body } = await asBen.call(method, path);
      expect([status, body['code']]).toEqual([404, 'unknown_extraction']);
    }
    expect((await asBen.call('GET', '?everybody=true')).status).toBe(403);
    expect((await asBen.call('GET', `?user_id=${ann.id}`)).status).toBe(403);
    const total = async (query: string) =>
      (await app.call('GET', `/extractions/${query}`)).body['total'];
    expect(await total('')).toBe(0);
    expect(await total('?everybody=true')).toBe(1);
    expect(await total(`?user_id=${ann.id}`)).toBe(1);
    expect(await total(`?user_id=${ben.id}`)).toBe(0);
    expect((await app.call('GET', `/extractions/${id}`)).status).toBe(200);
  });

  it('the feed tells the owner and admins, progress at most four times a second', async () => {
    links.progress = Array.from({ length: 50 }, (_, index) => ({
      percent: 2 * index,
      bytes: index,
      bytes_total: 50,
      bytes_per_second: null,
    }));
    const listen = async (token: string) => {
      const heard: { type: string; data: Record<string, unknown> }[] = [];
      const socket = await openSocket(app, token);
      socket.on('message', (data) =>
        heard.push(JSON.parse((data as Buffer).toString()) as (typeof heard)[0]),
      );
      return { heard, socket };
    };
    const [hers, his, admins] = [
      await listen(ann.token),
      await listen(ben.token),
      await listen(app.token() ?? ''),
    ];
    const id = await begin(`${site}a`);
    await until(id, 'completed');
    const changesOf = ({ heard }: typeof hers) =>
      heard
        .filter(({ type }) => type === 'extraction_changed')
        .map(({ data }) => extractionChanged.parse(data).extraction);
    const ended = (listener: typeof hers) =>
      changesOf(listener).some(({ status }) => status === 'completed');
    await eventually(() => (ended(hers) && ended(admins) ? true : undefined));
    const progress = hers.heard
      .filter(({ type, data }) => type === 'job_progress' && data['job'] === 'extraction')
      .map(({ data }) => extractionJobProgress.parse(data));
    expect(progress[0]).toMatchObject({
      job_id: id,
      step: 'downloading',
      progress: { percent: 0 },
    });
    expect(progress.length).toBeLessThan(links.progress.length / 2);
    const steps = changesOf(hers).map(({ step }) => step);
    expect([...new Set(steps)]).toEqual([
      'queued',
      'resolving',
      'downloading',
      'converting',
      'adding',
      'normalizing',
      'completed',
    ]);
    expect(his.heard.some(({ type }) => type === 'extraction_changed')).toBe(false);
    expect(his.heard.some(({ data }) => data['job_id'] === id)).toBe(false);
    for (const { socket } of [hers, his, admins]) socket.terminate();
  });

  it('admins keep the tool and its cookies', async () => {
    const call = (method: string, path: string, body?: object) =>
      app.call(method, `/admin/extractions/${path}`, body ? { body } : {});
    const bad = await call('PUT', 'cookies', { cookies: 'sugar' });
    expect([bad.status, bad.body['errors']]).toEqual([
      422,
      [{ path: 'cookies', message: 'These are no cookies.' }],
    ]);
    const kept = await call('PUT', 'cookies', { cookies: '# Netscape HTTP Cookie File' });
    expect([kept.status, kept.body['workers']]).toEqual([200, 2]);
    expect((await call('DELETE', 'cookies')).status).toBe(200);
    expect((await call('POST', 'update')).body['outcome']).toBe('updated');
    expect((await call('POST', 'rollback')).body['outcome']).toBe('rolled_back');
    const token = await issueToken(app, ann, ['extract']);
    const seen = await app.call('GET', '/extractions/', { token });
    expect(seen.status).toBe(403);
  });
});

it('what does not start begins no job, says why, and stops nothing else', async () => {
  links.start = () => Promise.reject(new Error('EACCES: no such luck'));
  app = await app.restart();
  const id = await begin(`${site}a`);
  const { body } = await app.call('GET', '/admin/extractions/status');
  expect(body).toMatchObject({
    queued: 1,
    yt_dlp: { detail: expect.stringMatching(/^extractions do not work \(EACCES.*again/) },
  });
  expect((await asAnn.read(id)).status).toBe('pending');
  expect(links.calls).toEqual([]);
});

it('a tool that is missing is told by the health, and everything else works', async () => {
  const { yt_dlp, cookies } = await links.status();
  links.status = () =>
    Promise.resolve({
      yt_dlp: { ...yt_dlp, state: 'missing', detail: 'yt-dlp is not installed' },
      cookies,
    });
  await app.call('POST', '/admin/extractions/update');
  const ready = await fetch(`${app.url}/readyz`);
  const { parts } = (await ready.json()) as { parts: Record<string, unknown> };
  expect(parts['extractions']).toEqual({ state: 'degraded', detail: 'yt-dlp is not installed' });
});
