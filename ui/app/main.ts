import { wasSignedIn } from '../api/early.ts';
import { createSession } from '../api/session.ts';
import { createLibrary } from '../board/library.ts';
import { createView } from '../board/view.ts';
import { createAccount } from '../credits/account.ts';
import { createFeed } from '../feed/feed.ts';
import { loadSignIn, type EncApp } from './app.ts';
import { createRouter } from './router.ts';
import { rememberedKey } from '../design/remembered.ts';
import { breathe, idle } from '../design/painted.ts';
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

/** The keeper of the page fetches all of it: when everything that is shown is there. */
const keepPage = async (app: EncApp): Promise<void> => {
  await idle();
  const { startPwa } = await loadPwa();
  await startPwa({ session, feed, library }, app);
};

// In a task of its own: what was read until here took a phone long enough.
void breathe().then(() => {
  const app = document.querySelector('enc-app');
  app?.start({ session, feed, library, view, account, router });
  if (import.meta.env.PROD && app) void keepPage(app).catch(() => undefined);
});
