import { z } from 'zod';
import { socketCommand, topic, type SocketCommand, type Topic } from '../kernel/door.ts';
import type { Problem } from '../kernel/problem.ts';
import { sayData } from './contract.ts';
import type { Speech } from './speech.ts';

const noVoiceForTheHouse: Problem = {
  status: 403,
  code: 'account_needed',
  title: 'An account is needed',
  detail: 'Speech is paid by an account: set MQTT_ACCOUNT to one.',
};

const access = { role: 'user', scope: 'play' } as const;

/** Bare text is what to say, also where it reads as JSON: `42` is forty-two. */
const sayPayload = z.preprocess(
  (payload) =>
    typeof payload === 'object' && payload !== null ? payload : { text: String(payload) },
  sayData,
);

export const speechTopics = (speech: Speech): Topic[] => [
  topic({
    topic: 'cmd/say',
    summary: 'Speak a text at once: {"text", "voice", "language"} or the bare text',
    access,
    payload: sayPayload,
    handle: async ({ payload, command, identity }) =>
      identity
        ? speech.say({ command, identity, wish: payload })
        : { ok: false, reason: noVoiceForTheHouse, position: 0, repeated: false },
  }),
];

export const speechSocketCommands = (speech: Speech): SocketCommand[] => [
  socketCommand({
    command: 'say',
    summary: 'Speak a text at once',
    access,
    data: sayData,
    handle: ({ data, command, identity }) => speech.say({ command, identity, wish: data }),
  }),
];
