import { beforeEach, expect, it } from 'vitest';
import type { EngineVoice, SpeechEngine } from './speech-engine.ts';
import { fakeEngine, type FakeEngine } from './testing/fake-engine.ts';
import { createVoices, type VoiceWish } from './voices.ts';

let now = 0;
let robot: FakeEngine;
let human: FakeEngine;

const voice = (id: string, speaks: Record<string, number>): EngineVoice => ({
  id,
  name: `Voice ${id}`,
  language: Object.keys(speaks)[0] ?? '',
  speaks,
  gender: null,
  revision: '1',
});
const knows = (engine: FakeEngine, ...voices: EngineVoice[]) => {
  engine.state = { ok: true, version: '1', voices };
};
const voicesOf = (houseVoice: string | null = null) =>
  createVoices([human, robot] as SpeechEngine[], {
    clock: { now: () => now, monotonic: () => now },
    houseVoice,
  });
const chosen = async (wish: VoiceWish, houseVoice: string | null = null) => {
  const speaker = await voicesOf(houseVoice).choose(wish);
  return 'problem' in speaker ? speaker.problem.code : speaker.voice.id;
};

beforeEach(() => {
  now = 0;
  [robot, human] = [fakeEngine(), fakeEngine()];
  knows(human, voice('lessac', { 'en-us': 0, en: 1 }));
  knows(
    robot,
    voice('en-gb', { 'en-gb': 2, en: 2 }),
    voice('de', { de: 5 }),
    voice('pt-br', { 'pt-br': 5 }),
    voice('pt', { pt: 5, 'pt-pt': 5 }),
  );
});

it.each([
  [{}, 'lessac'],
  [{ language: 'en' }, 'lessac'],
  [{ language: 'EN_GB' }, 'en-gb'],
  [{ language: 'de-AT' }, 'de'],
  [{ language: 'pt' }, 'pt'],
  [{ language: 'pt-BR' }, 'pt-br'],
  [{ voice: 'Voice DE' }, 'de'],
  [{ voice: 'de', language: 'de' }, 'de'],
  [{ voice: 'de', language: 'en' }, 'unknown_voice'],
  [{ voice: 'fr' }, 'unknown_voice'],
  [{ language: 'fr' }, 'unknown_language'],
] as const)('%j is spoken by %s', async (wish, expected) => {
  expect(await chosen(wish)).toBe(expected);
});

it('the house has a voice of its own; where that is not there, it says so', async () => {
  expect(await chosen({}, 'de')).toBe('de');
  const voices = voicesOf('none');
  expect(await voices.choose({})).toMatchObject({ voice: { id: 'lessac' } });
  expect(voices.health()).toEqual({
    state: 'degraded',
    detail: 'there is no voice "none": set TTS_VOICE to one that there is',
  });
});

it('one engine that is missing leaves the other, and is named', async () => {
  human.state = { ok: false, reason: 'piper could not be started' };
  const voices = voicesOf();
  expect(await voices.choose({})).toMatchObject({ voice: { id: 'en-gb' } });
  expect(voices.health()).toEqual({ state: 'degraded', detail: 'piper could not be started' });
});

it('asks again after a while, and at once where there was nothing', async () => {
  const voices = voicesOf();
  robot.state = { ok: false, reason: 'gone' };
  await voices.look();
  knows(robot, voice('fr', { fr: 5 }));
  knows(human, voice('it', { it: 0 }));
  expect(await voices.choose({ language: 'fr' })).toMatchObject({ voice: { id: 'fr' } });
  expect(await voices.choose({ language: 'it' })).toMatchObject({
    problem: { code: 'unknown_language' },
  });
  now += 11 * 60_000;
  expect(await voices.choose({ language: 'it' })).toMatchObject({ voice: { id: 'it' } });
});
