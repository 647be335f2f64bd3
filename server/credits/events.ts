import type { PaidAction } from './plan-events.ts';

/** What a reservation pays for. */
export type Subject = {
  play_id?: string;
  sound_id?: string;
  extraction_id?: string;
  speech_id?: string;
};

/** Every event that moves the balance says what it was before and after: the ledger reads alone. */
type Movement = {
  user_id: string;
  /** Credits, a whole number > 0. */
  amount: number;
  balance_before: number;
  balance_after: number;
};

/** Stream `credits-<user id>`. */
export type CreditsEvent =
  | { type: 'CreditAccountOpened'; data: { user_id: string; plan: string; period: string } }
  | {
      type: 'CreditsReserved';
      data: {
        user_id: string;
        reservation_id: string;
        action: PaidAction;
        amount: number;
        subject: Subject;
      };
    }
  | {
      type: 'CreditsDeducted';
      data: Movement & { reservation_id: string; action: PaidAction; subject: Subject };
    }
  | {
      type: 'CreditsReleased';
      data: { user_id: string; reservation_id: string; amount: number; reason: string };
    }
  | { type: 'CreditsGranted'; data: Movement & { reason: string } }
  | { type: 'CreditsTaken'; data: Movement & { reason: string } }
  /** `period` is the first day of the newest period it is for, `periods` how many it makes up for. */
  | { type: 'CreditsReplenished'; data: Movement & { period: string; periods: number } }
  /** A period began and there was nothing to add. */
  | { type: 'RefillPassed'; data: { user_id: string; period: string } }
  | {
      type: 'DeductionRefused';
      data: {
        user_id: string;
        action: PaidAction;
        amount: number;
        missing: number;
        balance: number;
        subject: Subject;
      };
    };

export const creditsStream = (userId: string): string => `credits-${userId}`;
