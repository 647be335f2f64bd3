import { done, refuse, type CommandRequest, type Outcome } from '../kernel/command-bus.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Problem } from '../kernel/problem.ts';
import { bindingDecider, type BindingCommand, type BindingRefusal } from './decider.ts';
import { bindingStream, type Occasion, type TriggerOutcome } from './events.ts';
import { noChain, type Chain, type LoopWatch } from './loop-watch.ts';
import { isPaid, type Perform, type Performed } from './perform.ts';
import type { KnownBinding } from './queries.ts';

export const createDecide =
  ({ bus }: Pick<Kernel, 'bus'>) =>
  (request: CommandRequest, command: BindingCommand): Promise<Outcome<null, BindingRefusal>> =>
    bus.execute(request, (tx) => {
      const decision = tx.decide(bindingDecider, bindingStream(command.binding_id), command);
      return decision.accepted ? done(null) : refuse(decision.reason);
    });
export type Decide = ReturnType<typeof createDecide>;

const outcomeOf = (performed: Performed): TriggerOutcome => {
  if (!performed.ok) {
    const { code, detail: message } = performed.problem;
    return { result: 'refused', code, message };
  }
  const { play_id, sound_id } = performed;
  return { result: 'done', play_id, sound_id };
};

const fault: Problem = {
  status: 500,
  code: 'unexpected',
  title: 'Something went wrong',
  detail: 'Something went wrong; the log has more.',
};

/**
 * Acts first and records what came of it: nothing stands between the press and the sound. A crash
 * between the two loses the record, and never sounds twice.
 */
export const createFire = (
  kernel: Kernel,
  ports: { perform: Perform; decide: Decide; loops: Pick<LoopWatch, 'fires'> },
) => {
  const { logger } = kernel;
  const underWay = new Set<Promise<unknown>>();

  const run = async (
    { id, terms, owner_name }: Pick<KnownBinding, 'id' | 'terms' | 'owner_name'>,
    occasion: Occasion,
    how: { receivedAtMs: number; correlationId?: string; refusal?: Problem; chain?: Chain },
  ): Promise<{ performed: Performed; position: number }> => {
    const { receivedAtMs, correlationId = kernel.ids(), refusal, chain = noChain } = how;
    ports.loops.fires(id, correlationId, chain);
    const performed: Performed = refusal
      ? { ok: false, problem: refusal }
      : await ports
          .perform({
            named: { name: terms.name, owner_name },
            terms,
            value: occasion.value,
            correlationId,
            receivedAtMs,
          })
          .catch((error: unknown): Performed => {
            logger.error({ err: error, binding: id }, 'a binding failed unexpectedly');
            return { ok: false, problem: fault };
          });
    if (!performed.ok) {
      const { code, detail } = performed.problem;
      logger.info({ binding: id, code, why: detail }, 'a binding was refused');
    }
    const house_run = performed.ok && terms.owner_id === null && isPaid(terms.command);
    const outcome = outcomeOf(performed);
    const by = { actor: terms.owner_id ?? 'binding', origin: 'binding', correlationId } as const;
    const command = { type: 'ReportTriggered', binding_id: id, occasion, house_run } as const;
    const { position } = await ports.decide(by, { ...command, outcome });
    return { performed, position };
  };

  return {
    /** Rejects where nothing could be kept. */
    fire(...args: Parameters<typeof run>): ReturnType<typeof run> {
      const running = run(...args);
      underWay.add(running);
      return running.finally(() => underWay.delete(running));
    },
    settled: () => Promise.allSettled(underWay),
  };
};
export type Fire = (...args: Parameters<ReturnType<typeof createFire>['fire']>) => void;
export type Firing = ReturnType<typeof createFire>;
