import { expect, test } from 'vitest';
import type { HeardMessage } from '../../kernel/door.ts';
import { rememberingLogger } from '../testing/remembering-logger.ts';
import { createHearing } from './hearing.ts';

test('filters are asked for when they change, not for every message', () => {
  let filters = ['a'];
  let asked = 0;
  const heard: string[] = [];
  const changed: (() => void)[] = [];
  const hearing = createHearing(
    [
      {
        filters() {
          asked += 1;
          return filters;
        },
        onFiltersChanged: (listener) => void changed.push(listener),
        hear: ({ topic }: HeardMessage) => void heard.push(topic),
      },
    ],
    { clock: { monotonic: () => 0 }, logger: rememberingLogger(), isOurs: () => false },
  );
  const hear = (topic: string) => hearing.hear({ topic, payload: 'x', retain: false });
  const before = asked;
  for (let count = 0; count < 100; count++) hear('a');
  hear('b');
  expect([heard.length, asked]).toEqual([100, before]);
  filters = ['b'];
  for (const listener of changed) listener();
  hear('b');
  hear('a');
  expect(heard.slice(100)).toEqual(['b']);
});
