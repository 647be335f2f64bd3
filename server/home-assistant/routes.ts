import { done } from '../kernel/command-bus.ts';
import { route, type Identity, type Route } from '../kernel/door.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { homeAssistantConsent } from './contract.ts';
import { consentDecider } from './decider.ts';
import { consentStream } from './events.ts';

const path = '/auth/me/home-assistant';
const answers = { 200: { description: 'What is shown', schema: homeAssistantConsent } };

const actorOf = (identity: Identity | null): string => {
  if (!identity) throw new Error('this route is not for nobody');
  return identity.actor;
};

export const consentRoutes = (kernel: Kernel): Route[] => {
  const shown = kernel.storage.prepare<[string]>('SELECT 1 FROM shown_credits WHERE user_id = ?');
  return [
    route({
      method: 'GET',
      path,
      summary: 'What Home Assistant shows of oneself',
      access: { role: 'guest', scope: 'read' },
      answers,
      handle: ({ identity }) => ({
        status: 200,
        body: { credits: shown.get(actorOf(identity)) !== undefined },
      }),
    }),
    route({
      method: 'PATCH',
      path,
      summary: "Have one's credits shown in Home Assistant, or not",
      access: { role: 'guest', scope: 'admin' },
      body: homeAssistantConsent,
      answers,
      async handle({ identity, command, body: { credits } }) {
        const user_id = actorOf(identity);
        const outcome = await kernel.bus.execute(command, (tx) => {
          const set = { type: 'SetConsent', user_id, credits } as const;
          tx.decide(consentDecider, consentStream(user_id), set);
          return done(null);
        });
        return { status: 200, body: { credits }, position: outcome.position };
      },
    }),
  ];
};
