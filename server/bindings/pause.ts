import type { Kernel } from '../kernel/kernel.ts';
import type { Pause } from './events.ts';
import type { Decide } from './fire.ts';
import type { LoopSign } from './loop-watch.ts';
import { pausedWords } from './problems.ts';
import type { KnownBinding } from './queries.ts';

/** Keeps that a binding set itself off, and says so. */
export const createPause =
  ({ logger }: Pick<Kernel, 'logger'>, decide: Decide) =>
  ({ id, terms }: KnownBinding, sign: LoopSign, topic: string): void => {
    const pause: Pause = { reason: sign === 'own_message' ? 'loop' : 'loop_suspected', topic };
    const why = pausedWords(pause);
    logger.warn({ binding: id, name: terms.name, topic }, `a binding is paused. ${why}`);
    const request = { actor: 'system', origin: 'binding' } as const;
    decide(request, { type: 'Pause', binding_id: id, pause }).catch((error: unknown) => {
      logger.error({ err: error, binding: id }, 'that a binding is paused could not be kept');
    });
  };
