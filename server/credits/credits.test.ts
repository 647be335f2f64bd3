import { WebSocket } from 'ws';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually, startTestApp, type TestApp } from '../testing/test-app.ts';

let app: TestApp;
let userId: string;
let soundId: string;

/** The first admin, with a plan that counts: no prices are special then. */
beforeEach(async () => {
  app = await startTestApp();
  app.addSound('Beep.wav');
  userId = ((await app.setUp()).body['user'] as { id: string }).id;
  await app.call('PATCH', '/admin/plans/admin', { body: { unlimited: false, max_credits: 10 } });
  await app.call('POST', '/sounds/scan');
  soundId = ((await app.call('GET', '/sounds/')).body['items'] as { id: string }[])[0]?.id ?? '';
  app.player.connect();
});
afterEach(() => app.stop());

const adjust = (amount: unknown, reason: unknown = 'test') =>
  app.call('POST', `/admin/users/${userId}/credits`, { body: { amount, reason } });
const press = () => app.call('POST', `/sounds/play/${soundId}`);
const funds = async () => {
  const { balance, available } = (await app.call('GET', '/credits')).body;
  return [balance, available];
};
const settled = (balance: number, available: number) =>
  eventually(async () => {
    const now = await funds();
    return now[0] === balance && now[1] === available ? true : undefined;
  });
const transactions = async (query = '') =>
  (await app.call('GET', `/credits/transactions${query}`)).body['items'] as Record<
    string,
    unknown
  >[];

describe('a press that costs', () => {
  it('is reserved at once, paid when heard, and written down', async () => {
    await adjust(2);
    const { status, body } = await press();
    expect([status, body['balance'], body['available']]).toEqual([202, 2, 1]);
    const play_id = body['play_id'] as string;
    app.player.report({
      type: 'voice_started',
      command_id: play_id,
      play_id,
      at_ms: 0,
      latency_ms: 9,
    });
    await settled(1, 1);
    const [deduction, grant] = await transactions();
    expect(deduction).toMatchObject({
      user_id: userId,
      action: 'play',
      amount: -1,
      balance_before: 2,
      balance_after: 1,
      success: true,
      description: 'Sound played',
      metadata: { play_id, sound_id: soundId },
    });
    expect(grant).toMatchObject({ action: 'grant', amount: 2, description: 'test', success: true });
  });

  it('counts as spent in the time it was paid, and gifts and refusals do not', async () => {
    const before = new Date().toISOString();
    await adjust(1);
    const play_id = (await press()).body['play_id'] as string;
    const heard = { command_id: play_id, play_id, at_ms: 0, latency_ms: 9 };
    app.player.report({ type: 'voice_started', ...heard });
    await settled(0, 0);
    await press();
    const spent = async (query: string) =>
      (await app.call('GET', `/credits/spent${query}`)).body['spent'];
    expect([await spent(''), await spent(`?from=${before}`), await spent(`?to=${before}`)]).toEqual(
      [1, 1, 0],
    );
  });

  it('costs nothing when nothing was heard', async () => {
    await adjust(1);
    const play_id = (await press()).body['play_id'] as string;
    app.player.report({
      type: 'voice_failed',
      command_id: play_id,
      play_id,
      code: 'file_corrupt',
      message: 'No sound in it.',
    });
    await settled(1, 1);
    expect(await transactions('?action=play')).toEqual([]);
  });

  it('costs nothing when the player or the server dies in between', async () => {
    await adjust(2);
    await press();
    app.player.disconnect();
    await settled(2, 2);
    app.player.connect();
    await press();
    app = await app.restart();
    app.player.connect();
    await settled(2, 2);
  });

  it('is refused without credit, and the attempt is written down', async () => {
    const { status, body } = await press();
    expect([status, body['code'], body['missing'], body['balance']]).toEqual([
      409,
      'not_enough_credits',
      1,
      0,
    ]);
    expect(app.player.plays()).toEqual([]);
    expect(await transactions('?success=false')).toMatchObject([
      { action: 'play', amount: -1, balance_before: 0, balance_after: 0, success: false },
    ]);
  });

  it('twice at once with one credit plays once', async () => {
    await adjust(1);
    const statuses = (await Promise.all([press(), press()])).map(({ status }) => status);
    expect(statuses.toSorted((a, b) => a - b)).toEqual([202, 409]);
    expect(app.player.plays()).toHaveLength(1);
  });

  it('waits for the cooldown of the plan, and is not charged for trying', async () => {
    const cooldowns = { user_ms: 60_000, sound_ms: 0, global_ms: 0 };
    await app.call('PATCH', '/admin/plans/admin', { body: { cooldowns } });
    await adjust(5);
    expect((await press()).status).toBe(202);
    const refused = await press();
    expect([refused.status, refused.body['code']]).toEqual([429, 'cooling_down']);
    expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(50);
    expect(await funds()).toEqual([5, 4]);
  });

  it('follows the price of the plan', async () => {
    await app.call('PATCH', '/admin/plans/admin', { body: { prices: { play: 3 } } });
    await adjust(4);
    expect((await press()).body).toMatchObject({ balance: 4, available: 1 });
  });
});

