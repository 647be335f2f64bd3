import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { eventually, startTestApp, type TestApp } from '../testing/test-app.ts';
import { addPerson, type Person } from '../users/testing/people.ts';
import type { Spoken } from './speech-engine.ts';
import { fakeEngine, tone, type FakeEngine } from './testing/fake-engine.ts';

type Logged = { data: Record<string, unknown> };

let app: TestApp;
let ann: Person;
let engine: FakeEngine;
let full: boolean;

const speak = (text: string, more: object = {}) =>
  app.call('POST', '/sounds/tts', { body: { text, ...more }, token: ann.token });
const events = async (type: string, on = app) =>
  ((await on.call('GET', `/admin/audit/events?type=${type}`)).body['items'] as Logged[]).map(
    ({ data }) => data,
  );
const funds = async (on = app) => {
  const { body } = await on.call('GET', '/credits', { token: ann.token });
  return [body['balance'], body['available']];
};
const failing = (code: Extract<Spoken, { ok: false }>['code']) => () =>
  Promise.resolve({ ok: false, code, last_words: 'no such phoneme' } as const);
/** A voice that holds its breath until it is told to go on. */
const holdBreath = () => {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  engine.answer = async (text, signal) => {
    const ended = Promise.withResolvers<undefined>();
    signal.addEventListener('abort', () => ended.reject(signal.reason as Error), { once: true });
    await Promise.race([promise, ended.promise]);
    return tone(text);
  };
  return () => resolve(undefined);
};
const reserved = (count: number) =>
  eventually(async () => ((await funds())[1] === 25 - count ? true : undefined));

beforeEach(async () => {
  engine = fakeEngine();
  full = false;
  app = await startTestApp({
    speechEngines: [engine],
    diskSpace: () => Promise.resolve({ free: full ? 1_000_000 : 50e9, total: 100e9 }),
  });
  await app.setUp();
  ann = await addPerson(app, 'Ann', { role: 'user' });
  app.player.connect();
});
afterEach(() => app.stop());

it.each([
  ['engine_failed', 503, 'speech_failed'],
  ['timed_out', 503, 'speech_timed_out'],
  ['too_long', 422, 'speech_too_long'],
  ['engine_missing', 503, 'speech_unavailable'],
] as const)(
  '%s: the credit comes back, and the last words are kept',
  async (code, status, said) => {
    engine.answer = failing(code);
    const answer = await speak('Hello');
    expect([answer.status, answer.body['code']]).toEqual([status, said]);
    expect(await events('SpeechFailed')).toMatchObject([{ code, message: 'no such phoneme' }]);
    expect(await events('CreditsReleased')).toMatchObject([{ amount: 1, reason: code }]);
    expect(await funds()).toEqual([25, 25]);
    const spokenFolder = join(app.soundsDir, 'originals', 'text_to_speech');
    expect(existsSync(spokenFolder) ? readdirSync(spokenFolder) : []).toEqual([]);
    engine.answer = (text) => Promise.resolve(tone(text));
    expect((await speak('Hello')).status).toBe(201);
  },
);

it('silence is nothing said', async () => {
  engine.answer = () => Promise.resolve({ ok: true, sample_rate: 16_000, pcm: Buffer.alloc(9000) });
  const { status, body } = await speak('Hello');
  expect([status, body['code']]).toEqual([422, 'nothing_to_say']);
  expect(await funds()).toEqual([25, 25]);
});

it('a bug in the engine is a bare 500, and the credit comes back', async () => {
  engine.answer = () => Promise.reject(new TypeError('a bug'));
  const { status, body } = await speak('Hello');
  expect([status, JSON.stringify(body)]).toEqual([500, expect.not.stringContaining('a bug')]);
  expect(await funds()).toEqual([25, 25]);
});

it('a disk without room keeps nothing and charges nothing', async () => {
  full = true;
  const { status, body } = await speak('Hello');
  expect([status, body['code']]).toEqual([503, 'disk_full']);
  expect(await events('SpeechFailed')).toMatchObject([{ code: 'not_kept' }]);
  expect(await funds()).toEqual([25, 25]);
  full = false;
  expect((await speak('Hello')).status).toBe(201);
});

