import { expect, test } from 'vitest';
import { newPassword } from './new-password.ts';

test('a made password is long enough and without look-alikes', () => {
  const made = newPassword();
  expect(made).toMatch(/^([a-km-np-z2-9]{4}-){3}[a-km-np-z2-9]{4}$/);
  expect(newPassword()).not.toBe(made);
});
