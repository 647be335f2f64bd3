import type { Recorded } from '../kernel/event.ts';
import type { LogCheck } from '../kernel/log-check.ts';
import type { CreditsEvent } from './events.ts';
import type { PaidAction } from './plan-events.ts';

/** What an event of a module says of a reservation that it made. */
export type Charge = {
  readonly reservationId: string;
  /** `paid`: what was bought took place; `free`: it came to nothing. Of several the first counts. */
  readonly due: 'paid' | 'free';
};

type Reservation = {
  due?: Charge['due'];
  settled?: Charge['due'];
  /** Of the newest event that concerns it. */
  position: number;
};

const faultOf = ({ due, settled }: Reservation): string | undefined => {
  if (due === settled) return undefined;
  if (settled === undefined) return 'is over, but its credits are still reserved';
  if (due === undefined) return 'was settled, but has no end';
  return settled === 'paid' ? 'was paid, but came to nothing' : 'took place, but was given back';
};

const creditsEvents = ['CreditsReserved', 'CreditsDeducted', 'CreditsReleased'] as const;
type Settling = Extract<CreditsEvent, { type: (typeof creditsEvents)[number] }>;

/**
 * Nothing is paid that did not take place, and nothing takes place that was not paid: of what a
 * module sells, `chargeOf` tells of each of its events in `on` what it means for the reservation.
 * Both sides stand in one transaction, so that an honest log never has one without the other.
 */
export const chargeCheck = (
  action: PaidAction,
  on: readonly string[],
  open: () => (event: Recorded) => Charge | undefined,
): LogCheck => ({
  name: `${action} charges`,
  on: [...creditsEvents, ...on],
  open() {
    const chargeOf = open();
    const reservations = new Map<string, Reservation>();

    const settle = (id: string, change: Omit<Reservation, 'position'>, position: number) => {
      const reservation = reservations.get(id);
      if (!reservation) return undefined;
      const now = { ...change, ...reservation, position };
      if (now.due === undefined || now.settled === undefined) {
        reservations.set(id, now);
        return undefined;
      }
      reservations.delete(id);
      const fault = faultOf(now);
      return fault === undefined ? undefined : { position, fault: `the ${action} ${id} ${fault}` };
    };

    return {
      see(event) {
        const { globalPosition: position } = event;
        if (on.includes(event.type)) {
          const charge = chargeOf(event);
          return charge && settle(charge.reservationId, { due: charge.due }, position);
        }
        const { type, data } = event as unknown as Settling;
        if (type === 'CreditsReserved') {
          if (data.action === action) reservations.set(data.reservation_id, { position });
          return undefined;
        }
        const settled = type === 'CreditsDeducted' ? 'paid' : 'free';
        return settle(data.reservation_id, { settled }, position);
      },
      end() {
        for (const [id, reservation] of reservations) {
          const fault = faultOf(reservation);
          if (fault)
            return { position: reservation.position, fault: `the ${action} ${id} ${fault}` };
        }
        return undefined;
      },
    };
  },
});
