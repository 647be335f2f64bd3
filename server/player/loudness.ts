import type { Household } from '../household/index.ts';
import type { Clock } from '../kernel/ports.ts';

const fadeStepMs = 200;

/**
 * How loud the music is for a volume that was chosen: under the household's cap, and rising while
 * it fades in. Kept in memory alone: after a restart nothing rings and nothing rises.
 */
export const createLoudness = (
  clock: Clock,
  household: Pick<Household, 'volumeCap'>,
  changed: () => void,
) => {
  let alarm = false;
  let fade: { since: number; ms: number } | undefined;
  let timer: NodeJS.Timeout | undefined;

  const settle = (): void => {
    clearInterval(timer);
    fade = undefined;
  };

  const share = (): number => {
    if (!fade) return 1;
    return Math.min(1, (clock.monotonic() - fade.since) / fade.ms);
  };

  const rise = (): void => {
    if (share() === 1) settle();
    changed();
  };

  return {
    of: (volume: number): number =>
      Math.round(Math.min(volume, household.volumeCap(alarm)) * share()),
    /** Music begins that rises from silence for so long. */
    begins(isAlarm: boolean, fadeInMs: number): void {
      settle();
      alarm = isAlarm;
      if (fadeInMs === 0) return;
      fade = { since: clock.monotonic(), ms: fadeInMs };
      timer = setInterval(rise, fadeStepMs).unref();
    },
    /** Whatever begins next is an ordinary thing again. */
    ended(): void {
      settle();
      alarm = false;
    },
  };
};
export type Loudness = ReturnType<typeof createLoudness>;
