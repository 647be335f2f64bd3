import type { Logger } from '../kernel/logger.ts';
import type { Clock } from '../kernel/ports.ts';
import type { Storage } from '../kernel/storage.ts';

/** With what passes between two reports, under a second. */
const keepEveryMs = 700;

/** Remembers where the track stands, so that a crash loses a second of its place at most. */
export const createPlaceKeeper = (
  storage: Storage,
  { clock, logger, room }: { clock: Clock; logger: Logger; room: string },
) => {
  const keep = storage.prepare('INSERT OR REPLACE INTO player_places VALUES (?, ?, ?)');
  const one = storage.prepare<[string], { track_id: string; position_ms: number }>(
    'SELECT track_id, position_ms FROM player_places WHERE room = ?',
  );
  let keptAt = Number.NEGATIVE_INFINITY;

  const keepNow = (track_id: string, position_ms: number): void => {
    keptAt = clock.monotonic();
    try {
      keep.run(room, track_id, Math.round(position_ms));
    } catch (error) {
      // A full disk costs the place, not the music.
      logger.warn({ err: error }, 'the place in the track could not be kept');
    }
  };

  return {
    /** Not every report reaches the disk. */
    keep(track_id: string, position_ms: number): void {
      if (clock.monotonic() - keptAt >= keepEveryMs) keepNow(track_id, position_ms);
    },
    /** Somebody has chosen this place. */
    keepNow,
    /** Undefined: nothing is known of this track. */
    placeIn(trackId: string): number | undefined {
      const kept = one.get(room);
      return kept?.track_id === trackId ? kept.position_ms : undefined;
    },
  };
};
export type PlaceKeeper = ReturnType<typeof createPlaceKeeper>;
