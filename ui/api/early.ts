import { recall } from '../design/remembered.ts';

export const apiBase = '/api/v1';
export const usualMs = 15_000;

/** Whether somebody signed in here before: then a lapsed access cookie is worth a refresh. */
export const wasSignedIn = (): boolean => recall('signed-in') === 'yes';

/** As many as stand in the page at once, in the order that the board has by itself. */
export const firstPads = '/sounds/catalogue?limit=80';

/** Whether the board that opens is all sounds in that order. */
export const opensWithFirstPads = (): boolean =>
  globalThis.location?.pathname === '/' &&
  !new URLSearchParams(location.search).has('board') &&
  (recall('sort') ?? 'plays') === 'plays';

const asked = new Map<string, Promise<Response | null>>();

const ask = (path: string): Promise<Response | null> =>
  fetch(`${apiBase}${path}`, {
    credentials: 'same-origin',
    headers: { accept: 'application/json' },
    signal: AbortSignal.timeout(usualMs),
  })
    // Whole, or it is asked for again: the time for it is over before somebody takes it.
    .then(async (answer) => new Response(await answer.blob(), answer))
    .catch(() => null);

const isSomebody = async (session: Promise<Response | null>): Promise<boolean> => {
  const answer = (await session)?.clone();
  const { user = null } = answer?.ok ? ((await answer.json()) as { user?: object | null }) : {};
  return user !== null;
};

/**
 * Asks while the app is still on its way for what it will ask for first; nothing where nobody was
 * signed in, and no sounds for whose session has lapsed.
 */
export const askEarly = (): void => {
  if (!wasSignedIn()) return;
  const session = ask('/auth/session');
  asked.set('/auth/session', session);
  if (!opensWithFirstPads()) return;
  const pads = isSomebody(session).then((somebody) => (somebody ? ask(firstPads) : null));
  asked.set(
    firstPads,
    pads.catch(() => null),
  );
};

/** What was asked early, once; null in it where no answer came. */
export const takeEarly = (path: string): Promise<Response | null> | undefined => {
  const answer = asked.get(path);
  asked.delete(path);
  return answer;
};