describe('an admin', () => {
  it('takes no more than is there, and nothing that is no whole number', async () => {
    await adjust(3);
    const tooMuch = await adjust(-4);
    expect([tooMuch.status, tooMuch.body['code']]).toEqual([409, 'balance_below_zero']);
    const noAmounts = [0, 1.5, -0.5, 1_000_001, 1e12, -1e12, 2 ** 53, 1e308];
    for (const amount of [...noAmounts, '1', true, [1], {}, null, Number.NaN]) {
      expect([amount, (await adjust(amount)).status]).toEqual([amount, 422]);
    }
    const more = { amount: 1, reason: 'x', balance: 1000 };
    const stray = await app.call('POST', `/admin/users/${userId}/credits`, { body: more });
    expect(stray.status).toBe(422);
    expect((await adjust(1, ' ')).status).toBe(422);
    expect(await funds()).toEqual([3, 3]);
    const nobody = await app.call('POST', '/admin/users/nobody/credits', {
      body: { amount: 1, reason: 'x' },
    });
    expect(nobody.status).toBe(404);
  });

  it('sees the balance of any moment, replayed', async () => {
    await adjust(3);
    const [grant] = await transactions();
    const at = encodeURIComponent(grant?.['created_at'] as string);
    await adjust(2);
    const then = (await app.call('GET', `/credits/balance?at=${at}`)).body;
    expect(then).toMatchObject({ balance: 3, at: grant?.['created_at'] });
    expect((await app.call('GET', '/credits/balance')).body).toMatchObject({ balance: 5 });
    expect((await app.call('GET', '/credits/balance?at=1999-01-01T00:00:00Z')).body).toMatchObject({
      balance: 0,
      position: 0,
    });
  });

  it('tells everybody what things cost them, by the plan or the household', async () => {
    const prices = async () => (await app.call('GET', '/credits')).body['prices'];
    expect(await prices()).toEqual({ play: 1, extraction: 5, tts: 1 });
    await app.call('PATCH', '/admin/plans/admin', { body: { prices: { extraction: 2 } } });
    expect(await prices()).toEqual({ play: 1, extraction: 2, tts: 1 });
    await app.call('PATCH', '/admin/plans/admin', { body: { unlimited: true } });
    expect(await prices()).toEqual({ play: 0, extraction: 0, tts: 0 });
  });

  it('defines plans, changes them, and retires those that nobody has', async () => {
    const body = {
      code: 'kids',
      name: 'Kids',
      initial_credits: 5,
      max_credits: 5,
      refill_amount: 5,
    };
    expect((await app.call('POST', '/admin/plans', { body })).status).toBe(201);
    expect((await app.call('POST', '/admin/plans', { body })).status).toBe(409);
    const patched = await app.call('PATCH', '/admin/plans/kids', { body: { refill_amount: 2 } });
    expect(patched.body).toMatchObject({ code: 'kids', name: 'Kids', refill_amount: 2 });
    expect((await app.call('DELETE', '/admin/plans/admin')).status).toBe(409);
    expect((await app.call('DELETE', '/admin/plans/kids')).status).toBe(204);
    const codes = (await app.call('GET', '/plans')).body['items'] as { code: string }[];
    expect(codes.map(({ code }) => code)).toEqual(['admin', 'free', 'premium', 'pro']);
    for (const terms of [
      { balance: 1 },
      { initial_credits: -1 },
      { max_credits: 1e12 },
      { refill_amount: 0.5 },
      { prices: { play: -1 } },
      { prices: { everything: 0 } },
    ]) {
      const refused = await app.call('PATCH', '/admin/plans/free', { body: terms });
      expect([terms, refused.status]).toEqual([terms, 422]);
    }
  });
});

