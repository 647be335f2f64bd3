import type { Household } from '../household/index.ts';

/**
 * Music that plays when the jukebox is to be silent falls silent in its place, once: what somebody
 * lets play after that is their own choice. Where it is only lowered, `createLoudness` does that.
 */
export const createQuietMusic = (ports: {
  household: Pick<Household, 'refusal'>;
  /** What plays is an alarm. */
  isAlarm: () => boolean;
  isPlaying: () => boolean;
  pause: () => void;
}) => {
  const refuses = (alarm: boolean): boolean =>
    ports.household.refusal('jukebox', { identity: null, alarm }) !== undefined;
  let silent = false;
  return {
    /** What plays on from before a restart was let play. */
    start: (): void => void (silent = refuses(false)),
    /** Settings changed, or quiet hours began or ended. */
    look(): void {
      const [before, now] = [silent, refuses(false)];
      silent = now;
      if (now && !before && ports.isPlaying() && refuses(ports.isAlarm())) ports.pause();
    },
  };
};
