import type { FeedMessage } from '../../server/adapters/ws/contract.ts';
import type { Extraction } from '../../server/extractions/contract.ts';
import type { Http } from '../api/http.ts';
import type { Feed } from '../feed/feed.ts';
import { isOpen } from './job-state.ts';

type Page = { items: Pick<Extraction, 'id' | 'status'>[] };

/** Tells how many of one's own extractions wait or run, now and whenever that changes. */
export const countOpen = (
  http: Http,
  feed: Feed,
  userId: string,
  tell: (count: number) => void,
): void => {
  let open: ReadonlySet<string> = new Set();
  const ask = async (): Promise<void> => {
    try {
      const { items } = await http.get<Page>('/extractions/?limit=25');
      open = new Set(items.filter(isOpen).map(({ id }) => id));
      tell(open.size);
    } catch {
      // The place stands there without a number; the next change tells.
    }
  };
  feed.on(({ type, data }: FeedMessage) => {
    if (type === 'resync') void ask();
    if (type !== 'extraction_changed') return;
    const { extraction } = data as { extraction: Extraction };
    if (extraction.requested_by !== userId) return;
    const rest = [...open].filter((id) => id !== extraction.id);
    open = new Set(isOpen(extraction) ? [...rest, extraction.id] : rest);
    tell(open.size);
  });
  void ask();
};
