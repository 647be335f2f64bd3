import { expect, it } from 'vitest';
import { done } from '../kernel/command-bus.ts';
import { testKernel } from '../kernel/testing/test-kernel.ts';
import { userDecider } from './decider.ts';
import { userStream } from './events.ts';
import { createExpiry } from './expiry.ts';
import { usersProjection } from './projection.ts';
import { usersSideTables } from './side-tables.ts';

it('ends what an expired token has opened, once, and nothing else', async () => {
  const kernel = testKernel({ projections: [usersProjection], sideTables: [usersSideTables] });
  const revoked: string[] = [];
  const expiry = createExpiry(kernel, (id) => revoked.push(id));
  const inAnHour = new Date(kernel.clock.now() + 3_600_000).toISOString();
  await kernel.bus.execute({ actor: 'mira', origin: 'http' }, (tx) => {
    const stream = userStream('mira');
    tx.decide(userDecider, stream, { type: 'RegisterFirstAdmin', user_id: 'mira', accounts: 0 });
    for (const [token_id, expires_at] of [
      ['short', inAnHour],
      ['endless', null],
    ] as const) {
      tx.decide(userDecider, stream, {
        type: 'IssueToken',
        user_id: 'mira',
        token_id,
        scopes: ['mqtt'],
        kind: 'user',
        prefixes: [],
        act_as: false,
        expires_at,
      });
    }
    return done(null);
  });
  expiry.sweep();
  expect(revoked).toEqual([]);
  kernel.clock.advance(3_600_000);
  expiry.sweep();
  expiry.sweep();
  expect(revoked).toEqual(['short']);
});
