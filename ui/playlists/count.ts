import type { FeedMessage } from '../../server/adapters/ws/contract.ts';
import type { Http } from '../api/http.ts';
import type { Feed } from '../feed/feed.ts';

const askAgainAfterMs = 400;
const moving: ReadonlySet<string> = new Set(['playlist_changed', 'resync']);

/** Tells how many playlists there are, now and whenever that may have changed. */
export const countPlaylists = (http: Http, feed: Feed, tell: (count: number) => void): void => {
  let again: ReturnType<typeof setTimeout> | undefined;
  const ask = async (): Promise<void> => {
    try {
      tell((await http.get<{ total: number }>('/playlists/?limit=1')).total);
    } catch {
      // The place stands there without a number; the next change asks again.
    }
  };
  feed.on(({ type }: FeedMessage) => {
    if (!moving.has(type)) return;
    clearTimeout(again);
    again = setTimeout(() => void ask(), askAgainAfterMs);
  });
  void ask();
};
