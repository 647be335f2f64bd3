import type { Recorded } from '../kernel/event.ts';
import type { FeedDraft, FeedMap } from '../kernel/feed.ts';
import type { UserChanged } from './contract.ts';
import type { UserEvent } from './events.ts';
import type { UserQueries } from './queries.ts';

/** What pages that show people are to know; the newest message tells how things stand. */
export const peopleFeed = (queries: UserQueries): FeedMap => {
  const changed = (recorded: Recorded): FeedDraft => {
    const { user_id } = (recorded as Recorded<UserEvent>).data;
    // Names are not in the log, so that a message told late tells of now.
    const person = queries.byId(user_id);
    const data: UserChanged = person
      ? {
          user_id,
          name: person.name,
          role: person.role,
          plan: person.plan,
          disabled: person.disabled === 1,
          forgotten: false,
        }
      : { user_id, forgotten: true };
    return {
      type: 'user_changed',
      data,
      audience: ({ actor, role }) => actor === user_id || role === 'admin',
    };
  };
  return {
    UserRegistered: changed,
    UserRenamed: changed,
    RoleAssigned: changed,
    PlanAssigned: changed,
    UserDisabled: changed,
    UserEnabled: changed,
    UserForgotten: changed,
  };
};
