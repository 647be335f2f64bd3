import { setImmediate as turn } from 'node:timers/promises';
import type { Kernel } from '../kernel/kernel.ts';
import type { Recorded } from '../kernel/event.ts';
import type { PlayerEvent } from '../player/events.ts';
import type { PlayEvent } from './events.ts';
import { createQuarterCounts } from './quarter-counts.ts';

/** Who pressed, of plays that nobody in particular asked for. */
export const nobody = 0;

const chunkPlays = 65_536;
/** Read at one time: some milliseconds, so that a press does not wait. */
const pageRows = 2000;

type Chunk = {
  at: Float64Array;
  sound: Uint32Array;
  user: Uint32Array;
  length: number;
  first: number;
  last: number;
  /** Of a full one: its plays by place, summed up when first asked. */
  sums: { sound?: Uint32Array; user?: Uint32Array };
};

const newChunk = (): Chunk => ({
  at: new Float64Array(chunkPlays),
  sound: new Uint32Array(chunkPlays),
  user: new Uint32Array(chunkPlays),
  length: 0,
  first: Infinity,
  last: -Infinity,
  sums: {},
});

/** Adds the chunk's plays of the period [from, to) to the counts. */
const countInto = (
  counts: Uint32Array,
  { at, length }: Chunk,
  places: Uint32Array,
  from: number,
  to: number,
): void => {
  for (let i = 0; i < length; i++) {
    const time = at[i] as number;
    if (time >= from && time < to) (counts[places[i] as number] as number)++;
  }
};

/** The play that an event makes one that was heard. */
const heardIn = (
  event: Recorded<PlayEvent | PlayerEvent>,
): { id: string; sound_id: string } | undefined => {
  if (event.type === 'PlayStarted')
    return { id: event.data.play_id, sound_id: event.data.sound_id };
  if (event.type !== 'TrackCounted') return undefined;
  return { id: event.data.track_id, sound_id: event.data.sound_id };
};

/**
 * Every play that was heard, 16 bytes each, for sums over any period. Read from the table `plays`
 * when first asked, and following the commits from then on.
 */
export const createHeardPlays = (kernel: Kernel) => {
  const { storage, bus } = kernel;
  const page = storage.prepare<
    [number, number],
    { row: number; id: string; at: number; sound_id: string; user_id: string | null }
  >(
    `SELECT rowid AS row, id, started_at AS at, sound_id, user_id FROM plays
     WHERE rowid > ? AND started_at IS NOT NULL ORDER BY rowid LIMIT ?`,
  );
  const rowOf = storage.prepare<[string], { at: number; user_id: string | null }>(
    'SELECT started_at AS at, user_id FROM plays WHERE id = ?',
  );
  const chunks: Chunk[] = [];
  const places = new Map<string, number>();
  const ids = [''];
  const quarters = createQuarterCounts();
  /** Heard while the table is being read: the table has them too by the time they are read. */
  let followed: Set<string> | undefined;
  let loading: Promise<void> | undefined;

  const placeOf = (id: string): number => {
    const known = places.get(id);
    if (known !== undefined) return known;
    places.set(id, ids.length);
    return ids.push(id) - 1;
  };

  const add = (at: number, soundId: string, userId: string | null): void => {
    let chunk = chunks.at(-1);
    if (!chunk || chunk.length === chunkPlays) chunks.push((chunk = newChunk()));
    chunk.at[chunk.length] = at;
    chunk.sound[chunk.length] = placeOf(soundId);
    chunk.user[chunk.length] = userId === null ? nobody : placeOf(userId);
    chunk.length += 1;
    chunk.first = Math.min(chunk.first, at);
    chunk.last = Math.max(chunk.last, at);
    quarters.add(at);
  };

  const load = async (): Promise<void> => {
    const heardMeanwhile = (followed = new Set());
    for (let after = 0; ; await turn()) {
      const rows = page.all(after, pageRows);
      for (const { id, at, sound_id, user_id } of rows) {
        if (!heardMeanwhile.has(id)) add(at, sound_id, user_id);
      }
      const last = rows.at(-1);
      if (!last || rows.length < pageRows) break;
      after = last.row;
    }
    followed = undefined;
  };

  const countWithin = (from: number, to: number): number => {
    let plays = 0;
    for (const { at, length, first, last } of chunks) {
      if (last < from || first >= to) continue;
      for (let i = 0; i < length; i++) {
        const time = at[i] as number;
        if (time >= from && time < to) plays += 1;
      }
    }
    return plays;
  };

  /** Of a full chunk, which never changes. */
  const sumsOf = (chunk: Chunk, by: 'sound' | 'user'): Uint32Array => {
    const known = chunk.sums[by];
    if (known) return known;
    const sums = new Uint32Array(ids.length);
    countInto(sums, chunk, chunk[by], -Infinity, Infinity);
    chunk.sums[by] = sums;
    return sums;
  };

  bus.onCommitted((events) => {
    if (!loading) return;
    for (const recorded of events as readonly Recorded<PlayEvent | PlayerEvent>[]) {
      const heard = heardIn(recorded);
      const row = heard && rowOf.get(heard.id);
      if (!row) continue;
      followed?.add(heard.id);
      add(row.at, heard.sound_id, row.user_id);
    }
  });

  return {
    /** Resolves when all are known: some time after the first call, then at once. */
    ready(): Promise<void> {
      loading ??= load().catch((error: unknown) => {
        // Nothing of a half-read table may be summed up.
        chunks.length = 0;
        quarters.clear();
        loading = undefined;
        throw error;
      });
      return loading;
    },
    /** Plays of the period [from, to), milliseconds since the epoch, by place of sound or user. */
    count(from: number, to: number, by: 'sound' | 'user'): Uint32Array {
      const counts = new Uint32Array(ids.length);
      for (const chunk of chunks) {
        const { length, first, last } = chunk;
        if (last < from || first >= to) continue;
        if (length === chunkPlays && first >= from && last < to) {
          const sums = sumsOf(chunk, by);
          for (let place = 0; place < sums.length; place++) {
            (counts[place] as number) += sums[place] as number;
          }
        } else countInto(counts, chunk, chunk[by], from, to);
      }
      return counts;
    },
    /** Plays of the period [from, to) by quarter of an hour since the epoch, in no order. */
    byQuarter: (
      from: number,
      to: number,
      see: (quarter: number, plays: number, place: number) => void,
    ): void => quarters.within(from, to, see, countWithin),
    idOf: (place: number): string => ids[place] ?? '',
  };
};
export type HeardPlays = ReturnType<typeof createHeardPlays>;
