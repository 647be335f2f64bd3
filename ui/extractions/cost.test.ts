import { expect, test } from 'vitest';
import { costOf } from './cost.ts';

const state = {
  balance: 12,
  available: 12,
  unlimited: false,
  plan: 'free',
  prices: { play: 1, extraction: 5, tts: 1 },
  next_refill_at: null,
};

test('an extraction costs what the plan says', () => {
  expect(costOf(state)).toEqual({ words: '5 credits', enough: true });
  const one = { ...state, prices: { ...state.prices, extraction: 1 } };
  expect(costOf(one)).toEqual({ words: '1 credit', enough: true });
});

test('it is free where nothing is asked for it', () => {
  expect(costOf({ ...state, unlimited: true })).toEqual({ words: 'Free', enough: true });
  const none = { ...state, available: 0, prices: { ...state.prices, extraction: 0 } };
  expect(costOf(none)).toEqual({ words: 'Free', enough: true });
});

test('too little is told before, counting what is reserved already', () => {
  expect(costOf({ ...state, available: 3 })).toEqual({
    words: '5 credits, and you have 3',
    enough: false,
  });
});

test('nothing is said before it is known', () => expect(costOf(null)).toBeNull());