it('two are spoken at a time, twenty wait, and one more is told to come later', async () => {
  await speak('Known');
  const goOn = holdBreath();
  const texts = Array.from({ length: 22 }, (_, index) => `Phrase ${index}`);
  const speaking = texts.map((text) => speak(text));
  await reserved(23);
  const late = await speak('One more');
  expect([late.status, late.body['code']]).toEqual([503, 'speech_busy']);
  expect((await speak('Known')).status).toBe(200);
  expect(engine.atOnce).toBe(2);
  goOn();
  const answers = await Promise.all(speaking);
  expect(answers.map(({ status }) => status)).toEqual(texts.map(() => 201));
  expect(engine.atOnceSeen).toBe(2);
  expect(await funds()).toEqual([2, 2]);
  expect((await speak('One more')).status).toBe(201);
});

it('a stopping server gives back what it does not finish', async () => {
  holdBreath();
  // Its connection is cut.
  const cut = speak('Never said').catch(() => 'cut');
  await reserved(1);
  app = await app.restart();
  expect([await cut, engine.atOnce]).toEqual(['cut', 0]);
  expect(await events('SpeechFailed')).toMatchObject([{ code: 'interrupted' }]);
  expect(await funds()).toEqual([25, 25]);
});

it('a server that was killed meanwhile gives it back at its next start', async () => {
  const goOn = holdBreath();
  const answer = speak('Cut short');
  await reserved(1);
  // The disk as it is at this moment is what a killed server leaves behind.
  const left = mkdtempSync(join(tmpdir(), 'encore-killed-'));
  cpSync(app.dir, left, { recursive: true, filter: (path) => !path.endsWith('.sock') });
  goOn();
  expect((await answer).status).toBe(201);
  const next = await startTestApp({ dir: left, speechEngines: [fakeEngine()] });
  try {
    expect(await funds(next)).toEqual([25, 25]);
    const again = await next.call('POST', '/sounds/tts', {
      body: { text: 'Cut short' },
      token: ann.token,
    });
    expect([again.status, again.body['balance']]).toEqual([201, 24]);
  } finally {
    await next.stop(true);
    rmSync(left, { recursive: true, force: true });
  }
});

it('where nothing can speak the answer says how to install it, and the house knows', async () => {
  const reason = 'espeak-ng could not be started: run "apt install espeak-ng"';
  engine.state = { ok: false, reason };
  app = await app.restart();
  const { status, body } = await speak('Hello');
  expect([status, body['code']]).toEqual([503, 'speech_unavailable']);
  expect(body['detail']).toContain('apt install espeak-ng');
  expect((await app.call('GET', '/sounds/tts/voices')).status).toBe(503);
  const ready = async () => {
    const { parts } = (await (await fetch(`${app.url}/readyz`)).json()) as {
      parts: Record<string, object>;
    };
    return parts['speech'];
  };
  expect(await ready()).toEqual({ state: 'degraded', detail: reason });
  // Installed meanwhile: no restart is needed.
  engine.state = fakeEngine().state;
  expect((await speak('Hello')).status).toBe(201);
  expect(await ready()).toEqual({ state: 'ok', detail: '1 voices' });
});

it('what took long to speak is fresh when it is played', async () => {
  const goOn = holdBreath();
  const answer = speak('At last', { play: true });
  await reserved(1);
  const before = process.hrtime.bigint();
  goOn();
  expect((await answer).status).toBe(201);
  const [command] = app.player.plays();
  expect(command?.type).toBe('play');
  const { pressed_at_ms } = command as { pressed_at_ms: number };
  expect(pressed_at_ms).toBeGreaterThanOrEqual(Number(before) / 1e6);
});

it('nothing is spoken to a player that is gone', async () => {
  app.player.disconnect();
  const { status, body } = await speak('Hello', { play: true });
  expect([status, body['code']]).toEqual([503, 'player_unavailable']);
  expect([engine.texts, await funds()]).toEqual([[], [25, 25]]);
});
