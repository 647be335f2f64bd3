import type { SessionStore } from '../api/session.ts';
import type { Library } from '../board/library.ts';
import type { View } from '../board/view.ts';
import type { Account } from '../credits/account.ts';
import type { Feed } from '../feed/feed.ts';
import type { Router } from './router.ts';

/** What outlives every screen. */
export type Stores = {
  session: SessionStore;
  feed: Feed;
  library: Library;
  view: View;
  account: Account;
  router: Router;
};
