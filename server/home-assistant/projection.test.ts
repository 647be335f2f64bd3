import { expect, test } from 'vitest';
import { projectionSpec } from '../kernel/testing/projection-spec.ts';
import { consentProjection } from './projection.ts';

test('who is shown is remembered, and forgotten with them', async () => {
  const on = (user_id: string, type: 'CreditsShown' | 'CreditsHidden' | 'UserForgotten') => ({
    stream: `home-assistant-${user_id}`,
    event: { type, data: { user_id } } as const,
  });
  const spec = await projectionSpec(consentProjection).given(
    on('a', 'CreditsShown'),
    on('b', 'CreditsShown'),
    on('c', 'CreditsShown'),
    on('a', 'CreditsHidden'),
    on('b', 'UserForgotten'),
  );
  spec.thenRows('SELECT user_id FROM shown_credits', [{ user_id: 'c' }]);
  expect(consentProjection.version).toBe(1);
});
