import { afterEach, beforeEach, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../testing/test-app.ts';

let app: TestApp;
beforeEach(async () => {
  app = await startTestApp();
  await app.setUp();
});
afterEach(() => app.stop());

type Items = { type: string; global_position: number; hash: string; stream: string }[];
const events = async (query: string) => {
  const { body } = await app.call('GET', `/admin/audit/events${query}`);
  return { items: body['items'] as Items, next: body['next_cursor'] as string | null };
};

it('shows the log in either order, page by page, without a gap', async () => {
  const { items } = await events('?order=asc');
  expect(items.map((one) => one.global_position)).toEqual(items.map((_, index) => index + 1));
  expect(items[0]?.hash).toMatch(/^[0-9a-f]{64}$/);
  const first = await events('?limit=2');
  const second = await events(`?limit=2&cursor=${first.next ?? ''}`);
  expect([...first.items, ...second.items]).toEqual(items.toReversed().slice(0, 4));
});

it('filters by stream, type and actor, and holds no name or secret', async () => {
  const { items } = await events('?type=UserRegistered');
  expect(items).toHaveLength(1);
  expect((await events(`?stream=${items[0]?.stream ?? ''}&type=PasswordSet`)).items).toHaveLength(
    1,
  );
  const everything = JSON.stringify((await events('?limit=500')).items);
  expect(everything).not.toMatch(/Mira|correct horse|argon2|enc_/);
});

it('refuses what it does not know', async () => {
  const { status, body } = await app.call('GET', '/admin/audit/events?from=yesterday&limit=0');
  expect(status).toBe(422);
  expect((body['errors'] as { path: string }[]).map(({ path }) => path)).toEqual(['from', 'limit']);
});
