import { done } from '../kernel/command-bus.ts';
import type { Recorded } from '../kernel/event.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Reactor } from '../kernel/reactors.ts';
import type { UserEvent } from '../users/events.ts';
import { boardDecider } from './decider.ts';
import { boardStream } from './events.ts';
import type { BoardQueries } from './queries.ts';

/** Private boards and keys go with their person; shared boards stay, without a name. */
export const forgottenPeople = (kernel: Kernel, queries: BoardQueries): Reactor => ({
  name: 'boards-of-forgotten-people',
  on: ['UserForgotten'],
  async react(recorded) {
    const event = recorded as Extract<Recorded<UserEvent>, { type: 'UserForgotten' }>;
    const { correlationId, eventId: causationId } = event;
    const request = { actor: 'system', origin: 'system', correlationId, causationId } as const;
    await kernel.bus.execute(request, (tx) => {
      for (const id of queries.privateOf(event.data.user_id)) {
        tx.decide(boardDecider, boardStream(id), { type: 'DeleteBoard' });
      }
      return done(null);
    });
  },
});
