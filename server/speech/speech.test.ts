import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMediaTools } from '../adapters/ffmpeg/index.ts';
import { startTestApp, type Answer, type TestApp } from '../testing/test-app.ts';
import { addPerson, issueToken, type Person } from '../users/testing/people.ts';

type SoundOnWire = {
  id: string;
  name: string;
  type: string;
  filename: string;
  duration: number;
};
type VoiceOnWire = { engine: string; id: string; language: string; default: boolean };
type Logged = {
  event_id: string;
  causation_id: string | null;
  actor: string;
  data: Record<string, unknown>;
};

let app: TestApp;
let ann: Person;

const speakAs = (token: string, body: unknown, headers: Record<string, string> = {}) =>
  app.call('POST', '/sounds/tts', { body, token, headers });
const speak = (body: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
  speakAs(ann.token, body, headers);
const soundIn = ({ body }: Answer) => body['sound'] as SoundOnWire;
const folder = () => join(app.soundsDir, 'originals', 'text_to_speech');
const leftovers = () => {
  const temp = join(app.soundsDir, 'temp');
  return existsSync(temp) ? readdirSync(temp) : [];
};
/** Newest first. */
const events = async (type: string) =>
  (await app.call('GET', `/admin/audit/events?type=${type}&limit=500`)).body['items'] as Logged[];
const funds = async (token = ann.token) => {
  const { body } = await app.call('GET', '/credits', { token });
  return [body['balance'], body['available']];
};
const broke = async (name: string, left: number): Promise<Person> => {
  const person = await addPerson(app, name, { role: 'user' });
  const body = { amount: left - 25, reason: 'a test' };
  await app.call('POST', `/admin/users/${person.id}/credits`, { body });
  return person;
};

beforeAll(async () => {
  app = await startTestApp();
  await app.setUp();
  ann = await addPerson(app, 'Ann', { role: 'user', plan: 'pro' });
  app.player.connect();
});
afterAll(() => app.stop());

describe('a text', () => {
  it('becomes a real sound: it has a length, a waveform and its words as the name', async () => {
    const answer = await speak({ text: 'Dinner is ready' });
    expect([answer.status, answer.body]).toMatchObject([
      201,
      { cached: false, balance: 999, available: 999, play_id: null, play_refused: null },
    ]);
    const sound = soundIn(answer);
    expect(sound).toMatchObject({ type: 'TTS', name: 'Dinner is ready' });
    expect(sound.filename).toMatch(/^Dinner is ready [0-9a-f]{8}\.wav$/);
    expect(sound.duration).toBeGreaterThan(300);
    const probed = await createMediaTools().probe(join(folder(), sound.filename));
    expect(probed).toMatchObject({ ok: true, format: 'wav', channels: 1, demuxer: 'wav' });
    const { peaks } = (await app.call('GET', `/sounds/${sound.id}/waveform`)).body;
    expect(Math.max(...(peaks as number[]))).toBe(255);
    const listed = await app.call('GET', '/sounds/?types=TTS');
    expect((listed.body['items'] as SoundOnWire[]).map(({ id }) => id)).toEqual([sound.id]);
    expect(leftovers()).toEqual([]);
  });

  it('is in the log as hash and length, and its sound follows from the request', async () => {
    await speak({ text: 'The secret is out', name: 'News' });
    const requested = (await events('SpeechRequested'))[0];
    expect(requested?.data).toMatchObject({
      user_id: ann.id,
      characters: 17,
      engine: 'espeak-ng',
      voice: 'en-gb',
      phrase: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    });
    const added = (await events('SoundAdded'))[0];
    expect(added).toMatchObject({
      causation_id: requested?.event_id,
      actor: ann.id,
      data: { name: 'News' },
    });
    const log = JSON.stringify((await app.call('GET', '/admin/audit/events?limit=500')).body);
    expect(log).not.toContain('secret is out');
  });

  it('that is long is shortened in the name', async () => {
    const text = 'Wash your hands, then come to the table, for the soup is getting cold by now';
    const { name } = soundIn(await speak({ text }));
    expect(name).toBe('Wash your hands, then come to the table, for the soup is ge…');
    expect(name).toHaveLength(60);
  });
});

describe('the same phrase again', () => {
  it('is the sound that is there, free, and nothing is recorded', async () => {
    const first = await speak({ text: 'Who is there' });
    const [before, recorded] = [await funds(), (await events('SpeechRequested')).length];
    const again = await speak({ text: '  Who   is\nthere ' });
    expect([again.status, again.body['cached'], soundIn(again).id]).toEqual([
      200,
      true,
      soundIn(first).id,
    ]);
    expect([await funds(), (await events('SpeechRequested')).length]).toEqual([before, recorded]);
  });

  it('at the same time is spoken and paid once', async () => {
    const [before] = await funds();
    const answers = await Promise.all([1, 2, 3, 4].map(() => speak({ text: 'All together now' })));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(3);
    expect(new Set(answers.map((answer) => soundIn(answer).id)).size).toBe(1);
    expect((await funds())[0]).toBe(Number(before) - 1);
  });

  it('in another spelling that sounds the same costs nothing either', async () => {
    const first = await speak({ text: 'good evening' });
    const before = await funds();
    const again = await speak({ text: 'Good evening' });
    expect([again.status, soundIn(again).id]).toEqual([200, soundIn(first).id]);
    expect(await funds()).toEqual(before);
    expect((await events('CreditsReleased'))[0]?.data).toMatchObject({ reason: 'was_there' });
  });

  it.each(['before', 'after'])(
    'is spoken anew where its file went, %s the scan saw it',
    async (when) => {
      const text = `Gone ${when}`;
      const first = soundIn(await speak({ text }));
      rmSync(join(folder(), first.filename));
      if (when === 'after') await app.call('POST', '/sounds/scan');
      const again = await speak({ text });
      expect([again.status, soundIn(again).id]).toEqual([201, first.id]);
      expect(existsSync(join(folder(), first.filename))).toBe(true);
    },
  );

  it('is harmless when repeated with its key', async () => {
    const key = { 'Idempotency-Key': 'say-1' };
    const body = { text: 'Once and no more', play: true };
    const [before] = await funds();
    const sent = app.player.plays().length;
    const once = await speak(body, key);
    const again = await speak(body, key);
    expect([once.status, again.status]).toEqual([201, 201]);
    expect([soundIn(again).id, again.body['play_id']]).toEqual([
      soundIn(once).id,
      once.body['play_id'],
    ]);
    expect(app.player.plays()).toHaveLength(sent + 1);
    expect((await funds())[0]).toBe(Number(before) - 1);
  });
});

describe('a voice', () => {
  it('is one of those that are listed, and one of them is the house’s', async () => {
    const listed = await app.call('GET', '/sounds/tts/voices');
    const items = listed.body['items'] as VoiceOnWire[];
    expect(items.length).toBeGreaterThan(50);
    expect(items.filter((one) => one.default)).toMatchObject([
      { engine: 'espeak-ng', id: 'en-gb', language: 'en-gb' },
    ]);
    expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
  });

  it('of another language speaks otherwise', async () => {
    const text = 'Guten Morgen';
    const english = soundIn(await speak({ text }));
    const german = soundIn(await speak({ text, language: 'de-AT' }));
    expect(german.id).not.toBe(english.id);
    expect((await events('SpeechRequested'))[0]?.data).toMatchObject({ voice: 'de' });
    const named = await speak({ text, voice: 'German' });
    expect([named.status, soundIn(named).id]).toEqual([200, german.id]);
  });

  it.each([
    [{ voice: 'en-bg' }, 'unknown_voice', 'en-gb'],
    [{ voice: '--stdout' }, 'unknown_voice', undefined],
    [{ voice: '../../../etc/passwd' }, 'unknown_voice', undefined],
    [{ language: 'dee' }, 'unknown_language', 'de'],
    [{ language: 'zz-ZZ' }, 'unknown_language', undefined],
    [{ voice: 'de', language: 'fr' }, 'unknown_voice', undefined],
  ])('that is not there is refused with those that come close: %j', async (wish, code, near) => {
    const { status, body } = await speak({ text: 'Hello', ...wish });
    expect([status, body['code']]).toEqual([422, code]);
    if (near !== undefined) expect(body['suggestions']).toContain(near);
  });
});

describe('hostile text', () => {
  it.each([
    ['10,000 characters', 'a'.repeat(10_000)],
    ['1,001 characters', 'a'.repeat(1001)],
    ['nothing', ''],
    ['spaces', ' \n\t '],
    ['half a character', 'a\ud800b'],
    ['control characters alone', '\u0000\u0001'],
    ['directions alone', '\u202e\u2066'],
  ])('is refused before anything is spoken: %s', async (_what, text) => {
    const before = (await events('SpeechRequested')).length;
    const { status, body } = await speak({ text });
    expect([status, body['code']]).toEqual([422, 'invalid_fields']);
    expect((await events('SpeechRequested')).length).toBe(before);
  });

  it.each([
    ['brackets alone', '[[ ]]'],
    ['signs of no language', '\ue000\ue001'],
    ['an ellipsis', '…'],
  ])('in which nothing can be spoken costs nothing: %s', async (_what, text) => {
    const before = await funds();
    const { status, body } = await speak({ text });
    expect([status, body['code']]).toEqual([422, 'nothing_to_say']);
    expect(await funds()).toEqual(before);
  });

  it.each([
    ['phonemes', 'say [[h@l@U]] now', 'say h@l@U now'],
    ['control characters', 'one\u0000two\r\nthree\u0001 99S', 'one two three 99S'],
    ['directions', '\u202eabc\u202c def', 'abc def'],
  ])('is plain text: %s', async (_what, hostile, plain) => {
    const first = soundIn(await speak({ text: plain }));
    const answer = await speak({ text: hostile });
    expect([answer.status, soundIn(answer).id]).toEqual([200, first.id]);
  });

  it.each([
    ['an option', '--help'],
    ['an option with a file', '-w /tmp/encore-was-here.wav'],
    ['markup', '<speak><break time="60s"/>hi</speak>'],
    ['a command', '$(touch encore-was-here); `id` | cat /etc/passwd > x && echo'],
    ['another script', 'שלום עולם'],
    ['emoji', '😀🎉🏴‍☠️'],
    ['a name with folders', '../../etc/passwd'],
  ])('is spoken as it stands: %s', async (_what, text) => {
    const answer = await speak({ text });
    expect(answer.status).toBe(201);
    const { duration, filename, name } = soundIn(answer);
    expect(name.slice(0, 40)).toBe(text.slice(0, 40));
    expect(duration).toBeGreaterThan(100);
    expect(duration).toBeLessThan(30_000);
    expect(filename).not.toContain('/');
    expect(existsSync(join(folder(), filename))).toBe(true);
    expect(existsSync('/tmp/encore-was-here.wav') || existsSync('encore-was-here')).toBe(false);
  });

  it('of 1,000 characters is spoken to its end', async () => {
    const answer = await speak({ text: 'word '.repeat(200).replace(/ $/, '.') });
    expect(answer.status).toBe(201);
    expect(soundIn(answer).duration).toBeGreaterThan(40_000);
    expect(readFileSync(join(folder(), soundIn(answer).filename)).length).toBeGreaterThan(1e6);
  });
});

describe('who pays', () => {
  it('too few credits: refused, recorded, and nothing is spoken', async () => {
    const poor = await broke('Poor', 0);
    const sounds = (await events('SoundAdded')).length;
    const { status, body } = await speakAs(poor.token, { text: 'Not a word' });
    expect([status, body['code'], body['missing']]).toEqual([409, 'not_enough_credits', 1]);
    expect((await events('SoundAdded')).length).toBe(sounds);
    const history = await app.call('GET', '/credits/transactions', { token: poor.token });
    expect((history.body['items'] as object[])[0]).toMatchObject({ action: 'tts', success: false });
  });

  it('a phrase that is there needs no credit', async () => {
    await speak({ text: 'Free for all' });
    const poor = await broke('Penniless', 0);
    const { status, body } = await speakAs(poor.token, { text: 'Free for all' });
    expect([status, body['balance']]).toEqual([200, 0]);
  });

  it('what is to be heard is not spoken where the play could not be paid', async () => {
    const poor = await broke('Nearly poor', 1);
    const { status, body } = await speakAs(poor.token, { text: 'Half paid', play: true });
    expect([status, body['code']]).toEqual([409, 'not_enough_credits']);
    expect(await funds(poor.token)).toEqual([1, 1]);
    expect((await speakAs(poor.token, { text: 'Half paid' })).status).toBe(201);
    expect(await funds(poor.token)).toEqual([0, 0]);
    const history = await app.call('GET', '/credits/transactions', { token: poor.token });
    expect((history.body['items'] as object[])[0]).toMatchObject({
      action: 'tts',
      amount: -1,
      description: 'Phrase spoken',
    });
  });

  it('nobody does without limits, and guests may not speak', async () => {
    const answer = await app.call('POST', '/sounds/tts', { body: { text: 'I am the admin' } });
    expect([answer.status, answer.body['balance']]).toEqual([201, 0]);
    const guest = await addPerson(app, 'Gil', { role: 'guest' });
    expect((await speakAs(guest.token, { text: 'Hello' })).status).toBe(403);
    const reader = await issueToken(app, ann, ['read']);
    expect((await speakAs(reader, { text: 'Hello' })).status).toBe(403);
  });

  it('the books balance after all this', async () => {
    const { token } = await addPerson(app, 'Ada', { role: 'admin' });
    const headers = { Authorization: `Bearer ${token}` };
    const response = await fetch(`${app.url}/api/v1/admin/audit/verify`, { headers });
    const last = (await response.text()).trim().split('\n').at(-1) ?? '';
    expect(JSON.parse(last)).toMatchObject({ verdict: 'valid' });
  });
});

describe('a phrase to be heard', () => {
  it('goes to the player at once, at the price of a play', async () => {
    const [, before] = await funds();
    const { status, body } = await speak({ text: 'Hear hear', play: true });
    expect([status, body['play_refused'], body['available']]).toEqual([
      201,
      null,
      Number(before) - 2,
    ]);
    expect(app.player.plays().at(-1)).toMatchObject({
      type: 'play',
      play_id: body['play_id'],
      sound_id: soundIn({ body } as Answer).id,
      demuxer: 'wav',
    });
  });

  it('is kept when the play is refused, and says why', async () => {
    const terms = { code: 'cool', name: 'Cool', initial_credits: 25, max_credits: 75 };
    const cooldowns = { user_ms: 3_600_000, sound_ms: 0, global_ms: 0 };
    const plan = { ...terms, refill_amount: 1, cooldowns };
    await app.call('POST', '/admin/plans', { body: plan });
    const slow = await addPerson(app, 'Slow', { role: 'user', plan: 'cool' });
    expect((await speakAs(slow.token, { text: 'First', play: true })).body).toMatchObject({
      play_refused: null,
    });
    const second = await speakAs(slow.token, { text: 'Second', play: true });
    expect([second.status, second.body]).toMatchObject([
      201,
      { play_id: null, play_refused: { code: 'cooling_down' }, sound: { name: 'Second' } },
    ]);
  });
});
