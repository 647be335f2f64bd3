import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventually, startTestApp, type TestApp } from '../testing/test-app.ts';
import { addPerson, login, type Person } from '../users/testing/people.ts';
import { boardLimits, type Board, type BoardSummary } from './contract.ts';

let app: TestApp;
let aheadMs = 0;
let ben: Person;
let cem: Person;
let gil: Person;
let sounds: string[];

type Body = Record<string, unknown>;
const call = async (who: Person, method: string, path: string, body?: unknown) =>
  app.call(method, path, { token: who.token, ...(body === undefined ? {} : { body }) });
const asAdmin = (method: string, path: string, body?: unknown) =>
  app.call(method, path, body === undefined ? {} : { body });
const create = async (who: Person, body: Body = {}): Promise<Board> =>
  (await call(who, 'POST', '/boards', { name: 'Kitchen', ...body })).body as never;
const show = async (who: Person, id: string): Promise<Board> =>
  (await call(who, 'GET', `/boards/${id}`)).body as never;
const listed = async (who: Person): Promise<BoardSummary[]> =>
  (await call(who, 'GET', '/boards/')).body['items'] as never;
const codeOf = ({ status, body }: { status: number; body: Body }) => [status, body['code']];

beforeAll(async () => {
  const clock = { now: () => Date.now() + aheadMs, monotonic: () => performance.now() };
  app = await startTestApp({ clock });
  await app.setUp();
  ben = await addPerson(app, 'Ben', { role: 'user' });
  cem = await addPerson(app, 'Cem', { role: 'user' });
  gil = await addPerson(app, 'Gil', { role: 'guest' });
  for (const [at, name] of ['a.wav', 'b.wav', 'c.wav', 'd.wav', 'e.wav'].entries()) {
    app.addSound(name, 300 + at * 100);
  }
  await app.call('POST', '/sounds/scan');
  const { body } = await app.call('GET', '/sounds/?sort=name');
  sounds = (body['items'] as { id: string }[]).map(({ id }) => id);
});
afterAll(() => app.stop());

describe('a board', () => {
  it('is made with its first pads, and described by its owner', async () => {
    const made = await create(ben, { hue: 52, sound_ids: sounds.slice(0, 2) });
    expect(made).toMatchObject({
      name: 'Kitchen',
      hue: 52,
      shared: false,
      owner_id: ben.id,
      owner_name: 'Ben',
      pads: 2,
      revision: 3,
      may_edit: true,
      sounds: sounds.slice(0, 2),
      keys: [],
    });
    const patch = { name: 'Hall', hue: null };
    const changed = await call(ben, 'PATCH', `/boards/${made.id}`, patch);
    expect(changed.status).toBe(200);
    expect(changed.body).toMatchObject({ ...patch, revision: 5, pads: 2 });
    expect(changed.headers.get('x-event-position')).toMatch(/^\d+$/);
    await call(ben, 'DELETE', `/boards/${made.id}`);
  });

  it('needs a name, a hue of the pads, and sounds that there are', async () => {
    const refused = await call(ben, 'POST', '/boards', { name: ' ', hue: 21 });
    expect(refused.status).toBe(422);
    expect((refused.body['errors'] as { path: string }[]).map(({ path }) => path)).toEqual([
      'name',
      'hue',
    ]);
    const unknown = await call(ben, 'POST', '/boards', { name: 'Hall', sound_ids: ['none'] });
    expect(codeOf(unknown)).toEqual([404, 'unknown_sound']);
    expect(await listed(ben)).toEqual([]);
  });

  it('is its owner’s alone until it is shared, for admins too', async () => {
    const { id } = await create(ben);
    for (const answer of [
      await call(cem, 'GET', `/boards/${id}`),
      await call(cem, 'PATCH', `/boards/${id}`, { name: 'Mine' }),
      await call(cem, 'DELETE', `/boards/${id}`),
      await call(cem, 'POST', `/boards/${id}/restore`),
      await asAdmin('GET', `/boards/${id}`),
      await asAdmin('PATCH', `/boards/${id}`, { name: 'Mine' }),
    ]) {
      expect(codeOf(answer)).toEqual([404, 'unknown_board']);
    }
    expect(await listed(cem)).toEqual([]);

    await call(ben, 'PATCH', `/boards/${id}`, { shared: true });
    expect(await listed(gil)).toMatchObject([{ id, owner_name: 'Ben', may_edit: false }]);
    const edit = { name: 'Ours' };
    expect(codeOf(await call(cem, 'PATCH', `/boards/${id}`, edit))).toEqual([
      403,
      'not_your_board',
    ]);
    expect(codeOf(await call(cem, 'DELETE', `/boards/${id}`))).toEqual([403, 'not_your_board']);
    expect(codeOf(await call(gil, 'PUT', `/boards/${id}/keys/1`, { sound_id: sounds[0] }))).toEqual(
      [403, 'not_your_board'],
    );
    expect((await asAdmin('PATCH', `/boards/${id}`, edit)).body).toMatchObject({
      name: 'Ours',
      may_edit: true,
    });
    await call(ben, 'PATCH', `/boards/${id}`, { shared: false });
    expect((await call(cem, 'GET', `/boards/${id}`)).status).toBe(404);
    await call(ben, 'DELETE', `/boards/${id}`);
  });

  it('is deleted and brought back with its pads and keys', async () => {
    const { id } = await create(ben, { sound_ids: sounds.slice(0, 2) });
    await call(ben, 'PUT', `/boards/${id}/keys/1`, { sound_id: sounds[0] });
    expect((await call(ben, 'DELETE', `/boards/${id}`)).status).toBe(204);
    expect((await call(ben, 'GET', `/boards/${id}`)).status).toBe(404);
    expect(await listed(ben)).toEqual([]);
    const restored = await call(ben, 'POST', `/boards/${id}/restore`);
    expect(restored.body).toMatchObject({
      sounds: sounds.slice(0, 2),
      keys: [{ key: 1, sound_id: sounds[0] }],
    });
    expect((await call(ben, 'POST', `/boards/${id}/restore`)).status).toBe(200);
    await call(ben, 'DELETE', `/boards/${id}`);
  });

  it('is listed by name, page by page', async () => {
    const ids: string[] = [];
    for (const name of ['beta', 'Alpha', 'Gamma']) ids.push((await create(cem, { name })).id);
    const first = await call(cem, 'GET', '/boards?limit=2');
    expect(first.body).toMatchObject({ items: [{ name: 'Alpha' }, { name: 'beta' }], total: 3 });
    const cursor = first.body['next_cursor'] as string;
    const second = await call(cem, 'GET', `/boards?limit=2&cursor=${cursor}`);
    expect(second.body).toMatchObject({ items: [{ name: 'Gamma' }], next_cursor: null });
    expect((await call(ben, 'GET', `/boards?cursor=${cursor}`)).status).toBe(422);
    for (const id of ids) await call(cem, 'DELETE', `/boards/${id}`);
  });
});

