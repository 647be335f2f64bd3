import { wasSignedIn } from '../api/early.ts';
import { createSession } from '../api/session.ts';
import { createLibrary } from '../board/library.ts';
import { createView } from '../board/view.ts';
import { createAccount } from '../credits/account.ts';
import { createFeed } from '../feed/feed.ts';
import { loadSignIn, type EncApp } from './app.ts';
import { createRouter } from './router.ts';
import { rememberedKey } from '../design/remembered.ts';
import { idle } from '../design/painted.ts';
import { drawInTurn } from '../design/in-turn.ts';
import { followTheme } from '../design/theme.ts';

// What is read here is a part of what the first draw may take.
drawInTurn(true);
followTheme();

/** What a first paint waits at most for who is here. */
const answerMs = 100;

const preloadSecondView = (): void => {
  const named = document.querySelector<HTMLMetaElement>('meta[name="second-view"]');
  if (!named) return;
  const href = named.content;
  document.head.append(
    Object.assign(document.createElement('link'), { rel: 'modulepreload', href }),
  );
};

// Who was never signed in here will need the card: it comes while the server is asked. All others
// will need the second view: it is on its way while the pads are drawn, and run after them.
if (!wasSignedIn()) void loadSignIn();
else preloadSecondView();

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

/** Asked for before this was read, the answer is here or near: with it the app is drawn once. */
const answer = new Promise<void>((resolve) => {
  void session.check().then(resolve);
  setTimeout(resolve, answerMs);
});

void answer.then(() => {
  drawInTurn(true);
  void idle().then(() => drawInTurn(false));
  const app = document.querySelector('enc-app');
  app?.start({ session, feed, library, view, account, router });
  if (import.meta.env.PROD && app) void keepPage(app).catch(() => undefined);
});
