import { z } from 'zod';
import { socketCommand, topic, type SocketCommand, type Topic } from '../kernel/door.ts';
import { sayData } from './contract.ts';
import type { Speech } from './speech.ts';

const access = { role: 'user', scope: 'play' } as const;

const bareText = z
  .string()
  .transform((text) => ({ text }))
  .pipe(sayData);
const sayPayload = z.union([bareText, sayData]);

export const speechTopics = (speech: Speech): Topic[] => [
  topic({
    topic: 'cmd/say',
    summary: 'Speak a text at once: {"text", "voice", "language"} or the bare text',
    access,
    payload: sayPayload,
    handle: ({ payload, command, identity }) => speech.say({ command, identity, wish: payload }),
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
