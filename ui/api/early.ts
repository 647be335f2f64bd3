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
    // Whole, or it is asked for again: the time for it is over before somebody takes it. As text it
    // is read at once then, and not after what has to be drawn.
    .then(async (answer) => new Response(await answer.text(), answer))
    .catch(() => null);

/**
 * Asks while the app is still on its way for what it will ask for first; nothing where nobody was
 * signed in. Both are asked at once: that saves a round trip each time, and costs a refused request
 * in the rare case that the session has lapsed.
 */
export const askEarly = (): void => {
  if (!wasSignedIn()) return;
  asked.set('/auth/session', ask('/auth/session'));
  if (!opensWithFirstPads()) return;
  asked.set(
    firstPads,
    ask(firstPads).then((answer) => (answer?.ok ? answer : null)),
  );
};

/** What was asked early, once; null in it where none came that is of use. */
export const takeEarly = (path: string): Promise<Response | null> | undefined => {
  const answer = asked.get(path);
  asked.delete(path);
  return answer;
};
