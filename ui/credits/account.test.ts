import { expect, test, vi } from 'vitest';
import type { CreditsState, UserCreditsChanged } from '../../server/credits/contract.ts';
import type { Http } from '../api/http.ts';
import { createAccount, creditsWord, ownChange, reduceCredits } from './account.ts';

const state: CreditsState = {
  balance: 10,
  available: 9,
  unlimited: false,
  plan: 'family',
  prices: { play: 1, extraction: 5, tts: 1 },
  next_refill_at: null,
};
const change = (part: Partial<UserCreditsChanged> = {}): UserCreditsChanged => ({
  user_id: 'mira',
  balance_before: 10,
  balance_after: 9,
  action: 'play',
  amount: -1,
  success: true,
  metadata: {},
  ...part,
});
const message = (data: UserCreditsChanged) => ({ type: 'user_credits_changed', at: '', data });

test('what was reserved is paid once', () => {
  expect(reduceCredits(state, change())).toMatchObject({ balance: 9, available: 9 });
});

test('a grant is there to be spent', () => {
  const grant = change({ action: 'grant', balance_after: 15, amount: 5 });
  expect(reduceCredits(state, grant)).toMatchObject({ balance: 15, available: 14 });
});

test('a refused attempt moves nothing', () => {
  expect(reduceCredits(state, change({ success: false }))).toBe(state);
});

test("other people's credits are not one's own", () => {
  expect(ownChange('mira', message(change({ user_id: 'leo' })))).toBeNull();
  expect(ownChange('mira', { type: 'voices', at: '', data: { voices: [] } })).toBeNull();
  expect(ownChange('mira', message(change()))).toEqual(change());
});

test('credits in words', () => {
  expect(creditsWord({ ...state, balance: 1_237 })).toBe('1,237 credits');
  expect(creditsWord({ ...state, balance: 1 })).toBe('1 credit');
  expect(creditsWord({ ...state, unlimited: true })).toBe('Unlimited');
});

test('the answer that a change overtook is asked for again', async () => {
  const first = Promise.withResolvers<CreditsState>();
  const get = vi.fn();
  get.mockReturnValueOnce(first.promise).mockResolvedValue({ ...state, balance: 9 });
  const account = createAccount({ get } as unknown as Http);
  const loading = account.load('mira');
  account.hear(message(change({ action: 'play' })));
  first.resolve(state);
  await loading;
  await vi.waitFor(() => expect(account.state.value?.balance).toBe(9));
});

test('an account that nobody could tell of stays unknown', async () => {
  const get = vi.fn().mockRejectedValue(new Error('gone'));
  const account = createAccount({ get } as unknown as Http);
  await account.load('mira');
  expect(account.state.value).toBeNull();
});

test.each([
  ['user_changed', { user_id: 'mira', plan: 'admin' }],
  ['plan_changed', { code: 'family', plan: { unlimited: true } }],
])('%s of one’s own asks again, that of others does not', async (type, data) => {
  const get = vi.fn();
  get.mockResolvedValueOnce(state).mockResolvedValue({ ...state, unlimited: true });
  const account = createAccount({ get } as unknown as Http);
  await account.load('mira');
  account.hear({ type: 'user_changed', at: '', data: { user_id: 'leo' } });
  account.hear({ type: 'plan_changed', at: '', data: { code: 'free', plan: null } });
  expect(get).toHaveBeenCalledTimes(1);
  account.hear({ type, at: '', data });
  await vi.waitFor(() => expect(account.state.value?.unlimited).toBe(true));
});
