import { expect, test } from 'vitest';
import { readArrival } from './arrival.ts';

const nothing = { setup: '', invite: '', link: null, signInError: '' };

test.each([
  ['http://box/', {}],
  ['http://box/#setup=AB-12', { setup: 'AB-12' }],
  ['http://box/?setup=AB-12', { setup: 'AB-12' }],
  ['http://box/#invite=QX-99', { invite: 'QX-99' }],
  ['http://box/#link=google', { link: 'google' }],
  ['http://box/#link=toString', {}],
  ['http://box/#sign_in_error=provider_failed', { signInError: 'provider_failed' }],
])('%s', (url, brought) => {
  expect(readArrival(new URL(url))).toEqual({ ...nothing, ...brought });
});
