import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../testing/test-app.ts';

let app: TestApp;
type Item = { id: string; name: string };

const list = async (query: string) => {
  const { status, body } = await app.call('GET', `/sounds/${query}`);
  expect(status).toBe(200);
  return body as unknown as { items: Item[]; next_cursor: string | null; total: number };
};
const names = async (query: string) => (await list(query)).items.map(({ name }) => name);
const idOf = async (name: string) =>
  (await list('')).items.find((one) => one.name === name)?.id as string;

beforeAll(async () => {
  app = await startTestApp();
  app.addSound('alerts/Air horn.wav', 440, 200);
  app.addSound('alerts/Fog horn.wav', 550, 300);
  app.addSound('house/Door bell.wav', 660, 100);
  app.addSound('Élan.wav', 770, 400);
  await app.setUp();
  await app.call('POST', '/sounds/scan');
});
afterAll(() => app.stop());

describe('GET /sounds/', () => {
  it('finds by name and tag with typos, the best first', async () => {
    expect(await names('?q=airhron')).toEqual(['Air horn']);
    expect(await names('?q=elan')).toEqual(['Élan']);
    expect((await names('?q=alrets')).toSorted()).toEqual(['Air horn', 'Fog horn']);
    expect(await names('?q=door')).toEqual(['Door bell']);
  });

  it('filters by every tag, by type, and by what is not there yet', async () => {
    await app.call('PATCH', `/sounds/${await idOf('Fog horn')}`, {
      body: { tags: ['alerts', 'sea'] },
    });
    expect(await names('?tags=alerts&sort=name')).toEqual(['Air horn', 'Fog horn']);
    expect(await names('?tags=ALERTS&tags=Sea')).toEqual(['Fog horn']);
    expect(await names('?tags=sea&tags=house')).toEqual([]);
    expect(await names('?types=SDB&q=bell')).toEqual(['Door bell']);
    expect(await names('?types=NONE')).toEqual([]);
    expect(await names('?is_normalized=true')).toEqual([]);
    expect(await names('?is_normalized=false')).toHaveLength(4);
  });

  it('sorts in both directions', async () => {
    const byDuration = ['Door bell', 'Air horn', 'Fog horn', 'Élan'];
    expect(await names('?sort=duration')).toEqual(byDuration);
    expect(await names('?sort=duration&order=desc')).toEqual(byDuration.toReversed());
    expect(await names('?sort=name')).toEqual(['Air horn', 'Door bell', 'Élan', 'Fog horn']);
    expect(await names('?q=horn&sort=duration&order=desc')).toEqual(['Fog horn', 'Air horn']);
  });

  it.each(['sort=name', 'sort=recent', 'sort=plays', 'q=o', 'q=horn&sort=duration'])(
    'gives every sound on exactly one page: %s',
    async (query) => {
      const whole = await list(`?${query}`);
      const paged: Item[] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const page = await list(`?${query}&limit=1${cursor && `&cursor=${cursor}`}`);
        expect(page.total).toBe(whole.total);
        paged.push(...page.items);
        cursor = page.next_cursor;
      }
      expect(paged.map(({ id }) => id)).toEqual(whole.items.map(({ id }) => id));
    },
  );

  it('refuses a cursor of another order', async () => {
    const { next_cursor } = await list('?sort=name&limit=1');
    for (const query of ['sort=plays', 'sort=name&order=desc', 'q=o']) {
      const answer = await app.call('GET', `/sounds/?${query}&cursor=${next_cursor}`);
      expect([answer.status, answer.body['code']]).toEqual([422, 'invalid_fields']);
    }
  });

  it('refuses what it does not know, by name', async () => {
    for (const [query, path] of [
      ['sort=colour', 'sort'],
      ['favourite=maybe', 'favourite'],
      ['is_normalized=1', 'is_normalized'],
      ['cursor=nonsense', 'cursor'],
      [`q=${'x'.repeat(201)}`, 'q'],
    ]) {
      const { status, body } = await app.call('GET', `/sounds/?${query}`);
      const errors = body['errors'] as { path: string }[];
      expect([status, errors.map((one) => one.path)]).toEqual([422, [path]]);
    }
  });

  it('follows changes at once', async () => {
    const id = await idOf('Air horn');
    await app.call('PATCH', `/sounds/${id}`, { body: { name: 'Vuvuzela' } });
    expect(await names('?q=vuvzela')).toEqual(['Vuvuzela']);
    expect(await names('?q=horn')).toEqual(['Fog horn']);
    await app.call('PATCH', `/sounds/${id}`, { body: { name: 'Air horn' } });
  });
});
