import type { Projection } from '../kernel/projections.ts';
import type { UserEvent } from '../users/events.ts';
import type { ConsentEvent } from './events.ts';

export const consentProjection: Projection<
  ConsentEvent | Extract<UserEvent, { type: 'UserForgotten' }>
> = {
  name: 'home_assistant',
  version: 1,
  tables: {
    shown_credits: `CREATE TABLE shown_credits (user_id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID`,
  },
  handlers(storage) {
    const show = storage.prepare('INSERT OR IGNORE INTO shown_credits VALUES (?)');
    const hide = storage.prepare('DELETE FROM shown_credits WHERE user_id = ?');
    return {
      CreditsShown: ({ data }) => show.run(data.user_id),
      CreditsHidden: ({ data }) => hide.run(data.user_id),
      UserForgotten: ({ data }) => hide.run(data.user_id),
    };
  },
};
