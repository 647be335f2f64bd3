import type { Http } from '../api/http.ts';
import type { Feed } from '../feed/feed.ts';
import { createBoards, type Boards } from './boards.ts';

const known = new WeakMap<Feed, Boards>();

/** The boards of the page, which follow its one line: asked for again whenever that comes back. */
export const boardsOf = (feed: Feed, http: Http): Boards => {
  const before = known.get(feed);
  if (before) return before;
  const boards = createBoards(http);
  known.set(feed, boards);
  feed.on((message) => boards.hear(message));
  feed.link.subscribe((link) => {
    // Without a line they are asked for all the same: the first answer may come before it.
    if (link === 'live' || link === 'offline') void boards.load();
  });
  return boards;
};
