import type { Recorded } from '../kernel/event.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Reactor } from '../kernel/reactors.ts';
import type { SoundEvent } from './events.ts';
import type { SoundQueries } from './queries.ts';
import type { TrimmedCopies } from './trimmed-copies.ts';

/** Cuts what was trimmed, so that a press finds it ready; the player cuts by itself until then. */
export const trimReactor = (
  kernel: Kernel,
  ports: { queries: SoundQueries; copies: TrimmedCopies },
): Reactor => {
  const { queries, copies } = ports;

  const cut = async (event: Recorded<SoundEvent>): Promise<void> => {
    const sound = queries.playable(event.data.sound_id);
    const failure = sound && (await copies.ensure(sound));
    if (!failure) return;
    kernel.logger.warn(
      { sound_id: sound.id, said: failure.last_words },
      `a trimmed sound has no decoded copy: ${failure.reason}`,
    );
  };

  return {
    name: 'trims',
    on: ['SoundTrimmed', 'SoundFileReplaced', 'ScanFinished'],
    async react(event) {
      if (event.type !== 'ScanFinished') return cut(event as Recorded<SoundEvent>);
      await copies.prune(queries.trimmed(), kernel.clock.now());
    },
  };
};
