import type { Identity } from '../../kernel/door.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import type { Logger } from '../../kernel/logger.ts';
import type { Problem } from '../../kernel/problem.ts';
import { createRateMeter } from '../door/rate-meter.ts';
import { houseName, type AccessList } from './access-list.ts';
import type { CommandMessage, CommandResult } from './command-topics.ts';
import type { HubMessage, Incoming, Sender } from './hub.ts';
import { mqttLimits } from './limits.ts';

export type MqttRefusal = {
  /** Below `<base>/<room>/`, such as `cmd/play`. */
  readonly topic: string;
  readonly problem: Problem;
  /** Null: the house. */
  readonly identity: Identity | null;
  readonly payload: unknown;
};

export type IntakePorts = {
  readonly kernel: Kernel;
  readonly logger: Logger;
  readonly access: AccessList;
  readonly run: (message: CommandMessage) => Promise<CommandResult>;
  readonly publish: (message: HubMessage) => Promise<unknown>;
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
): ((packet: Incoming, sender: Sender) => Promise<void>) => {
  const { kernel, logger, access, run, publish, onRefused } = ports;
  const rates = new WeakMap<object, () => number>();

  const countOf = ({ meter }: Sender): number => {
    const rate = rates.get(meter) ?? createRateMeter(kernel.clock);
    rates.set(meter, rate);
    return rate();
  };

  const nameOf = (identity: Identity | null) => identity?.name ?? houseName;

  const answer = async (packet: Incoming, identity: Identity | null, result: CommandResult) => {
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
      logger.warn({ name: nameOf(identity), topic: responseTopic }, 'MQTT response topic refused');
  };

  const unanswered = (topic: string) => (error: unknown) => {
    logger.error({ err: error, topic }, 'an MQTT command could not be answered');
  };

  const refuse = (topic: string, problem: Problem, identity: Identity | null, payload: unknown) => {
    logger.info(
      { name: nameOf(identity), topic, code: problem.code, why: problem.detail },
      'MQTT command refused',
    );
    return onRefused({ topic, problem, identity, payload });
  };

  const obey = async (
    packet: Incoming,
    identity: Identity | null,
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
    packet: Incoming,
    identity: Identity | null,
    topic: string,
    result: CommandResult,
  ) => {
    const { outcome } = result;
    if (!outcome.ok) await refuse(topic, outcome.problem, identity, result.payload);
    await answer(packet, identity, result);
  };

  return async (packet, sender) => {
    const { identity } = sender;
    const receivedAtMs = kernel.clock.monotonic();
    const topic = packet.topic.slice(prefix.length + 1);
    if (packet.retain) {
      // It would sound again at every start of a listener.
      logger.warn(
        { name: nameOf(identity), topic },
        'MQTT command ignored: retained messages command nothing',
      );
      return;
    }
    const count = countOf(sender);
    // Of a flood only the first is answered: the rest would be a flood of answers.
    if (count > mqttLimits.commandsPerSecondMax + 1) return;
    const work =
      count > mqttLimits.commandsPerSecondMax
        ? refuse(topic, tooMany, identity, null)
        : obey(packet, identity, topic, receivedAtMs);
    await work.catch(unanswered(topic));
  };
};
