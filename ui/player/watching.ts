import type { Feed } from '../feed/feed.ts';

/** A page that nobody looks at does without the positions that come four times a second. */
export const watchWhileShown = (feed: Feed): void => {
  let watched = true;
  const settle = (): void => {
    const link = feed.link.value;
    // Every line begins with all messages; one that is being checked is still the same line.
    if (link !== 'live' && link !== 'checking') watched = true;
    if (link !== 'live' || watched === !document.hidden) return;
    watched = !document.hidden;
    // Where it was not heard, the next change of the page or the line tells again.
    feed.command('player_watch', { watch: watched }).catch(() => {});
  };
  document.addEventListener('visibilitychange', settle);
  feed.link.subscribe(settle);
};
