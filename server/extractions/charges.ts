import { chargeCheck } from '../credits/index.ts';
import type { Recorded } from '../kernel/event.ts';
import type { ExtractionEvent } from './events.ts';

const asking = ['ExtractionRequested', 'ExtractionRetried'] as const;
const ending = ['ExtractionCompleted', 'ExtractionFailed', 'ExtractionCancelled'] as const;

/** An extraction is paid when it made a sound that was not there; each retry by somebody anew. */
export const extractionCharges = chargeCheck('extraction', [...asking, ...ending], () => {
  const reservations = new Map<string, string>();
  return (recorded) => {
    const { type, data } = recorded as unknown as Extract<
      Recorded<ExtractionEvent>,
      { type: (typeof asking)[number] | (typeof ending)[number] }
    >;
    if (type === 'ExtractionRequested' || type === 'ExtractionRetried') {
      reservations.set(data.extraction_id, data.reservation_id);
      return undefined;
    }
    const reservationId = reservations.get(data.extraction_id);
    reservations.delete(data.extraction_id);
    if (reservationId === undefined) return undefined;
    const made = type === 'ExtractionCompleted' && !data.duplicate;
    return { reservationId, due: made ? 'paid' : 'free' };
  };
});
