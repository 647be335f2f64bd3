import { expect, test } from 'vitest';
import { declaredTypes } from '../../server/testing/declared-types.ts';
import { anEvent, someNames } from '../testing/events.ts';
import { kindOf, knownTypes, sentenceFor, typesOfKind, typeWords } from './event-words.ts';

test('every event that the server can record has a sentence, and no other is described', () => {
  expect(declaredTypes().length).toBeGreaterThan(100);
  expect([...knownTypes].toSorted()).toEqual(declaredTypes().toSorted());
});

test.each([
  ['PlayRequested', { sound_id: 'horn' }, 'Mira pressed Air horn'],
  ['PlayStarted', { sound_id: 'horn', latency_ms: 17.4 }, 'Air horn sounded 17 ms after the press'],
  [
    'PlayStopped',
    { sound_id: 'horn', reason: 'stopped', heard_ms: 1_200 },
    'Air horn was stopped after 1.2 s',
  ],
  [
    'CreditsDeducted',
    {
      user_id: 'bo',
      amount: 1,
      action: 'play',
      balance_before: 10,
      balance_after: 9,
      subject: { sound_id: 'horn' },
    },
    'Bo paid 1 credit for Air horn: 10 → 9',
  ],
  [
    'CreditsGranted',
    { user_id: 'bo', amount: 1_500, balance_before: 0, balance_after: 1_500 },
    'Mira gave Bo 1,500 credits: 0 → 1,500',
  ],
  [
    'DeductionRefused',
    { user_id: 'bo', action: 'tts', missing: 2 },
    'Bo had 2 credits too few for speech',
  ],
  ['VolumeSet', { volume: 40 }, 'Mira set the volume to 40'],
  ['ModeSet', { mode: 'random' }, 'Mira chose a mode: shuffle'],
  [
    'SettingChosen',
    { name: 'resume_after_power_cut', value: true },
    'Mira set resume after power cut: on',
  ],
  ['UserDisabled', { user_id: 'bo' }, 'Mira switched off Bo'],
  ['SoundTagged', { sound_id: 'gone', tags: [] }, 'Mira tagged a sound that was removed: none'],
])('%s is said as a person would', (type, data, words) => {
  expect(sentenceFor(anEvent({ type, data }), someNames())).toBe(words);
});

test('who acts in nobody’s name is called what it is', () => {
  const said = (actor: string) =>
    sentenceFor(anEvent({ type: 'PlayRequested', actor, data: { sound_id: 'horn' } }), someNames());
  expect(['system', 'binding', 'schedule', 'long-gone'].map(said)).toEqual([
    'Encore pressed Air horn',
    'A button pressed Air horn',
    'A schedule pressed Air horn',
    'Somebody who was forgotten pressed Air horn',
  ]);
});

test('a type that nobody described is said by its name, and belongs to the house', () => {
  expect(sentenceFor(anEvent({ type: 'LanternLitUp', data: {} }), someNames())).toBe(
    'Lantern lit up',
  );
  expect(kindOf('LanternLitUp')).toBe('house');
  expect(typeWords('ApiTokenIssued')).toBe('Api token issued');
});

test('data that is not what it should be breaks no sentence', () => {
  for (const type of knownTypes) {
    expect(sentenceFor(anEvent({ type, data: {} }), someNames())).toMatch(/\S/);
  }
});

test('each type belongs to one kind', () => {
  expect(typesOfKind('credits')).toContain('DeductionRefused');
  expect(typesOfKind('plays')).not.toContain('TrackStarted');
});
