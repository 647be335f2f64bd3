import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from './testing/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
  await app.setUp();
});
afterAll(() => app.stop());

test.each([
  '/admin/bindings',
  '/admin/credits',
  '/admin/invites',
  '/admin/schedules',
  '/admin/settings',
  '/admin/users',
  '/auth/identities',
  '/auth/sessions',
  '/auth/tokens',
  '/boards',
  '/credits/transactions',
  '/extractions/',
  '/plans',
  '/playlists/',
  '/plays',
  '/socket/status',
  '/sounds/',
])('GET %s says whether there are more, and how many in all', async (path) => {
  const { status, body } = await app.call('GET', path);
  const { items, ...rest } = body as { items: unknown[] };
  expect([status, rest]).toEqual([200, { next_cursor: null, total: items.length }]);
});
