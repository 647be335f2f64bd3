import { createHash } from 'node:crypto';
import type { Identity, SocketCommand } from '../../kernel/door.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import type { Logger } from '../../kernel/logger.ts';
import { mayUse, notAllowed } from '../door/access.ts';
import { invalidFieldsSentence, problemOf, unexpectedFault } from '../door/problems.ts';
import type { Ack, ClientCommand, Refused } from './contract.ts';

export type CommandRunner = (
  message: ClientCommand,
  identity: Identity,
  receivedAtMs: number,
  /** Of the connection it came by. */
  connectionId: string,
) => Promise<Ack | Refused>;

/** Round trips are measured with it; it does nothing. */
const pingCommand = 'ping';

/** An id so long is unique by itself; a shorter one may be a counter that begins anew with each connection. */
const uniqueIdLengthMin = 16;

const scopeOf = (id: ClientCommand['id'], connectionId: string): string =>
  String(id).length >= uniqueIdLengthMin ? String(id) : `${connectionId}:${JSON.stringify(id)}`;

/** Parse, may they, handle, answer: never rejects. */
export const createCommandRunner = (
  commands: readonly SocketCommand[],
  { kernel, logger }: { kernel: Kernel; logger: Logger },
): CommandRunner => {
  const byName = new Map(commands.map((one) => [one.command, one]));
  if (byName.size < commands.length || byName.has(pingCommand))
    throw new Error('two socket commands of one name');

  const run = async (
    message: ClientCommand,
    identity: Identity,
    receivedAtMs: number,
    connectionId: string,
    correlationId: string,
  ): Promise<Ack | Refused> => {
    const { id } = message;
    const refused = (code: string, detail: string): Refused => ({
      type: 'refused',
      id,
      code,
      detail,
    });
    if (message.command === pingCommand) return { type: 'ack', id, data: {} };
    const command = byName.get(message.command);
    if (!command) return refused('unknown_command', `There is no command "${message.command}".`);
    if (!mayUse(identity, command.access)) {
      const { code, detail } = notAllowed(identity, command.access);
      return refused(code, detail);
    }
    const data = command.data.safeParse(message.data);
    if (!data.success) return refused('invalid_fields', invalidFieldsSentence(data.error));
    const content = createHash('sha256')
      .update(JSON.stringify(message.data) ?? '')
      .digest('base64url');
    const outcome = await command.handle({
      data: data.data,
      identity,
      command: {
        actor: identity.actor,
        origin: 'ws',
        correlationId,
        repeat: {
          key: `${identity.actor}:ws:${scopeOf(id, connectionId)}`,
          fingerprint: `${message.command} ${content}`,
        },
      },
      receivedAtMs,
    });
    return outcome.ok
      ? { type: 'ack', id, data: outcome.result }
      : refused(outcome.reason.code, outcome.reason.detail);
  };

  return async (message, identity, receivedAtMs, connectionId) => {
    const correlationId = kernel.ids();
    try {
      return await run(message, identity, receivedAtMs, connectionId, correlationId);
    } catch (error) {
      const problem = problemOf(error);
      if (!problem)
        logger.error(
          { correlation_id: correlationId, command: message.command, err: error },
          'a socket command failed unexpectedly',
        );
      const { code, detail } = problem ?? {
        ...unexpectedFault,
        detail: `${unexpectedFault.detail} (${correlationId})`,
      };
      return { type: 'refused', id: message.id, code, detail };
    }
  };
};
