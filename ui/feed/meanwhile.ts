import type { Feed } from './feed.ts';

/** What works although something did not load: nothing to promise where there is no line at all. */
export const meanwhile = (feed: Feed, sentence: string): string =>
  feed.link.value === 'offline' ? '' : sentence;