describe('plans that come with a role', () => {
  it('are never retired, so that nobody new is without a plan', async () => {
    for (const code of ['free', 'admin']) {
      const refused = await app.call('DELETE', `/admin/plans/${code}`);
      expect([refused.status, refused.body['code']]).toEqual([409, 'plan_needed']);
    }
    const codes = ((await app.call('GET', '/plans')).body['items'] as { code: string }[]).map(
      ({ code }) => code,
    );
    for (const role of ['guest', 'user', 'admin']) {
      const body = { name: `Somebody ${role}`, password: 'correct horse battery', role };
      const made = await app.call('POST', '/admin/users', { body });
      expect(codes).toContain(made.body['plan']);
    }
    const me = (await app.call('GET', '/auth/me')).body['id'] as string;
    await app.call('PATCH', `/admin/users/${me}`, { body: { plan: 'pro' } });
    const inUse = await app.call('DELETE', '/admin/plans/pro');
    expect(inUse.body['detail']).toBe('One account has this plan. Give it another one first.');
  });
});

describe('the feed', () => {
  it('tells every change of credits', async () => {
    const login = { name: 'Mira', password: 'correct horse battery' };
    const signedIn = await app.call('POST', '/auth/login', { body: login });
    const socket = new WebSocket(`${app.url.replace('http', 'ws')}/api/v1/socket`, [
      'bearer',
      signedIn.body['access_token'] as string,
    ]);
    const messages: { type: string; data: unknown }[] = [];
    socket.on('message', (data) =>
      messages.push(JSON.parse((data as Buffer).toString()) as { type: string; data: unknown }),
    );
    await eventually(() => messages.find(({ type }) => type === 'hello'));
    await adjust(1);
    await press();
    await press();
    const changes = await eventually(() => {
      const found = messages.filter(({ type }) => type === 'user_credits_changed');
      return found.length === 2 ? found : undefined;
    });
    expect(changes.map(({ data }) => data)).toMatchObject([
      { user_id: userId, action: 'grant', amount: 1, balance_before: 0, balance_after: 1 },
      { user_id: userId, action: 'play', amount: -1, success: false, metadata: { missing: 1 } },
    ]);
    socket.close();
  });
});

it('everybody’s balance is listed for admins, page by page', async () => {
  await adjust(4);
  const body = { name: 'Ben', password: 'correct horse battery', plan: 'free' };
  const ben = (await app.call('POST', '/admin/users', { body })).body['id'];
  const first = (await app.call('GET', '/admin/credits?limit=1')).body;
  expect(first).toEqual({
    items: [{ user_id: userId, balance: 4, available: 4, unlimited: false }],
    next_cursor: userId,
    total: 2,
  });
  const rest = await app.call('GET', `/admin/credits?cursor=${userId}`);
  expect(rest.body).toEqual({
    items: [{ user_id: ben, balance: 25, available: 25, unlimited: false }],
    next_cursor: null,
    total: 2,
  });
});
