import { chargeCheck } from '../credits/index.ts';
import type { Recorded } from '../kernel/event.ts';
import type { SpeechEvent } from './events.ts';

/** A phrase is paid when there is a new sound of it. */
export const speechCharges = chargeCheck(
  'tts',
  ['SpeechCompleted', 'SpeechFailed'] satisfies SpeechEvent['type'][],
  () => (recorded) => {
    const { type, data } = recorded as unknown as Recorded<SpeechEvent>;
    const made = type === 'SpeechCompleted' && !data.was_there;
    return { reservationId: data.speech_id, due: made ? 'paid' : 'free' };
  },
);
