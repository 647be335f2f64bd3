import { existsSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMediaTools } from '../adapters/ffmpeg/index.ts';
import { eventually, startTestApp, type TestApp } from '../testing/test-app.ts';
import { login } from '../users/testing/people.ts';
import type { NormalizationJob, NormalizationReport, Sound } from './contract.ts';
import type { LoudnessTools } from './loudness.ts';
import { makeSounds, peaky, reachable, silent } from './testing/loudness-corpus.ts';

const media: LoudnessTools = createMediaTools();
let app: TestApp;
const folder = () => join(app.soundsDir, 'originals', 'soundboard');
const normalizedFolder = () => join(app.soundsDir, 'normalized', 'soundboard');
const files = () => (existsSync(normalizedFolder()) ? readdirSync(normalizedFolder()) : []);

beforeEach(async () => {
  app = await startTestApp();
  await app.setUp();
});
afterEach(() => app.stop());

const scan = () => app.call('POST', '/sounds/scan');
const sounds = async () =>
  (await app.call('GET', '/sounds/?sort=name&limit=500')).body['items'] as Sound[];
const sound = async (name: string) => {
  const found = (await sounds()).find((one) => one.name === name);
  if (!found) throw new Error(`no sound ${name}`);
  return found;
};
const report = async () =>
  (await app.call('GET', '/sounds/normalize')).body as unknown as NormalizationReport;
const ended = () =>
  eventually(async () => {
    const now = await report();
    return now.state === 'running' ? undefined : now;
  });
const begin = async (what: string) => {
  const answer = await app.call('POST', `/sounds/normalize/${what}`);
  expect(answer.status).toBe(202);
  return answer.body as unknown as NormalizationJob;
};
const normalise = async (what: string) => {
  await begin(what);
  return ended();
};
type Logged = { type: string; data: Record<string, unknown> };
const logged = async (type: string): Promise<Record<string, unknown>[]> => {
  const { body } = await app.call('GET', `/admin/audit/events?type=${type}&limit=500`);
  return (body['items'] as Logged[]).map(({ data }) => data).toReversed();
};
const namesOf = (some: readonly Sound[]): string[] =>
  some.map((one) => one.normalized_filename ?? 'none').toSorted();
/** What a listener finds in the written file of a sound. */
const heard = async (one: Sound, channels = 2) => {
  const path = join(normalizedFolder(), one.normalized_filename ?? 'none');
  const duration_ms = one.duration;
  const measured = await media.measure(path, { duration_ms, channels });
  if (!measured.ok) throw new Error(measured.reason);
  return Number.isFinite(measured.integrated_lufs)
    ? measured
    : media.measure(path, { duration_ms, channels, padded: true });
};
const level = async (path: string, channels = 2) => {
  const measured = await media.measure(path, { duration_ms: 5000, channels });
  return measured.ok ? measured.integrated_lufs : Number.NaN;
};

describe('a batch over sounds of every kind', () => {
  it('brings each to -23 LUFS below -2 dBTP, or says why not', async () => {
    await makeSounds(folder(), [...reachable, ...peaky, ...silent]);
    await scan();
    const job = await normalise('all');
    const total = reachable.length + peaky.length + silent.length;
    expect(job).toMatchObject({ state: 'finished', total, done: total, failed: silent.length });
    expect(job.failures.map(({ file }) => file).toSorted()).toEqual(
      silent.map(({ file }) => file).toSorted(),
    );
    for (const { reason } of job.failures) expect(reason).toContain('silent');

    const written = new Map(
      (await logged('SoundNormalized')).map((data) => [data['sound_id'], data]),
    );
    for (const one of await sounds()) {
      const fact = written.get(one.id);
      if (silent.some(({ file }) => file === one.filename)) {
        expect([one.filename, one.is_normalized, fact]).toEqual([one.filename, false, undefined]);
        continue;
      }
      const found = await heard(one, fact?.['channels'] as number);
      if (!found.ok) throw new Error(found.reason);
      const { integrated_lufs, true_peak_dbtp } = found;
      expect(fact).toMatchObject({ integrated_lufs, true_peak_dbtp, target_lufs: -23 });
      expect({ file: one.filename, peak: true_peak_dbtp <= -2 }).toEqual({
        file: one.filename,
        peak: true,
      });
      const near = Math.abs(integrated_lufs + 23) <= 0.5;
      const isPeaky = peaky.some(({ file }) => file === one.filename);
      expect({ file: one.filename, near, unmet: fact?.['unmet'] }).toEqual({
        file: one.filename,
        near: !isPeaky,
        unmet: isPeaky ? 'true_peak' : null,
      });
      expect(one).toMatchObject({
        is_normalized: true,
        normalized_filename: `${one.normalized_hash}.mp3`,
        normalized_size: fact?.['size'],
      });
      expect(Math.abs((one.normalized_duration ?? 0) - one.duration)).toBeLessThan(100);
    }
    expect(files().filter((name) => name.startsWith('.'))).toEqual([]);
  }, 120_000);
});

