import type { Recorded } from '../kernel/event.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Reactor } from '../kernel/reactors.ts';
import type { SoundEvent } from './events.ts';
import type { SoundQueries } from './queries.ts';
import type { TrimmedCopies } from './trimmed-copies.ts';

/** Cuts what was trimmed, so that a press finds it ready; the player cuts by itself until then. */
export const trimReactor = (
  kernel: Kernel,
  ports: { queries: SoundQueries; copies: TrimmedCopies; signal: AbortSignal },
): Reactor => {
  const { queries, copies, signal } = ports;

  const cut = async (event: Recorded<SoundEvent>): Promise<void> => {
    const sound = queries.playable(event.data.sound_id);
    const failure = sound && (await copies.ensure(sound, signal));
    if (!failure) return;
    kernel.logger.warn(
      { sound_id: sound.id, said: failure.last_words },
      `a trimmed sound has no decoded copy: ${failure.reason}`,
    );
  };

  /** A press may have been told of an earlier copy, so that it goes once the new one is there. */
  const tidy = async (event: Recorded<SoundEvent>): Promise<void> => {
    const sound = queries.playableEvenRemoved(event.data.sound_id);
    const isRemoved = queries.playable(event.data.sound_id) === undefined;
    if (sound) await copies.tidy(isRemoved ? { ...sound, trim: null } : sound);
  };

  return {
    name: 'trims',
    on: [
      'SoundTrimmed',
      'SoundFileReplaced',
      'SoundNormalized',
      'NormalizedFileLost',
      'SoundRemoved',
    ],
    async react(event) {
      const cause = event as Recorded<SoundEvent>;
      await cut(cause);
      await tidy(cause);
    },
  };
};
