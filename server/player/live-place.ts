import type { Clock } from '../kernel/ports.ts';
import type { TrackPosition } from './contract.ts';

/** Reports come four times a second: where none comes, the track does not move for sure. */
const extrapolatedMsMax = 1000;

/** What the player last said of the track that plays: not a fact to keep, but what a screen shows. */
export const createLivePlace = (clock: Clock) => {
  let last: (TrackPosition & { heardAtMs: number }) | undefined;
  return {
    hear(position: TrackPosition): void {
      last = { ...position, heardAtMs: clock.monotonic() };
    },
    forget(): void {
      last = undefined;
    },
    /** Where this track is now; undefined while the player has said nothing of it. */
    of(
      trackId: string,
    ): { position_ms: number; duration_ms: number; heard_ms: number } | undefined {
      if (last?.track_id !== trackId) return undefined;
      const { position_ms, duration_ms, heard_ms, paused, heardAtMs } = last;
      const sinceMs = paused ? 0 : Math.min(clock.monotonic() - heardAtMs, extrapolatedMsMax);
      const end = duration_ms > 0 ? duration_ms : Number.POSITIVE_INFINITY;
      return {
        position_ms: Math.round(Math.min(position_ms + sinceMs, end)),
        duration_ms,
        heard_ms,
      };
    },
  };
};
export type LivePlace = ReturnType<typeof createLivePlace>;
