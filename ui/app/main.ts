import { createSession, wasSignedIn } from '../api/session.ts';
import { createLibrary } from '../board/library.ts';
import { createView } from '../board/view.ts';
import { createAccount } from '../credits/account.ts';
import { createFeed } from '../feed/feed.ts';
import { loadSignIn } from './app.ts';
import { createRouter } from './router.ts';
import { rememberedKey } from '../design/remembered.ts';
import { followTheme } from '../design/theme.ts';

followTheme();

// Who was never signed in here will need the card: it comes while the server is asked.
if (!wasSignedIn()) void loadSignIn();

/** What is not asked of the first view: the page without the box, and its next version. */
const loadPwa = () => import('../pwa/pwa.ts');

const session = createSession(async () => (await loadPwa()).recallLastKnown(library));
const feed = createFeed(session);
const library = createLibrary(session.http);
const view = createView(library);
const account = createAccount(session.http);
const router = createRouter();

// Who signs in or out does so in all windows.
window.addEventListener('storage', ({ key }) => {
  if (key === rememberedKey('signed-in')) void session.check();
});

const app = document.querySelector('enc-app');
app?.start({ session, feed, library, view, account, router });
if (import.meta.env.PROD && app) {
  void loadPwa()
    .then(({ startPwa }) => startPwa({ session, feed, library }, app))
    .catch(() => undefined);
}
