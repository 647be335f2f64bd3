import { createHash } from 'node:crypto';
import { isUtf8 } from 'node:buffer';
import { z } from 'zod';
import type { Identity, Topic } from '../../kernel/door.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import type { Logger } from '../../kernel/logger.ts';
import type { Problem } from '../../kernel/problem.ts';
import { mayUse, notAllowed } from '../door/access.ts';
import { parseJson } from '../door/json.ts';
import { invalidFieldsSentence, problemOf, unexpectedFault } from '../door/problems.ts';
import { createRepeatWindows } from './repeat-windows.ts';

export type CommandMessage = {
  /** Below `<base>/<room>/`. */
  readonly topic: string;
  readonly payload: Buffer;
  readonly identity: Identity;
  readonly receivedAtMs: number;
};

export type CommandResult = {
  readonly payload: unknown;
  /** Name of the reply topic that the sender asked for. */
  readonly reply: string | undefined;
  readonly outcome:
    | { readonly ok: true; readonly result: Record<string, unknown> }
    | { readonly ok: false; readonly problem: Problem };
};

/** What the door itself reads of a payload; the rest is the topic's. */
const envelope = z.object({
  key: z.string().min(1).max(64).optional(),
  reply: z
    .string()
    .regex(/^[\w-]{1,64}$/, 'up to 64 letters, digits, - and _')
    .optional(),
});

const invalid = (detail: string): Problem => ({
  status: 422,
  code: 'invalid_fields',
  title: 'Invalid payload',
  detail,
});

const unknownTopic = (topic: string): Problem => ({
  status: 404,
  code: 'unknown_command',
  title: 'Unknown command',
  detail: `There is no command topic "${topic}".`,
});

const payloadOf = (bytes: Buffer): unknown => {
  const text = bytes.toString('utf8');
  const json = parseJson(text);
  return json.ok ? json.value : text;
};

/** Parse, may they, handle: what a message on `cmd/…` came to. Never rejects. */
export const createCommandTopics = (
  topics: readonly Topic[],
  { kernel, logger }: { kernel: Kernel; logger: Logger },
): ((message: CommandMessage) => Promise<CommandResult>) => {
  const byName = new Map(topics.map((one) => [one.topic, one]));
  const inWindow = createRepeatWindows(kernel.clock);

  const run = async (
    message: CommandMessage,
    payload: unknown,
    key: string | undefined,
    correlationId: string,
  ): Promise<CommandResult['outcome']> => {
    const refused = (problem: Problem) => ({ ok: false, problem }) as const;
    const { identity, receivedAtMs } = message;
    const topic = byName.get(message.topic);
    if (!topic) return refused(unknownTopic(message.topic));
    if (!mayUse(identity, topic.access)) return refused(notAllowed(identity, topic.access));
    const parsed = topic.payload.safeParse(payload);
    if (!parsed.success) return refused(invalid(invalidFieldsSentence(parsed.error)));
    const needed = topic.needs?.(parsed.data as never);
    if (needed && !mayUse(identity, needed)) return refused(notAllowed(identity, needed));
    const content = createHash('sha256').update(message.payload).digest('base64url');
    const outcome = await topic.handle({
      payload: parsed.data,
      identity,
      command: {
        actor: identity.actor,
        origin: 'mqtt',
        correlationId,
        ...(key !== undefined && {
          repeat: {
            key: inWindow(`${identity.actor}:${key}`),
            fingerprint: `mqtt ${message.topic} ${content}`,
          },
        }),
      },
      receivedAtMs,
    });
    return outcome.ok ? { ok: true, result: outcome.result } : refused(outcome.reason);
  };

  return async (message) => {
    const correlationId = kernel.ids();
    const payload = payloadOf(message.payload);
    const asked = envelope.safeParse(
      typeof payload === 'object' && payload !== null ? payload : {},
    );
    const { key, reply } = asked.success ? asked.data : {};
    const end = (outcome: CommandResult['outcome']): CommandResult => ({ payload, reply, outcome });
    if (!isUtf8(message.payload))
      return end({ ok: false, problem: invalid('The payload is not valid UTF-8.') });
    if (!asked.success)
      return end({ ok: false, problem: invalid(invalidFieldsSentence(asked.error)) });
    try {
      return end(await run(message, payload, key, correlationId));
    } catch (error) {
      const problem = problemOf(error);
      if (!problem)
        logger.error(
          { correlation_id: correlationId, topic: message.topic, err: error },
          'an MQTT command failed unexpectedly',
        );
      return end({ ok: false, problem: problem ?? unexpectedFault });
    }
  };
};
