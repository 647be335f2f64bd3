import { msg, str } from '@lit/localize';
import { signal, type ReadonlySignal } from '@preact/signals-core';
import type { QuietState } from '../../server/household/contract.ts';
import type { Role } from '../../server/users/contract.ts';
import type { Http } from '../api/http.ts';
import { clockWord } from '../credits/moments.ts';
import { comingWord } from '../design/time-words.ts';
import type { Feed } from '../feed/feed.ts';

const dayMs = 24 * 60 * 60_000;

const createQuiet = (feed: Feed, http: Http): ReadonlySignal<QuietState | null> => {
  const quiet = signal<QuietState | null>(null);
  let heard = 0;

  const load = async (): Promise<void> => {
    const before = ++heard;
    const now = await http.get<QuietState>('/settings/quiet').catch(() => null);
    // What the feed said meanwhile is newer than this answer.
    if (now && before === heard) quiet.value = now;
  };
  feed.on(({ type, data }) => {
    if (type === 'resync') void load();
    if (type !== 'quiet_changed') return;
    heard++;
    quiet.value = data as QuietState;
  });
  feed.link.subscribe((link) => {
    if (link === 'live') void load();
  });
  return quiet;
};

const known = new WeakMap<Feed, ReadonlySignal<QuietState | null>>();

/** Whether it is quiet in the house, kept with the page's one line; null until that is known. */
export const quietOf = (feed: Feed, http: Http): ReadonlySignal<QuietState | null> => {
  let quiet = known.get(feed);
  if (!quiet) known.set(feed, (quiet = createQuiet(feed, http)));
  return quiet;
};

/** "Quiet until 07:00" */
export const quietWords = ({ until }: QuietState, nowMs: number): string => {
  if (until === null) return msg('Quiet hours');
  const ms = Date.parse(until);
  return msg(str`Quiet until ${ms - nowMs < dayMs ? clockWord(ms) : comingWord(ms, nowMs)}`);
};

const boardWords = {
  refuse: msg('The board is silent.'),
  lower: msg('The board plays, but quieter.'),
  allow: msg('The board plays as ever.'),
} satisfies Record<QuietState['board'], string>;

/** What that means for who presses. */
export const quietMeaning = ({ board, admins_pass }: QuietState, role: Role): string =>
  role === 'admin' && admins_pass ? msg('You may play all the same.') : boardWords[board];
