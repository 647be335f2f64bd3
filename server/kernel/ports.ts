import { hrtime } from 'node:process';
import { randomUUIDv7 } from 'node:crypto';

export type Clock = {
  /** Milliseconds since the epoch; may jump. */
  now(): number;
  /** Milliseconds of this machine's monotonic clock: for durations and for talk with the player. */
  monotonic(): number;
};

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => Number(hrtime.bigint()) / 1e6,
};

/** Makes ids; UUIDv7, so that keys of neighbours in time are neighbours in the index. */
export type Ids = () => string;

export const uuidv7: Ids = () => randomUUIDv7();