describe('pads', () => {
  let id: string;
  const order = async () => (await show(ben, id)).sounds;
  beforeEach(async () => {
    ({ id } = await create(ben, { sound_ids: sounds.slice(0, 3) }));
    return async () => void (await call(ben, 'DELETE', `/boards/${id}`));
  });

  it('join at the end or before another, several together, each once', async () => {
    const [a = '', b = '', c = '', d = '', e = ''] = sounds;
    const body = { sound_ids: [d, e, a], before: b };
    const added = await call(ben, 'POST', `/boards/${id}/pads`, body);
    expect(added.body['sounds']).toEqual([a, d, e, b, c]);
    const stale = await call(ben, 'POST', `/boards/${id}/pads`, { sound_ids: [d], before: 'none' });
    expect(codeOf(stale)).toEqual([404, 'unknown_pad']);
  });

  it('are moved, taken off, and put back where they were', async () => {
    const [a = '', b = '', c = ''] = sounds;
    await call(ben, 'PUT', `/boards/${id}/keys/4`, { sound_id: b });
    await call(ben, 'POST', `/boards/${id}/pads/${c}/move`, { before: a });
    expect(await order()).toEqual([c, a, b]);
    const without = await call(ben, 'DELETE', `/boards/${id}/pads/${b}`);
    expect(without.body).toMatchObject({ sounds: [c, a], keys: [], pads: 2 });
    const again = await call(ben, 'DELETE', `/boards/${id}/pads/${b}`);
    expect(codeOf(again)).toEqual([404, 'unknown_pad']);
    const back = await call(ben, 'POST', `/boards/${id}/pads`, { sound_ids: [b], before: a });
    expect(back.body).toMatchObject({ sounds: [c, b, a], keys: [{ key: 4, sound_id: b }] });
  });

  it('go with a sound that is removed, and come back to their place with it', async () => {
    const [a = '', b = '', c = ''] = sounds;
    await call(ben, 'PUT', `/boards/${id}/keys/2`, { sound_id: b });
    await asAdmin('DELETE', `/sounds/${b}`);
    expect(await show(ben, id)).toMatchObject({ sounds: [a, c], pads: 2, keys: [] });
    await asAdmin('POST', `/sounds/${b}/restore`);
    expect(await show(ben, id)).toMatchObject({
      sounds: [a, b, c],
      pads: 3,
      keys: [{ key: 2, sound_id: b }],
    });
  });

  it('changed by five at once who saw the same, are changed by one of them', async () => {
    const { revision } = await show(ben, id);
    const [a = '', , c = '', d = '', e = ''] = sounds;
    const path = (rest: string) => `/boards/${id}/${rest}?revision=${revision}`;
    const answers = await Promise.all([
      call(ben, 'POST', path('pads'), { sound_ids: [d] }),
      call(ben, 'POST', path('pads'), { sound_ids: [e], before: a }),
      call(ben, 'POST', path(`pads/${c}/move`), { before: a }),
      call(ben, 'DELETE', path(`pads/${a}`)),
      call(ben, 'PUT', path('keys/1'), { sound_id: c }),
    ]);
    const refused = answers.filter(({ status }) => status !== 200);
    expect(refused.map(codeOf)).toEqual(Array.from({ length: 4 }, () => [409, 'board_changed']));
    expect((await show(ben, id)).revision).toBe(revision + 1);
  });

  it('changed by five at once who do not say what they saw, are changed by all', async () => {
    const [a = '', b = '', c = '', d = '', e = ''] = sounds;
    const answers = await Promise.all([
      call(ben, 'POST', `/boards/${id}/pads`, { sound_ids: [d] }),
      call(ben, 'POST', `/boards/${id}/pads`, { sound_ids: [e], before: b }),
      call(ben, 'POST', `/boards/${id}/pads/${c}/move`, { before: b }),
      call(ben, 'DELETE', `/boards/${id}/pads/${a}`),
      call(ben, 'PUT', `/boards/${id}/keys/1`, { sound_id: c }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(await show(ben, id)).toMatchObject({
      sounds: [e, c, b, d],
      keys: [{ key: 1, sound_id: c }],
    });
  });

  it('are not repeated with a request that is', async () => {
    const headers = { 'Idempotency-Key': 'put-d-on-the-board' };
    const body = { sound_ids: [sounds[3]] };
    const put = () => app.call('POST', `/boards/${id}/pads`, { token: ben.token, body, headers });
    await put();
    await call(ben, 'DELETE', `/boards/${id}/pads/${sounds[3]}`);
    await put();
    expect(await order()).toEqual(sounds.slice(0, 3));
  });
});

describe('one’s own keys', () => {
  const keys = async (who: Person) => (await show(who, 'own')).keys;

  it('are there before the first is pinned, and nobody else’s', async () => {
    expect(await show(gil, 'own')).toMatchObject({ id: 'own', revision: 0, keys: [], sounds: [] });
    const [a = '', b = ''] = sounds;
    const pinned = await call(gil, 'PUT', '/boards/own/keys/1', { sound_id: a });
    expect(pinned.body).toMatchObject({ id: 'own', keys: [{ key: 1, sound_id: a }] });
    await call(gil, 'PUT', '/boards/own/keys/3', { sound_id: b });
    await call(gil, 'PUT', '/boards/own/keys/2', { sound_id: a });
    expect(await keys(gil)).toEqual([
      { key: 2, sound_id: a },
      { key: 3, sound_id: b },
    ]);
    await call(gil, 'DELETE', '/boards/own/keys/3');
    expect(await keys(gil)).toEqual([{ key: 2, sound_id: a }]);
    expect(await keys(ben)).toEqual([]);
    expect((await call(ben, 'GET', `/boards/own-${gil.id}`)).status).toBe(404);
    expect((await asAdmin('GET', `/boards/own-${gil.id}`)).status).toBe(404);
  });

  it('are from 1 to 9, play sounds that there are, and are no page', async () => {
    const pin = (key: string, sound_id = sounds[0]) =>
      call(ben, 'PUT', `/boards/own/keys/${key}`, { sound_id });
    expect((await pin('0')).status).toBe(404);
    expect((await pin('10')).status).toBe(404);
    expect(codeOf(await pin('1', 'none'))).toEqual([404, 'unknown_sound']);
    const renamed = await call(ben, 'PATCH', '/boards/own', { name: 'Mine' });
    expect(codeOf(renamed)).toEqual([409, 'keys_only']);
    const added = await call(ben, 'POST', '/boards/own/pads', { sound_ids: [sounds[0]] });
    expect(codeOf(added)).toEqual([409, 'keys_only']);
    expect((await call(ben, 'DELETE', '/boards/own')).status).toBe(404);
    expect(await listed(ben)).toEqual([]);
  });
});

it('the private boards of a person who is forgotten go, the shared ones stay without a name', async () => {
  const dora = await addPerson(app, 'Dora', { role: 'user' });
  const secret = await create(dora, { name: 'Secret' });
  const ours = await create(dora, { name: 'Ours', shared: true });
  await call(dora, 'PUT', '/boards/own/keys/1', { sound_id: sounds[0] });
  await asAdmin('DELETE', `/admin/users/${dora.id}`);
  const types = async (): Promise<unknown> => {
    const log = await app.call('GET', '/admin/audit/events?type=BoardDeleted&limit=2');
    return (log.body['items'] as { stream: string }[]).map(({ stream }) => stream);
  };
  const gone = [`board-${secret.id}`, `board-own-${dora.id}`].toSorted();
  await eventually(async () => (await types()) && String(await types()).includes('board-own-'));
  expect(((await types()) as string[]).toSorted()).toEqual(gone);
  expect(await listed(ben)).toMatchObject([{ id: ours.id, owner_name: null }]);
  const renamed = await asAdmin('PATCH', `/boards/${ours.id}`, { name: 'The house’s' });
  expect(renamed.status).toBe(200);
});

it('a deleted board can be brought back for 30 days', async () => {
  const { id } = await create(ben);
  await call(ben, 'DELETE', `/boards/${id}`);
  aheadMs = boardLimits.restoreMsMax + 60_000;
  const token = (await login(app, 'Ben')).body['access_token'] as string;
  const late = await call({ ...ben, token }, 'POST', `/boards/${id}/restore`);
  expect(codeOf(late)).toEqual([409, 'restore_too_late']);
});
