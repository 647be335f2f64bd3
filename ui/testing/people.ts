import type { Plan } from '../../server/credits/contract.ts';
import type { Invite, ManagedUser } from '../../server/users/contract.ts';

/** An account as admins see it, for tests; only what matters there is named. */
export const aPerson = (part: Partial<ManagedUser> = {}): ManagedUser => ({
  id: 'bo',
  name: 'Bo',
  role: 'user',
  plan: 'free',
  email: null,
  has_password: true,
  disabled: false,
  created_at: '2026-11-01T08:00:00.000Z',
  last_seen_at: null,
  ...part,
});

export const aPlan = (part: Partial<Plan> = {}): Plan => ({
  code: 'free',
  name: 'Free',
  initial_credits: 25,
  max_credits: 75,
  refill_amount: 15,
  refill_period: 'day',
  unlimited: false,
  prices: {},
  cooldowns: { user_ms: 0, sound_ms: 0, global_ms: 0 },
  ...part,
});

export const anInvite = (part: Partial<Invite> = {}): Invite => ({
  id: 'i1',
  role: 'user',
  plan: 'free',
  status: 'open',
  expires_at: '2026-11-30T08:00:00.000Z',
  issued_by: 'mira',
  used_by: null,
  used_at: null,
  created_at: '2026-11-23T08:00:00.000Z',
  ...part,
});
