import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMediaTools } from '../adapters/ffmpeg/index.ts';
import { startTestApp, type Answer, type TestApp } from '../testing/test-app.ts';
import { addPerson, issueToken, type Person } from '../users/testing/people.ts';

type SoundOnWire = { id: string; name: string; type: string; filename: string; duration: number };

let app: TestApp;
let ann: Person;

const speak = (body: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
  app.call('POST', '/sounds/tts', { body, token: ann.token, headers });
const soundIn = ({ body }: Answer) => body['sound'] as SoundOnWire;
const folder = () => join(app.soundsDir, 'originals', 'text_to_speech');
const spokenFiles = () => (existsSync(folder()) ? readdirSync(folder()) : []);
const leftovers = () => {
  const temp = join(app.soundsDir, 'temp');
  return existsSync(temp) ? readdirSync(temp) : [];
};
type Logged = {
  event_id: string;
  causation_id: string;
  actor: string;
  data: Record<string, unknown>;
};
const events = async (type: string) =>
  (await app.call('GET', `/admin/audit/events?type=${type}&limit=500`)).body['items'] as Logged[];

beforeAll(async () => {
  app = await startTestApp();
  await app.setUp();
  ann = await addPerson(app, 'Ann', { role: 'user', plan: 'pro' });
  app.player.connect();
});
afterAll(() => app.stop());

describe('a text', () => {
  it('becomes a sound that is real: it has a length, a waveform and its words as the name', async () => {
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
});
