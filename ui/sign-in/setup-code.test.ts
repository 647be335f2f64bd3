import { expect, test } from 'vitest';
import { newPassword } from './new-password.ts';
import { readSetupCode } from './setup-code.ts';

test('the code comes in the fragment or the query', () => {
  expect(readSetupCode(new URL('http://box/#setup=AB-12'))).toBe('AB-12');
  expect(readSetupCode(new URL('http://box/?setup=AB-12'))).toBe('AB-12');
  expect(readSetupCode(new URL('http://box/'))).toBe('');
});

test('a made password is long enough and without look-alikes', () => {
  const made = newPassword();
  expect(made).toMatch(/^([a-km-np-z2-9]{4}-){3}[a-km-np-z2-9]{4}$/);
  expect(newPassword()).not.toBe(made);
});
