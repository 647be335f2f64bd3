import { expect, test } from 'vitest';
import { consentDecider } from './decider.ts';

const ask = (credits: boolean, shown: boolean) => {
  const decision = consentDecider.decide({ type: 'SetConsent', user_id: 'u', credits }, shown);
  return decision.events.map(({ type }) => type);
};

test('nobody is shown until they say so', () => {
  expect(consentDecider.initialState()).toBe(false);
});

test('saying what holds already is no news', () => {
  expect([ask(true, false), ask(true, true), ask(false, true), ask(false, false)]).toEqual([
    ['CreditsShown'],
    [],
    ['CreditsHidden'],
    [],
  ]);
});