describe('a batch', () => {
  it('answers at once, and goes on behind a file that broke in the middle', async () => {
    for (const [index, name] of ['A', 'B', 'C', 'D', 'E'].entries()) {
      app.addSound(`${name}.wav`, 400 + index, 3500);
    }
    await scan();
    const third = join(folder(), 'C.wav');
    writeFileSync(third, 'no sound any more '.repeat(1000));
    expect(await begin('all')).toMatchObject({
      kind: 'all',
      total: 5,
      done: 0,
      failed: 0,
      state: 'running',
    });
    const job = await ended();
    expect(job).toMatchObject({ state: 'finished', total: 5, done: 5, failed: 1 });
    expect(job.failures).toMatchObject([
      { file: 'C.wav', said: expect.stringMatching(/Invalid/) as string },
    ]);
    const [failure] = await logged('NormalizationFailed');
    expect(failure).toMatchObject({ target_lufs: -23, last_words: job.failures[0]?.said });
    expect((await sounds()).map((one) => one.is_normalized)).toEqual([
      true,
      true,
      false,
      true,
      true,
    ]);
    const [finished] = await logged('BatchFinished');
    expect(finished).toMatchObject({ state: 'finished', failures: [{ file: 'C.wav' }] });
  }, 60_000);

  it('does not take a file that lost its end for the whole sound', async () => {
    app.addSound('Cut.wav', 400, 6000);
    await scan();
    truncateSync(join(folder(), 'Cut.wav'), 200_000);
    expect(await normalise('all')).toMatchObject({ failed: 1, failures: [{ file: 'Cut.wav' }] });
    expect(files()).toEqual([]);
  }, 60_000);

  it('is one at a time, and cancelling leaves what is done and nothing half', async () => {
    for (let index = 0; index < 24; index += 1) app.addSound(`${index}.wav`, 300 + index, 4000);
    await scan();
    await begin('all');
    expect(await app.call('POST', '/sounds/normalize/all')).toMatchObject({
      status: 409,
      body: { code: 'normalization_running' },
    });
    await eventually(async () => ((await report()).done > 0 ? true : undefined));
    const cancelled = (await app.call('POST', '/sounds/normalize/cancel')).body;
    expect(cancelled).toMatchObject({ state: 'cancelled', total: 24, failed: 0 });
    expect(await report()).toMatchObject(cancelled);
    const made = (await sounds()).filter((one) => one.is_normalized);
    expect(made.length).toBe(cancelled['done']);
    expect(made.length).toBeLessThan(24);
    expect(files().toSorted()).toEqual(namesOf(made));
    expect((await app.call('POST', '/sounds/normalize/cancel')).status).toBe(409);
    // What was left takes up from there.
    expect(await begin('all')).toMatchObject({ total: 24 - made.length });
    await app.call('POST', '/sounds/normalize/cancel');
  }, 60_000);

  it('that a stop broke off is over at the next start, without left-overs', async () => {
    for (let index = 0; index < 6; index += 1) app.addSound(`${index}.wav`, 300 + index, 20_000);
    await scan();
    await begin('all');
    await eventually(() => (files().length > 0 ? true : undefined));
    writeFileSync(join(normalizedFolder(), '.killed.part'), 'half a file');
    app = await app.restart();
    expect(await report()).toMatchObject({ state: 'interrupted', total: 6 });
    await scan();
    const made = (await sounds()).filter((one) => one.is_normalized);
    expect(files().toSorted()).toEqual(namesOf(made));
    expect(await begin('all')).toMatchObject({ total: 6 - made.length });
    await app.call('POST', '/sounds/normalize/cancel');
  }, 60_000);

  it('answers a repeat with the first job and begins no other', async () => {
    app.addSound('A.wav', 400, 300);
    await scan();
    const headers = { 'Idempotency-Key': 'once' };
    const first = await app.call('POST', '/sounds/normalize/all', { headers });
    await ended();
    const second = await app.call('POST', '/sounds/normalize/all', { headers });
    expect([second.status, second.body]).toEqual([202, first.body]);
    expect(await logged('BatchStarted')).toHaveLength(1);
  }, 60_000);

  it('leaves removed sounds alone', async () => {
    app.addSound('Gone.wav');
    await scan();
    await app.call('DELETE', `/sounds/${(await sound('Gone')).id}`);
    expect(await normalise('all')).toMatchObject({ state: 'finished', total: 0, failed: 0 });
  });

  it('of one type or one sound takes only those', async () => {
    app.addSound('A.wav', 400, 300);
    app.addSound('B.wav', 500, 300);
    await scan();
    expect(await begin('type/TTS')).toMatchObject({ kind: 'type', total: 0 });
    expect(await ended()).toMatchObject({ state: 'finished', done: 0 });
    expect((await app.call('POST', '/sounds/normalize/type/MP3')).status).toBe(404);
    const b = await sound('B');
    expect(await normalise(b.id)).toMatchObject({ kind: 'sound', total: 1, done: 1, failed: 0 });
    expect((await sounds()).map((one) => one.is_normalized)).toEqual([false, true]);
    expect((await app.call('GET', '/sounds/?is_normalized=true')).body['total']).toBe(1);
    expect((await app.call('GET', '/sounds/?is_normalized=false')).body['total']).toBe(1);
    expect((await app.call('POST', '/sounds/normalize/nothing')).body['code']).toBe(
      'unknown_sound',
    );
    rmSync(join(folder(), 'A.wav'));
    await scan();
    const gone = (await app.call('GET', `/admin/audit/events?type=SoundMissing`)).body;
    const { sound_id } = (gone['items'] as Logged[])[0]?.data ?? {};
    const refused = await app.call('POST', `/sounds/normalize/${sound_id as string}`);
    expect([refused.status, refused.body['code']]).toEqual([409, 'sound_missing']);
  }, 60_000);

  it('of picked sounds takes those of them that are in the library', async () => {
    for (const [index, name] of ['A', 'B', 'C'].entries()) app.addSound(`${name}.wav`, 400 + index);
    await scan();
    const sound_ids = [(await sound('C')).id, (await sound('A')).id, 'nothing'];
    const begun = await app.call('POST', '/sounds/normalize', { body: { sound_ids } });
    expect(begun).toMatchObject({ status: 202, body: { kind: 'picked', total: 2 } });
    expect(await ended()).toMatchObject({ kind: 'picked', done: 2, failed: 0 });
    expect((await sounds()).map((one) => one.is_normalized)).toEqual([true, false, true]);
    const none = await app.call('POST', '/sounds/normalize', { body: { sound_ids: [] } });
    expect([none.status, none.body['code']]).toEqual([422, 'invalid_fields']);
  }, 60_000);

  it('says when there never was one', async () => {
    expect((await app.call('GET', '/sounds/normalize')).status).toBe(404);
    expect((await app.call('POST', '/sounds/normalize/cancel')).status).toBe(409);
  });
});

