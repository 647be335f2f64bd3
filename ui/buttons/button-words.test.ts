import { expect, test } from 'vitest';
import type { BindingCommand } from '../../server/bindings/contract.ts';
import { aBinding, aCandidate } from '../testing/buttons.ts';
import { doesWord, nameFor, pressWord, whenWord } from './button-words.ts';

const names = {
  sound: (id: string) => (id === 'gong' ? 'Gong' : undefined),
  playlist: (id: string) => (id === 'main' ? 'All sounds' : undefined),
  person: (id: string) => (id === 'mira' ? 'Mira' : undefined),
};

test.each<[BindingCommand, string]>([
  [{ type: 'play', sound_id: 'gong' }, 'Plays “Gong”'],
  [{ type: 'play', sound_id: 'lost' }, 'Plays something gone'],
  [{ type: 'play' }, 'Plays the sound that the message names'],
  [{ type: 'random', tag: 'party' }, 'Plays one of the sounds tagged “party”'],
  [{ type: 'random', playlist_id: 'main' }, 'Plays one of the sounds in “All sounds”'],
  [{ type: 'volume', delta: -5 }, 'The music 5 quieter'],
  [{ type: 'volume', volume: 40 }, 'The music at 40'],
  [{ type: 'say', text: 'Dinner' }, 'Says “Dinner”'],
  [{ type: 'stop' }, 'Stops every sound, and the music'],
  [{ type: 'grant_credits', user_id: 'mira', amount: 5 }, 'Gives 5 credits to “Mira”'],
])('%j: %s', (command, words) => {
  expect(doesWord(command, null, names)).toBe(words);
});

test('a card plays its own sound', () => {
  const extract = { path: 'PN532.UID', as: 'rfid' } as const;
  expect(doesWord({ type: 'play' }, extract, names)).toBe(
    'Plays the sound that belongs to the card',
  );
  expect(whenWord(aBinding({ extract }))).toBe('Any card or tag');
});

test.each([
  [{ path: 'action', op: 'eq', value: 'brightness_move_up' } as const, 'Brightness move up'],
  [{ equals: 'ON' }, 'ON'],
  ['any' as const, 'Any message'],
  [
    [
      { path: 'params.events.*.component', op: 'eq', value: 'input:0' },
      { path: 'params.events.*.event', op: 'eq', value: 'double_push' },
    ] as const,
    'Double push',
  ],
])('%j: %s', (match, words) => {
  expect(whenWord(aBinding({ match: match as never }))).toBe(words);
});

test('presses and devices in words', () => {
  expect([pressWord('SL'), pressWord('button1_single')]).toEqual([
    'Short, then long press',
    'Button1 single',
  ]);
  expect(nameFor(aCandidate())).toBe('Hall, single');
  expect(nameFor(aCandidate({ press: 'tag', device: 'reader' }))).toBe('Reader');
});
