import { setImmediate as turn } from 'node:timers/promises';

/** Waits, turn by turn of the event loop, until something holds; the test's own time is the limit. */
export const eventually = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await turn();
};
