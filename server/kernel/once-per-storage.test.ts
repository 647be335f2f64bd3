import { expect, it } from 'vitest';
import { oncePerStorage } from './once-per-storage.ts';
import { openStorage } from './storage.ts';

it('statements over one storage are prepared once, and over another again', () => {
  const statementsOf = oncePerStorage((storage) => ({
    answer: storage.prepare<[], number>('SELECT 42').pluck(),
  }));
  const [one, other] = [openStorage(':memory:'), openStorage(':memory:')];
  expect(statementsOf(one)).toBe(statementsOf(one));
  expect(statementsOf(other)).not.toBe(statementsOf(one));
  expect(statementsOf(other).answer.get()).toBe(42);
  one.close();
  expect(statementsOf(other).answer.get()).toBe(42);
});
