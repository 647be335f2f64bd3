import { expect, it } from 'vitest';
import { createPasswords } from './passwords.ts';

it('a password is kept as argon2id with the cost that OWASP advises, salted each time', async () => {
  const passwords = createPasswords();
  const [one, other] = [await passwords.hash('open sesame'), await passwords.hash('open sesame')];
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(other).not.toBe(one);
});

it('only the password that was kept is right, and none for who has none', async () => {
  const passwords = createPasswords({ memoryCost: 8, timeCost: 1, parallelism: 1 });
  const stored = await passwords.hash('open sesame');
  expect(await passwords.check(stored, 'open sesame')).toBe(true);
  expect(await passwords.check(stored, 'open barley')).toBe(false);
  expect(await passwords.check(null, 'open sesame')).toBe(false);
  expect(await passwords.check(undefined, 'open sesame')).toBe(false);
});
