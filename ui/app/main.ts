import { createSession, wasSignedIn } from '../api/session.ts';
import { createLibrary } from '../board/library.ts';
import { createView } from '../board/view.ts';
import { createAccount } from '../credits/account.ts';
import { createFeed } from '../feed/feed.ts';
import { loadSignIn } from './app.ts';
import { createRouter } from './router.ts';
import { followTheme } from '../design/theme.ts';

followTheme();

// Who was never signed in here will need the card: it comes while the server is asked.
if (!wasSignedIn()) void loadSignIn();

const session = createSession();
const feed = createFeed(session);
const library = createLibrary(session.http);
const view = createView(library);
const account = createAccount(session.http);
const router = createRouter();

document.querySelector('enc-app')?.start({ session, feed, library, view, account, router });
