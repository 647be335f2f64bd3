import { createHash } from 'node:crypto';
import { isUtf8 } from 'node:buffer';
import { z } from 'zod';
import type { Access, Authenticator, Identity, Topic } from '../../kernel/door.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import type { Logger } from '../../kernel/logger.ts';
import type { Problem } from '../../kernel/problem.ts';
import { mayUse, notAllowed } from '../door/access.ts';
import { parseJson } from '../door/json.ts';
import { invalidFieldsSentence, problemOf, unexpectedFault } from '../door/problems.ts';
import { houseName } from './access-list.ts';
import { createRepeatWindows } from './repeat-windows.ts';

export type CommandMessage = {
  /** Below `<base>/<room>/`. */
  readonly topic: string;
  readonly payload: Buffer;
  /** Null: the house. */
  readonly identity: Identity | null;
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
  /** The account that commands, where the sender may say so. */
  as: z.string().min(1).max(64).optional().catch(undefined),
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

const unknownAccount = (name: string): Problem => ({
  status: 404,
  code: 'unknown_account',
  title: 'Unknown account',
  detail: `Nobody here is called "${name}": "as" names an account.`,
});

/** A house may do what its users may. */
const refusalFor = (identity: Identity | null, access: Access): Problem | undefined => {
  if (identity) return mayUse(identity, access) ? undefined : notAllowed(identity, access);
  if (access.role !== 'admin') return undefined;
  return {
    status: 403,
    code: 'not_allowed',
    title: 'Not allowed',
    detail: 'This needs the role "admin".',
  };
};

/** What reads as a number, `true` or `null` is text still: a sound may be called `1.0`. */
const payloadOf = (bytes: Buffer): unknown => {
  const text = bytes.toString('utf8');
  const json = parseJson(text);
  const isJson = json.ok && json.value !== null && ['object', 'string'].includes(typeof json.value);
  return isJson ? json.value : text;
};

/** Parse, may they, handle: what a message on `cmd/…` came to. Never rejects. */
export const createCommandTopics = (
  topics: readonly Topic[],
  ports: {
    kernel: Kernel;
    logger: Logger;
    authenticator: Pick<Authenticator, 'byAccountName'>;
  },
): ((message: CommandMessage) => Promise<CommandResult>) => {
  const { kernel, logger, authenticator } = ports;
  const byName = new Map(topics.map((one) => [one.topic, one]));
  const inWindow = createRepeatWindows(kernel.clock);

  /** `as` counts for bridges that were given the right; for others the key means nothing. */
  const commanderOf = async (
    { identity }: CommandMessage,
    as: string | undefined,
  ): Promise<{ identity: Identity | null } | { problem: Problem }> => {
    if (as === undefined || !identity || identity.mqtt?.kind !== 'bridge' || !identity.mqtt.actAs) {
      return { identity };
    }
    const other = await authenticator.byAccountName(as);
    if (!other) return { problem: unknownAccount(as) };
    // Never more than the bridge's own token.
    return { identity: { ...other, scopes: identity.scopes, credential: identity.credential } };
  };

  const run = async (
    message: CommandMessage,
    payload: unknown,
    { key, as }: z.infer<typeof envelope>,
    correlationId: string,
  ): Promise<CommandResult['outcome']> => {
    const refused = (problem: Problem) => ({ ok: false, problem }) as const;
    const { receivedAtMs } = message;
    const topic = byName.get(message.topic);
    if (!topic) return refused(unknownTopic(message.topic));
    const commander = await commanderOf(message, as);
    if ('problem' in commander) return refused(commander.problem);
    const { identity } = commander;
    const notThey = refusalFor(identity, topic.access);
    if (notThey) return refused(notThey);
    const actor = identity?.actor ?? houseName;
    const parsed = topic.payload.safeParse(payload);
    if (!parsed.success) return refused(invalid(invalidFieldsSentence(parsed.error)));
    const needed = topic.needs?.(parsed.data as never);
    const notThis = needed && refusalFor(identity, needed);
    if (notThis) return refused(notThis);
    const content = createHash('sha256').update(message.payload).digest('base64url');
    const outcome = await topic.handle({
      payload: parsed.data,
      identity,
      command: {
        actor,
        origin: 'mqtt',
        correlationId,
        ...(key !== undefined && {
          repeat: {
            key: inWindow(`${actor}:${key}`),
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
    const reply = asked.success ? asked.data.reply : undefined;
    const end = (outcome: CommandResult['outcome']): CommandResult => ({ payload, reply, outcome });
    if (!isUtf8(message.payload))
      return end({ ok: false, problem: invalid('The payload is not valid UTF-8.') });
    if (!asked.success)
      return end({ ok: false, problem: invalid(invalidFieldsSentence(asked.error)) });
    try {
      return end(await run(message, payload, asked.data, correlationId));
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
