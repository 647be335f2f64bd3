import { createRecent } from './gate.ts';
import type { Recognised } from './vendors.ts';

/** Later, an older number is a device that counts anew after a restart. */
export const lateMsMax = 60_000;

/** Tells whether a press that is numbered was heard before, also where a later one came in between. */
export const createCounters = () => {
  /** Topic and press → its last number. */
  const last = createRecent<string>();
  /** With the number → when it was heard. */
  const heard = createRecent<number>();

  return (topic: string, { press, counter }: Recognised, atMs: number): boolean => {
    if (counter === null) return false;
    const told = `${press} ${topic}`;
    const numbered = `${counter} ${told}`;
    const heardAtMs = heard.get(numbered) ?? Number.NEGATIVE_INFINITY;
    if (last.get(told) === counter || atMs - heardAtMs < lateMsMax) return true;
    last.set(told, counter);
    heard.set(numbered, atMs);
    return false;
  };
};
