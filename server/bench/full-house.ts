import { creditsStream } from '../credits/events.ts';
import { createHouseKernel } from '../house-kernel.ts';
import { silentLogger } from '../kernel/logger.ts';
import { uuidv7 } from '../kernel/ports.ts';
import { openStorage, type Storage } from '../kernel/storage.ts';
import { userStream } from '../users/events.ts';

export const accounts = 10_000;
const opening = 3;
const perPress = 5;
/** Enough for every press of the account. */
const granted = 1000;
const perTransaction = 2000;

type Facts = readonly { readonly type: string; readonly data: Record<string, unknown> }[];

const inTransactions = (storage: Storage, count: number, one: (number: number) => void) => {
  for (let number = 0; number < count;) {
    storage.exec('BEGIN');
    for (const end = Math.min(count, number + perTransaction); number < end; number++) one(number);
    storage.exec('COMMIT');
  }
};

/**
 * Adds events to the log at `path`, up to about so many: accounts with their ledgers, and presses
 * from request to end, paid, as the rooms record them. Answers the last position.
 */
export const fillHouse = async (path: string, eventsWanted: number): Promise<number> => {
  const presses = Math.ceil((eventsWanted - accounts * opening) / perPress);
  const period = new Date().toLocaleDateString('sv');
  const storage = openStorage(path);
  const kernel = createHouseKernel({ storage, logger: silentLogger });
  const userOf = (number: number) => `user-${number % accounts}`;

  const appendTo = (correlationId: string) => (stream: string, expected: number, facts: Facts) => {
    const meta = { actor: 'ann', origin: 'http', correlationId, causationId: null } as const;
    for (const event of kernel.log.append(stream, expected, facts, meta)) {
      kernel.projector.project(event);
    }
  };

  inTransactions(storage, accounts, (number) => {
    const append = appendTo(uuidv7());
    const user_id = userOf(number);
    const movement = { amount: granted, balance_before: 0, balance_after: granted };
    append(userStream(user_id), 0, [
      { type: 'UserRegistered', data: { user_id, role: 'user', plan: 'free' } },
    ]);
    append(creditsStream(user_id), 0, [
      { type: 'CreditAccountOpened', data: { user_id, plan: 'free', period } },
      { type: 'CreditsGranted', data: { user_id, ...movement, reason: 'bench' } },
    ]);
  });

  inTransactions(storage, presses, (number) => {
    const append = appendTo(uuidv7());
    const [play_id, user_id] = [uuidv7(), userOf(number)];
    // The account's presses take turns with everybody else's.
    const earlier = Math.floor(number / accounts);
    const subject = { play_id, sound_id: `sound-${number % 500}` };
    const paid = { user_id, reservation_id: play_id, action: 'play', amount: 1, subject };
    const before = granted - earlier;
    const movement = { balance_before: before, balance_after: before - 1 };
    const [play, ledger] = [`play-${play_id}`, creditsStream(user_id)];
    const ledgerPosition = 2 + 2 * earlier;
    append(play, 0, [{ type: 'PlayRequested', data: { ...subject, user_id } }]);
    append(ledger, ledgerPosition, [{ type: 'CreditsReserved', data: paid }]);
    append(play, 1, [{ type: 'PlayStarted', data: { ...subject, latency_ms: 17.2 } }]);
    append(ledger, ledgerPosition + 1, [
      { type: 'CreditsDeducted', data: { ...paid, ...movement } },
    ]);
    append(play, 2, [{ type: 'PlayFinished', data: { ...subject, heard_ms: 900 } }]);
  });
  storage.pragma('wal_checkpoint(TRUNCATE)');
  const { position } = kernel.log.head();
  await kernel.stop();
  return position;
};
