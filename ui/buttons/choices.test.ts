import { expect, test } from 'vitest';
import { aBinding, aCandidate } from '../testing/buttons.ts';
import { actionOf, actions, commandOf, extractFor, firstAction, type Action } from './choices.ts';

const chosen = {
  soundId: 'horn',
  tag: 'party',
  playlistId: 'main',
  volume: 40,
  step: 15,
  mode: 'loop',
  text: 'Dinner',
  userId: 'mira',
  amount: 5,
} as const;
const rfid = { path: 'PN532.UID', as: 'rfid' } as const;

test.each(Object.keys(actions) as Action[])('%s is found again in its command', (action) => {
  const extract = action === 'card' ? rfid : null;
  expect(actionOf({ command: commandOf(action, chosen), extract })).toBe(action);
});

test('what only the API makes stays as it is', () => {
  for (const command of [
    { type: 'volume', delta: 0 },
    { type: 'volume' },
    { type: 'play' },
  ] as const) {
    expect(actionOf(aBinding({ command }))).toBeNull();
  }
});

test('how many pulses a coin made is for giving credits alone', () => {
  const count = { path: 'pulses', as: 'count' } as const;
  const kept = ([...Object.keys(actions), null] as (Action | null)[]).filter(
    (action) => extractFor(action, count) !== null,
  );
  expect(kept).toEqual(['credits', null]);
  expect(extractFor('card', rfid)).toEqual(rfid);
});

test('a card begins with its own sound, a button with any', () => {
  expect([firstAction(aCandidate()), firstAction(aCandidate({ uid: '94d8fc5f' }))]).toEqual([
    'sound',
    'card',
  ]);
});
