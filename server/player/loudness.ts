import type { Household } from '../household/index.ts';
import type { Clock } from '../kernel/ports.ts';

const stepMs = 200;
/** How long music takes to a new cap: nobody is to notice where quiet hours begin. */
const capRampMs = 3000;

/**
 * How loud the music is for a volume that was chosen: under the household's cap, and rising while
 * it fades in. Kept in memory alone: after a restart nothing rings and nothing rises.
 */
export const createLoudness = (clock: Clock, household: Pick<Household, 'volumeCap'>) => {
  let alarm = false;
  let fade: { since: number; ms: number } | undefined;
  /** Unknown until it is first asked for. */
  let cap: number | undefined;
  let ramp: { from: number; since: number } | undefined;
  let timer: NodeJS.Timeout | undefined;
  let changed = (): void => undefined;

  const shareOf = (since: number, ms: number): number =>
    Math.min(1, (clock.monotonic() - since) / ms);
  const risen = (): number => (fade ? shareOf(fade.since, fade.ms) : 1);
  const capNow = (): number => {
    const to = (cap ??= household.volumeCap(alarm));
    return ramp ? ramp.from + (to - ramp.from) * shareOf(ramp.since, capRampMs) : to;
  };

  const settle = (): void => {
    if (risen() === 1) fade = undefined;
    if (ramp && shareOf(ramp.since, capRampMs) === 1) ramp = undefined;
    if (!fade && !ramp) clearInterval(timer);
  };
  const move = (): void => {
    clearInterval(timer);
    timer = setInterval(() => {
      settle();
      changed();
    }, stepMs).unref();
  };
  const nowOf = (isAlarm: boolean): void => {
    fade = undefined;
    settle();
    alarm = isAlarm;
    cap = household.volumeCap(alarm);
  };

  return {
    of: (volume: number): number => Math.round(Math.min(volume, capNow()) * risen()),
    /** What plays passes quiet hours as an alarm. */
    isAlarm: (): boolean => alarm,
    /** Music begins that rises from silence for so long. */
    begins(isAlarm: boolean, fadeInMs: number): void {
      ramp = undefined;
      nowOf(isAlarm);
      if (fadeInMs === 0) return;
      fade = { since: clock.monotonic(), ms: fadeInMs };
      move();
    },
    /** Whatever begins next is an ordinary thing again. A slide goes on: what pauses still fades. */
    ended: (): void => nowOf(false),
    /** A person has chosen what plays: that is no alarm any more. */
    chosen(): void {
      if (!alarm) return;
      nowOf(false);
      changed();
    },
    /** Settings changed, or quiet hours began or ended: what plays slides to the new cap. */
    capMoved(isPlaying: boolean): void {
      const [from, before] = [capNow(), cap];
      cap = household.volumeCap(alarm);
      if (cap === before) return;
      ramp = isPlaying ? { from, since: clock.monotonic() } : undefined;
      if (ramp) move();
    },
    /** Called at each step of a fade or a slide. */
    onStep: (listener: () => void): void => void (changed = listener),
  };
};
export type Loudness = ReturnType<typeof createLoudness>;
