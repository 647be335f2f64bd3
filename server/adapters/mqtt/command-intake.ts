import type { PublishPacket } from 'aedes';
import type { Identity } from '../../kernel/door.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import type { Logger } from '../../kernel/logger.ts';
import type { Problem } from '../../kernel/problem.ts';
import { createRateMeter } from '../door/rate-meter.ts';
import type { AccessList } from './access-list.ts';
import type { GuardedBroker } from './broker.ts';
import type { CommandMessage, CommandResult } from './command-topics.ts';
import { mqttLimits } from './limits.ts';

export type MqttRefusal = {
  /** Below `<base>/<room>/`, such as `cmd/play`. */
  readonly topic: string;
  readonly problem: Problem;
  readonly identity: Identity;
  readonly payload: unknown;
};

export type IntakePorts = {
  readonly kernel: Kernel;
  readonly logger: Logger;
  readonly access: AccessList;
  readonly run: (message: CommandMessage) => Promise<CommandResult>;
  readonly publish: GuardedBroker['publish'];
  readonly onRefused: (refusal: MqttRefusal) => Promise<void>;
};

const tooMany: Problem = {
  status: 429,
  code: 'too_many',
  title: 'Too many commands',
  detail: `At most ${mqttLimits.commandsPerSecondMax} commands a second.`,
};

const outcomeWords = ({ outcome }: CommandResult): Record<string, unknown> => {
  if (outcome.ok) return { ok: true, ...outcome.result };
  const { code, detail, extra } = outcome.problem;
  return { ...extra, ok: false, code, detail };
};

/** Takes what arrives on `cmd/…`, sees that it may run, and that its outcome is told. */
export const createCommandIntake = (
  prefix: string,
  ports: IntakePorts,
): ((packet: PublishPacket, identity: Identity) => Promise<void> | undefined) => {
  const { kernel, logger, access, run, publish, onRefused } = ports;
  const rates = new WeakMap<Identity, () => number>();

  const countOf = (identity: Identity): number => {
    const rate = rates.get(identity) ?? createRateMeter(kernel.clock);
    rates.set(identity, rate);
    return rate();
  };

  const answer = async (packet: PublishPacket, identity: Identity, result: CommandResult) => {
    const payload = JSON.stringify(outcomeWords(result));
    const { responseTopic, correlationData } = packet.properties ?? {};
    if (result.reply !== undefined) {
      await publish({ topic: access.replyTopic(identity, result.reply), payload, retain: false });
    }
    if (responseTopic === undefined) return;
    if (access.mayBeAnswered(identity, responseTopic)) {
      await publish({
        topic: responseTopic,
        payload,
        retain: false,
        ...(correlationData && { correlationData }),
      });
    } else
      logger.warn({ name: identity.name, topic: responseTopic }, 'MQTT response topic refused');
  };

  const unanswered = (topic: string) => (error: unknown) => {
    logger.error({ err: error, topic }, 'an MQTT command could not be answered');
  };

  const refuse = (topic: string, problem: Problem, identity: Identity, payload: unknown) => {
    logger.info(
      { name: identity.name, topic, code: problem.code, why: problem.detail },
      'MQTT command refused',
    );
    return onRefused({ topic, problem, identity, payload });
  };

  const obey = async (
    packet: PublishPacket,
    identity: Identity,
    topic: string,
    receivedAtMs: number,
  ) => {
    // Text on its way from a will, bytes otherwise.
    const result = await run({
      topic,
      payload: Buffer.from(packet.payload),
      identity,
      receivedAtMs,
    });
    tellOutcome(packet, identity, topic, result).catch(unanswered(topic));
  };

  /** After the command has settled; whoever listens slowly does not hold up its acknowledgement. */
  const tellOutcome = async (
    packet: PublishPacket,
    identity: Identity,
    topic: string,
    result: CommandResult,
  ) => {
    const { outcome } = result;
    if (!outcome.ok) await refuse(topic, outcome.problem, identity, result.payload);
    await answer(packet, identity, result);
  };

  return (packet, identity) => {
    const receivedAtMs = kernel.clock.monotonic();
    if (!packet.topic.startsWith(`${prefix}/cmd/`)) return undefined;
    const topic = packet.topic.slice(prefix.length + 1);
    if (packet.retain) {
      // It would sound again at every start of a listener.
      packet.retain = false;
      logger.warn(
        { name: identity.name, topic },
        'MQTT command ignored: retained messages command nothing',
      );
      return undefined;
    }
    const count = countOf(identity);
    // Of a flood only the first is answered: the rest would be a flood of answers.
    if (count > mqttLimits.commandsPerSecondMax + 1) return undefined;
    const work =
      count > mqttLimits.commandsPerSecondMax
        ? refuse(topic, tooMany, identity, null)
        : obey(packet, identity, topic, receivedAtMs);
    return work.catch(unanswered(topic));
  };
};
