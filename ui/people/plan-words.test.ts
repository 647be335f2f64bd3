import { expect, test } from 'vitest';
import { aPlan } from '../testing/people.ts';
import { allowanceSentence, changeSentences, refillWord } from './plan-words.ts';

const free = aPlan();

test('what a plan gives', () => {
  const none = aPlan({ refill_amount: 0 });
  const week = aPlan({ refill_amount: 1200, refill_period: 'week' });
  const all = aPlan({ unlimited: true });
  expect([free, none, week, all].map(refillWord)).toEqual([
    '15 a day',
    'No refill',
    '1,200 a week',
    'Unlimited',
  ]);
  expect([free, none, all].map(allowanceSentence)).toEqual([
    '25 to begin with, then 15 a day, up to 75.',
    '25 to begin with, no refill.',
    'Presses cost nothing.',
  ]);
});

test.each([
  [8, '8 people get 20 a day from tomorrow, up to 75.'],
  [1, 'Who has it gets 20 a day from tomorrow, up to 75.'],
  [0, 'Whoever gets it gets 20 a day from tomorrow, up to 75.'],
])('a change says whom it is about: %d', (people, sentence) => {
  expect(changeSentences(free, aPlan({ refill_amount: 20 }), people)).toEqual([sentence]);
});

test.each([
  [{}, []],
  [{ refill_period: 'week' }, ['8 people get 15 a week from Monday, up to 75.']],
  [{ max_credits: 50, refill_period: 'month' }, [/from the first of the month, up to 50\.$/]],
  [{ refill_amount: 0 }, ['8 people get no refill any more.']],
  [{ unlimited: true, refill_amount: 0 }, ['8 people press for free from now on.']],
  [{ name: 'Guests' }, ['It is called “Guests”.']],
  [{ initial_credits: 5 }, ['New accounts begin with 5.']],
  [{ prices: { play: 2 } }, ['A press costs 2.']],
  [{ prices: { extraction: 0 } }, ['An extraction costs nothing.']],
  [{ cooldowns: { user_ms: 1500, sound_ms: 0, global_ms: 0 } }, ['Between one’s presses: 1.5 s.']],
] as const)('%o in sentences', (part, sentences) => {
  const told = changeSentences(free, aPlan(part), 8);
  expect(told).toEqual(
    sentences.map((one) => (typeof one === 'string' ? one : expect.stringMatching(one))),
  );
});

test('what is taken back is told too', () => {
  const dear = aPlan({
    unlimited: true,
    prices: { tts: 3 },
    cooldowns: { user_ms: 0, sound_ms: 0, global_ms: 900 },
  });
  expect(changeSentences(dear, free, 2)).toEqual([
    '2 people pay from now on, with the balance that is there.',
    'Speech costs what the house asks.',
    'After any press: no wait.',
  ]);
});
