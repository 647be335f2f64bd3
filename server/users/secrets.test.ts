import { expect, it } from 'vitest';
import { createGate } from './secrets.ts';

it('a gate lets some in, some wait, and turns the rest away', async () => {
  const gate = createGate(1, 1);
  const inside = Promise.withResolvers<string>();
  const first = gate(() => inside.promise);
  const second = gate(() => Promise.resolve('second'));
  await expect(gate(() => Promise.resolve('third'))).rejects.toMatchObject({
    problem: { status: 503, code: 'too_busy' },
  });
  inside.resolve('first');
  expect(await Promise.all([first, second])).toEqual(['first', 'second']);
  expect(await gate(() => Promise.resolve('fourth'))).toBe('fourth');
});
