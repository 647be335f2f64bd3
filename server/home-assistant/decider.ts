import { accepted, type Decider } from '../kernel/decider.ts';
import type { ConsentEvent } from './events.ts';

export type ConsentCommand = { type: 'SetConsent'; user_id: string; credits: boolean };

/** Whether somebody's credits are shown in Home Assistant: not until they say so. */
export const consentDecider: Decider<boolean, ConsentCommand, ConsentEvent, never> = {
  initialState: () => false,
  decide({ user_id, credits }, shown) {
    if (credits === shown) return accepted();
    return accepted({ type: credits ? 'CreditsShown' : 'CreditsHidden', data: { user_id } });
  },
  evolve: (_shown, { type }) => type === 'CreditsShown',
};
