import type { EncApp } from '../app/app.ts';
import type { Stores } from '../app/stores.ts';
import { keepLastKnown } from './last-known.ts';
import { followUpdates } from './updates.ts';

export { recallLastKnown } from './last-known.ts';

/** Makes the page one that opens without the box, and says when there is a newer one. */
export const startPwa = (
  { session, library, feed }: Pick<Stores, 'session' | 'library' | 'feed'>,
  app: EncApp,
): Promise<void> => {
  keepLastKnown(session, library, feed);
  return followUpdates(feed, (text, label, run) => {
    const toasts = app.renderRoot.querySelector('enc-toasts');
    toasts?.show(text, { label, run, stays: true }, 'done');
  });
};
