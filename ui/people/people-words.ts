import { msg, str } from '@lit/localize';
import type { Role } from '../../server/users/contract.ts';
import { shortMoment } from '../credits/moments.ts';
import { countWord } from '../design/words.ts';

export const roleWords: Record<Role, string> = {
  admin: msg('Administrator'),
  user: msg('Member'),
  guest: msg('Guest'),
};

/** What a role may do, in a sentence. */
export const roleSentences: Record<Role, string> = {
  admin: msg('Everything, and this page.'),
  user: msg('Plays, adds and edits own sounds, extracts, speaks, and runs the player.'),
  guest: msg('Plays what the plan allows, and keeps favourites.'),
};

/** "8 people", "1 person", "Nobody" */
export const peopleWord = (count: number): string => {
  if (count === 0) return msg('Nobody');
  return count === 1 ? msg('1 person') : msg(str`${countWord(count)} people`);
};

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** "5 min ago", "3 h ago", and from a day on the moment itself. */
export const agoWord = (ms: number, nowMs: number): string => {
  const pastMs = Math.max(0, nowMs - ms);
  if (pastMs < 2 * minuteMs) return msg('Just now');
  if (pastMs < hourMs) return msg(str`${Math.floor(pastMs / minuteMs)} min ago`);
  if (pastMs < 24 * hourMs) return msg(str`${Math.floor(pastMs / hourMs)} h ago`);
  return shortMoment(ms);
};

/** When somebody was last seen, in words. */
export const seenWord = (here: boolean, lastSeenAt: string | null, nowMs: number): string => {
  if (here) return msg('Here now');
  return lastSeenAt === null ? msg('Signed out') : agoWord(Date.parse(lastSeenAt), nowMs);
};

/** "1,237", "Unlimited", or a dash while it is not known. */
export const balanceWord = (balance: number | null): string => {
  if (balance === null) return '–';
  return balance === Infinity ? msg('Unlimited') : countWord(balance);
};
