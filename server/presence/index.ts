import { z } from 'zod';
import { done, refuse } from '../kernel/command-bus.ts';
import { route, type Identity } from '../kernel/door.ts';
import { wholeList, wholeListOf } from '../kernel/lists.ts';
import type { Module } from '../kernel/module.ts';
import { ProblemError } from '../kernel/problem.ts';
import {
  messageBody,
  presentPerson,
  type PresentPersonWire,
  type UserMessage,
} from './contract.ts';
import { messageDecider } from './decider.ts';
import { messagesStream } from './events.ts';
import type { Presence, PresentPerson } from './presence.ts';

export { createPresence } from './presence.ts';
export type { Presence } from './presence.ts';

export type PresencePorts = { readonly presence: Presence };

const toWire = ({ userId, name, windows, since }: PresentPerson): PresentPersonWire => ({
  user_id: userId,
  name,
  windows,
  connected_at: new Date(since).toISOString(),
});

const notConnected = () =>
  new ProblemError({
    status: 409,
    code: 'not_connected',
    title: 'Not here',
    detail: 'This person has no window open, so nobody would read it.',
  });

/** Who is here, and a word to one of them. */
export const presenceModule: Module<PresencePorts> = {
  name: 'presence',
  setup(kernel, { presence }) {
    const tell = (type: string) => (person: PresentPerson) => {
      const { user_id, name } = toWire(person);
      kernel.publish({ type, data: { user_id, name } });
    };
    presence.listen({
      connected: tell('user_connected'),
      disconnected: tell('user_disconnected'),
    });
    const windowsOf = (userId: string) =>
      presence.people().find((person) => person.userId === userId)?.windows ?? 0;

    return {
      routes: [
        route({
          method: 'GET',
          path: '/socket/status',
          summary: 'Who is connected',
          access: { role: 'guest', scope: 'read' },
          answers: {
            200: { description: 'People', schema: wholeListOf(presentPerson) },
          },
          handle: () => ({ status: 200, body: wholeList(presence.people().map(toWire)) }),
        }),
        route({
          method: 'POST',
          path: '/socket/send-message',
          summary: "A message to one person's open windows; its text is not kept",
          access: { role: 'user', scope: 'admin' },
          body: messageBody,
          answers: {
            202: { description: 'Sent', schema: z.object({ windows: z.number().int() }) },
          },
          problems: [{ status: 409, code: 'not_connected' }],
          async handle({ command, identity, body: { user_id, message } }) {
            const { actor, name } = identity as Identity;
            const windows = windowsOf(user_id);
            const outcome = await kernel.bus.execute(command, (tx) => {
              const decision = tx.decide(messageDecider, messagesStream(user_id), {
                type: 'SendMessage',
                from_user_id: actor,
                to_user_id: user_id,
                windows,
              });
              return decision.accepted ? done(null) : refuse(decision.reason);
            });
            if (!outcome.ok) throw notConnected();
            const data: UserMessage = { from_user_id: actor, from_name: name, message };
            const audience = (viewer: { actor: string }) => viewer.actor === user_id;
            if (!outcome.repeated) kernel.publish({ type: 'user_message', data, audience });
            return { status: 202, body: { windows }, position: outcome.position };
          },
        }),
      ],
    };
  },
};