describe('what is normalised already', () => {
  beforeEach(async () => {
    app.addSound('A.wav', 400, 3500);
    await scan();
    await normalise('all');
  }, 60_000);

  it('is left alone, and done again when forced', async () => {
    expect(await normalise('all')).toMatchObject({ total: 0, state: 'finished' });
    expect(await normalise('all?force=true')).toMatchObject({ total: 1, done: 1 });
    expect(await logged('SoundNormalized')).toHaveLength(2);
    expect(files()).toHaveLength(1);
  }, 60_000);

  it('is made anew from the original for another target or format', async () => {
    const before = await sound('A');
    const next = { NORMALIZED_TARGET_LUFS: '-16', NORMALIZED_AUDIO_FORMAT: 'flac' };
    const adminToken = (await login(app, 'Mira')).body['access_token'] as string;
    await app.stop(true);
    app = await startTestApp({ dir: app.dir, environment: next, adminToken });
    expect((await sound('A')).normalized_hash).toBe(before.normalized_hash);
    expect(await normalise('all')).toMatchObject({
      total: 1,
      done: 1,
      failed: 0,
      target_lufs: -16,
    });
    const after = await sound('A');
    expect(after.normalized_filename).toBe(`${after.normalized_hash}.flac`);
    expect(await level(join(normalizedFolder(), after.normalized_filename ?? ''), 1)).toBeCloseTo(
      -16,
      0,
    );
    const source = (await logged('SoundNormalized')).map((data) => data['source_integrated_lufs']);
    expect(source[1]).toBe(source[0]);
    expect(files()).toEqual([after.normalized_filename]);
  }, 60_000);

  it('in one pass follows the sound, stays below the ceiling and says how near it came', async () => {
    expect(await normalise('all?force=true&one_pass=true')).toMatchObject({ done: 1, failed: 0 });
    const fact = (await logged('SoundNormalized'))[1] ?? {};
    expect(fact).toMatchObject({ mode: 'dynamic', source_integrated_lufs: null });
    expect(fact['true_peak_dbtp']).toBeLessThanOrEqual(-2);
    const near = Math.abs((fact['integrated_lufs'] as number) + 23) <= 0.5;
    expect(fact['unmet']).toBe(near ? null : 'one_pass');
  }, 60_000);

  it('is not that any more when the original becomes another', async () => {
    app.addSound('A.wav', 700, 3000);
    await scan();
    expect(await sound('A')).toMatchObject({ is_normalized: false, normalized_hash: null });
    expect(await normalise('all')).toMatchObject({ total: 1 });
    expect(files()).toHaveLength(1);
  }, 60_000);

  it('is told lost by the next scan when somebody deleted the file', async () => {
    const { normalized_hash } = await sound('A');
    rmSync(join(normalizedFolder(), files()[0] ?? ''));
    await scan();
    expect(await sound('A')).toMatchObject({ is_normalized: false, normalized_filename: null });
    expect(await logged('NormalizedFileLost')).toMatchObject([{ hash: normalized_hash }]);
    await scan();
    expect(await logged('NormalizedFileLost')).toHaveLength(1);
    expect(await normalise('all')).toMatchObject({ total: 1, done: 1, failed: 0 });
  }, 60_000);

  it('is what the board plays, and the original where it is gone', async () => {
    const { id } = await sound('A');
    app.player.connect();
    const play = async () => {
      const before = app.player.plays().length;
      await app.call('POST', `/sounds/play/${id}`);
      const command = await eventually(() => app.player.plays()[before]);
      return command.type === 'play' ? command.path : '';
    };
    const original = await level(join(folder(), 'A.wav'), 1);
    // Mono plays on both sides, which counts 3 LU.
    const played = await play();
    expect(await level(played)).toBeCloseTo(-20, 0);
    rmSync(played);
    expect(await level(await play(), 1)).toBeCloseTo(-23, 0);
    rmSync(join(normalizedFolder(), files()[0] ?? ''));
    expect(await level(await play())).toBeCloseTo(original + 3, 0);
  }, 60_000);

  it('is decoded again after the cache was deleted, and a part of it cut again', async () => {
    const { id, normalized_hash } = await sound('A');
    const cache = join(app.dir, 'data', 'cache');
    const copies = () =>
      existsSync(cache) ? readdirSync(cache, { recursive: true, encoding: 'utf8' }) : [];
    const has = (ending: string) => copies().some((name) => name.endsWith(ending));
    const cut = `${normalized_hash}-50-350.wav`;
    await app.call('PATCH', `/sounds/${id}`, { body: { trim: { start_ms: 50, end_ms: 350 } } });
    await eventually(() => (has(cut) ? true : undefined));
    rmSync(cache, { recursive: true });
    await scan();
    await eventually(() => (has(cut) && has(`${normalized_hash}.wav`) ? true : undefined));

    await app.call('PATCH', `/sounds/${id}`, { body: { trim: { start_ms: 60, end_ms: 350 } } });
    await eventually(() => (has('-60-350.wav') && !has(cut) ? true : undefined));
    await app.call('DELETE', `/sounds/${id}`);
    await eventually(() => (has('-60-350.wav') ? undefined : true));
  }, 60_000);
});
