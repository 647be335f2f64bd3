import { expect, test, vi } from 'vitest';
import type { Http } from '../api/http.ts';
import { aPerson, aPlan } from '../testing/people.ts';
import { createHousehold, peopleByPlan } from './household.ts';

const bo = aPerson();
const mira = aPerson({ id: 'mira', name: 'Mira', role: 'admin', plan: 'admin' });

const answers = (more: Record<string, unknown> = {}): Record<string, unknown> => ({
  '/admin/users?limit=500': { items: [mira], next_cursor: 'mira' },
  '/admin/users?limit=500&cursor=mira': { items: [bo], next_cursor: null },
  '/admin/credits?limit=500': { items: [{ user_id: 'bo', balance: 25 }], next_cursor: null },
  '/plans': { items: [aPlan({ code: 'admin', unlimited: true }), aPlan()] },
  '/socket/status': { items: [{ user_id: 'mira' }] },
  ...more,
});
const open = async (more: Partial<Record<keyof Http, unknown>> = {}) => {
  const get = vi.fn(async (path: string) => answers()[path]);
  const household = createHousehold({ get, ...more } as unknown as Http);
  await household.load();
  return { household, get };
};
const at = '2026-11-23T08:00:00.000Z';

test('pages of people are put together with balances, plans and who is here', async () => {
  const { household } = await open();
  expect(household.status.value).toBe('ready');
  expect([...household.people.value.keys()]).toEqual(['mira', 'bo']);
  expect([...household.balances.value]).toEqual([['bo', 25]]);
  expect(household.plans.value.map(({ code }) => code)).toEqual(['free', 'admin']);
  expect([...household.present.value]).toEqual(['mira']);
  expect([...peopleByPlan(household.people.value.values())]).toEqual([
    ['admin', 1],
    ['free', 1],
  ]);
});

test('the feed moves balances, roles, plans and presence at once', async () => {
  const { household, get } = await open();
  get.mockClear();
  const change = { user_id: 'bo', balance_before: 25, balance_after: 35, amount: 10 };
  const credits = { ...change, action: 'grant', success: true, metadata: {} };
  household.hear({ type: 'user_credits_changed', at, data: credits });
  const refused = { ...credits, balance_after: 0, success: false };
  household.hear({ type: 'user_credits_changed', at, data: refused });
  const changed = { user_id: 'bo', name: 'Bo', role: 'guest', plan: 'admin', disabled: true };
  household.hear({ type: 'user_changed', at, data: { ...changed, forgotten: false } });
  household.hear({ type: 'plan_changed', at, data: { code: 'free', plan: null } });
  household.hear({ type: 'user_connected', at, data: { user_id: 'bo', name: 'Bo' } });
  household.hear({ type: 'user_disconnected', at, data: { user_id: 'mira', name: 'Mira' } });
  expect(household.balances.value.get('bo')).toBe(35);
  expect(household.people.value.get('bo')).toMatchObject({ role: 'guest', disabled: true });
  expect(household.plans.value.map(({ code }) => code)).toEqual(['admin']);
  expect([...household.present.value]).toEqual(['bo']);
  household.hear({ type: 'user_changed', at, data: { user_id: 'bo', forgotten: true } });
  expect(household.people.value.has('bo')).toBe(false);
  expect(get).not.toHaveBeenCalled();
});

test('somebody new is asked for', async () => {
  const { household, get } = await open();
  get.mockClear();
  const data = { user_id: 'cem', name: 'Cem', role: 'user', plan: 'free', disabled: false };
  household.hear({ type: 'user_changed', at, data: { ...data, forgotten: false } });
  await vi.waitFor(() => expect(get).toHaveBeenCalledWith('/admin/users?limit=500'));
});

test('a change shows at once, and a refusal puts back what was', async () => {
  let refuse = (_: Error): void => {};
  const patch = vi.fn(() => new Promise((_, reject) => (refuse = reject)));
  const { household } = await open({ patch });
  const going = household.change('mira', { role: 'user' });
  expect(household.people.value.get('mira')?.role).toBe('user');
  refuse(new Error('the last admin'));
  await expect(going).rejects.toThrow('the last admin');
  expect(household.people.value.get('mira')?.role).toBe('admin');
});

test('a first load that fails says so, a later one keeps what there is', async () => {
  const get = vi.fn(async (path: string) => answers()[path]);
  get.mockRejectedValueOnce(new Error('gone'));
  const household = createHousehold({ get } as unknown as Http);
  await household.load();
  expect(household.status.value).toBe('error');
  await household.load();
  get.mockRejectedValueOnce(new Error('gone'));
  await household.load();
  expect([household.status.value, household.people.value.size]).toEqual(['ready', 2]);
});
