import { chargeCheck } from '../credits/index.ts';
import type { Recorded } from '../kernel/event.ts';
import type { PlayEvent } from './events.ts';

/** A press is paid when its first sound is heard; one that stays silent is given back. */
export const playCharges = chargeCheck(
  'play',
  ['PlayStarted', 'PlayFinished', 'PlayStopped', 'PlayFailed'] satisfies PlayEvent['type'][],
  () => (recorded) => {
    const { type, data } = recorded as Recorded<PlayEvent>;
    const heard = type === 'PlayStarted' || type === 'PlayFinished';
    return { reservationId: data.play_id, due: heard ? 'paid' : 'free' };
  },
);
