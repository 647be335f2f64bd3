import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventDensity, pastState } from './contract.ts';
import { look, startPressedHouse, type PressedHouse } from './testing/pressed-house.ts';

let house: PressedHouse;
beforeEach(async () => {
  house = await startPressedHouse();
});
afterEach(() => house.app.stop());

const positionOf = (type: string) =>
  look(house.database, `SELECT max(global_position) FROM events WHERE type = '${type}'`) as number;
const stateAt = async (query: string) => {
  const { status, body } = await house.app.call('GET', `/admin/audit/state?${query}`);
  expect(status).toBe(200);
  return pastState.parse(body);
};

describe('the state at a moment', () => {
  it('has what sounded, with the name of then, and who pressed it', async () => {
    const started = positionOf('PlayStarted');
    const { items } = (await house.app.call('GET', '/sounds/')).body as {
      items: { id: string }[];
    };
    const id = items[0]?.id ?? '';
    await house.app.call('PATCH', `/sounds/${id}`, { body: { name: 'Foghorn' } });
    const me = (await house.app.call('GET', '/auth/me')).body['id'];
    const during = await stateAt(`position=${started}`);
    expect(during.voices).toMatchObject([
      { play_id: house.playId, sound: { id, name: 'Air horn' }, user_id: me },
    ]);
    expect((await stateAt(`position=${started - 1}`)).voices).toEqual([]);
    expect((await stateAt(`position=${positionOf('PlayFinished')}`)).voices).toEqual([]);
  });

  it('has volume, mode and every balance as they were', async () => {
    const before = positionOf('PlayFinished');
    const me = (await house.app.call('GET', '/auth/me')).body['id'] as string;
    await house.app.call('POST', '/player/volume', { body: { volume: 33 } });
    await house.app.call('POST', '/player/mode', { body: { mode: 'loop' } });
    await house.app.call('POST', `/admin/users/${me}/credits`, {
      body: { amount: 7, reason: 'A gift' },
    });
    const now = new Date(Date.now() + 1000).toISOString();
    const [then, after] = [await stateAt(`position=${before}`), await stateAt(`at=${now}`)];
    const balance = ({ balances }: typeof then) =>
      balances.find(({ user_id }) => user_id === me)?.balance;
    expect(then.players[0]).toMatchObject({ room: 'main', volume: 70, mode: 'continuous' });
    expect(after.players[0]).toMatchObject({ volume: 33, mode: 'loop', queue_length: 0 });
    expect((balance(after) ?? 0) - (balance(then) ?? 0)).toBe(7);
    expect(after.position).toBe(positionOf('CreditsGranted'));
  });

  it('before the first event is an empty house', async () => {
    expect(await stateAt('at=2001-01-01T00:00:00Z')).toEqual({
      position: 0,
      recorded_at: null,
      balances: [],
      voices: [],
      players: [],
    });
  });

  it('is asked for by one of time and position', async () => {
    for (const query of ['', '?at=2001-01-01T00:00:00Z&position=1', '?position=-1', '?at=noon']) {
      const { status } = await house.app.call('GET', `/admin/audit/state${query}`);
      expect([query, status]).toEqual([query, 422]);
    }
  });
});

it('the density counts the whole log', async () => {
  const { body } = await house.app.call('GET', '/admin/audit/density?buckets=20');
  const { total, counts } = eventDensity.parse(body);
  expect(counts).toHaveLength(20);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(total);
  expect(total).toBe(look(house.database, 'SELECT count(*) FROM events'));
});

describe('the log', () => {
  const list = async (query: string) => {
    const { body } = await house.app.call('GET', `/admin/audit/events?limit=500&${query}`);
    return body as { items: { type: string; recorded_at: string }[]; total: number };
  };

  it('lists several types at once', async () => {
    const { items, total } = await list('order=asc&type=PlayRequested&type=PlayFinished');
    expect(items.map(({ type }) => type)).toEqual(['PlayRequested', 'PlayFinished']);
    expect(total).toBe(2);
  });

  it('is listed as it was at a moment', async () => {
    const whole = (await list('order=asc')).items;
    const at = whole[4]?.recorded_at ?? '';
    const then = whole.filter(({ recorded_at }) => recorded_at <= at);
    expect((await list(`at=${at}`)).items).toEqual(then.toReversed());
    expect((await list(`order=asc&at=${at}`)).items).toEqual(then);
  });
});
