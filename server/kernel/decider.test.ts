import { expect, test } from 'vitest';
import { accepted, refused, unreachable } from './decider.ts';

test('a decision says what happened, or why not', () => {
  const event = { type: 'Opened', data: {} };
  expect(accepted()).toEqual({ accepted: true, events: [] });
  expect(accepted(event)).toEqual({ accepted: true, events: [event] });
  expect(refused('closed')).toEqual({ accepted: false, reason: 'closed', events: [] });
  expect(refused('closed', event)).toEqual({ accepted: false, reason: 'closed', events: [event] });
});

test('what the compiler ruled out is a loud error at run time', () => {
  expect(() => unreachable('surprise' as never)).toThrow('unreachable: "surprise"');
});
