import { done } from '../kernel/command-bus.ts';
import type { Recorded } from '../kernel/event.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Reactor } from '../kernel/reactors.ts';
import type { UserEvent } from '../users/events.ts';
import { playlistDecider } from './decider.ts';
import { playlistStream } from './events.ts';
import type { PlaylistQueries } from './queries.ts';

/** Private lists go with the person they belong to; those of the household stay, without a name. */
export const forgottenPeople = (kernel: Kernel, queries: PlaylistQueries): Reactor => ({
  name: 'playlists-of-forgotten-people',
  on: ['UserForgotten'],
  async react(recorded) {
    const event = recorded as Extract<Recorded<UserEvent>, { type: 'UserForgotten' }>;
    const { correlationId, eventId: causationId } = event;
    const request = { actor: 'system', origin: 'system', correlationId, causationId } as const;
    await kernel.bus.execute(request, (tx) => {
      for (const id of queries.privateOf(event.data.user_id)) {
        tx.decide(playlistDecider, playlistStream(id), { type: 'DeletePlaylist' });
      }
      return done(null);
    });
  },
});
