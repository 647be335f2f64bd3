import { expect, test } from 'vitest';
import { aPlan } from '../testing/people.ts';
import { codeOf, readPlan } from './plan-form.ts';

const { code: _code, ...before } = aPlan({ prices: { tts: 4 } });

const dataOf = (values: Record<string, string>): FormData => {
  const data = new FormData();
  for (const [name, value] of Object.entries(values)) data.set(name, value);
  return data;
};
const whole = {
  name: 'Free',
  initial_credits: '25',
  max_credits: '75',
  refill_amount: '15',
  refill_period: 'day',
  play: '',
  extraction: '',
  tts: '',
  user_ms: '',
  sound_ms: '',
  global_ms: '',
};

test('a form is read into terms', () => {
  const data = dataOf({
    ...whole,
    name: ' Family ',
    refill_period: 'week',
    play: '2',
    user_ms: '1.5',
  });
  expect(readPlan(data, before)).toEqual({
    terms: {
      ...before,
      name: 'Family',
      refill_period: 'week',
      prices: { play: 2 },
      cooldowns: { user_ms: 1500, sound_ms: 0, global_ms: 0 },
    },
    errors: {},
  });
});

test('what is not shown while a plan is unlimited stays as it was', () => {
  const data = dataOf({ name: 'Free', unlimited: 'on', user_ms: '', sound_ms: '', global_ms: '' });
  expect(readPlan(data, before)).toEqual({ terms: { ...before, unlimited: true }, errors: {} });
});

test.each([
  [{ name: ' ' }, { name: 'A plan needs a name.' }],
  [{ initial_credits: '' }, { initial_credits: 'A whole number from 0 to 1,000,000.' }],
  [{ play: '1.5' }, { play: 'A whole number from 0 to 1,000,000.' }],
  [{ max_credits: '-1' }, { max_credits: 'A whole number from 0 to 1,000,000.' }],
  [{ refill_amount: '80' }, { refill_amount: 'More than the plan lets anybody have.' }],
  [{ sound_ms: '90000' }, { sound_ms: 'Seconds, from 0 to 86,400.' }],
] as const)('%o is refused under its field', (values, errors) => {
  expect(readPlan(dataOf({ ...whole, ...values }), before).errors).toEqual(errors);
});

test('a code is made of the name', () => {
  expect(['Family club', ' Été & co. ', '!!!'].map(codeOf)).toEqual(['family-club', 'e-te-co', '']);
});
