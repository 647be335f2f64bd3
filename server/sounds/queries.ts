import { join } from 'node:path';
import { oncePerStorage } from '../kernel/once-per-storage.ts';
import type { Storage } from '../kernel/storage.ts';
import type { CatalogueItem, Sound, SoundPolicy, SoundTrim, SoundType } from './contract.ts';
import type { KnownSound } from './library-diff.ts';
import type { BoardSource } from './derived-files.ts';
import { tagOf } from './tags.ts';
import { typeFolders } from './library-walk.ts';
import type { Demuxer } from './media.ts';
import {
  isLeaving,
  isListed,
  soundsAndMore,
  soundColumns,
  toCatalogueItem,
  toSound,
  trimOf,
  type KnownRow,
  type SoundRow,
} from './sound-rows.ts';

/** What the board needs to play a sound. */
/** Makes any sound an announcement. */
const announcementTag = 'announcement';

export type PlayableSound = {
  id: string;
  name: string;
  hash: string;
  path: string;
  demuxer: Demuxer;
  channels: number;
  missing: boolean;
  gain_db: number;
  policy: SoundPolicy;
  /** Speech, or a sound that somebody tagged as one: a doorbell, say. */
  announces: boolean;
  trim: SoundTrim | null;
  /** The levelled file, where there is one. */
  normalized: BoardSource | null;
};

/** Where a content lives. */
export type SoundPlace = {
  readonly id: string;
  readonly type: SoundType;
  readonly filename: string;
  readonly missing: boolean;
  /** `purged`: the trash does not have it any more either. */
  readonly removed: false | 'in trash' | 'purged';
};

const statementsOf = oncePerStorage((storage) => {
  const byId = storage.prepare<[string], KnownRow>(
    `SELECT ${soundColumns} FROM ${soundsAndMore} WHERE id = ? AND removed_at IS NULL`,
  );
  const evenRemoved = storage.prepare<[string], KnownRow>(
    `SELECT ${soundColumns} FROM ${soundsAndMore} WHERE id = ?`,
  );
  const byIds = storage.prepare<
    [{ user_id: string; ids: string }],
    KnownRow & { favourite: 0 | 1 }
  >(
    `SELECT ${soundColumns}, EXISTS (
       SELECT 1 FROM favourites WHERE user_id = :user_id AND sound_id = sounds.id
     ) AS favourite
     FROM json_each(:ids) AS page, ${soundsAndMore}
     WHERE sounds.id = page.value ORDER BY page.key`,
  );
  const byHash = storage.prepare<[string], SoundRow>('SELECT * FROM sounds WHERE hash = ?');
  const leaving = storage.prepare<[string]>(`SELECT 1 FROM sounds WHERE id = ? AND ${isLeaving}`);
  const isFavourite = storage.prepare<[string | null, string]>(
    'SELECT 1 FROM favourites WHERE user_id = ? AND sound_id = ?',
  );
  const favourites = storage
    .prepare<[string], string>(
      `SELECT id FROM favourites JOIN sounds ON id = sound_id
       WHERE user_id = ? AND ${isListed} ORDER BY favourites.created_at, id`,
    )
    .pluck();
  const trimmed = storage.prepare<[], KnownRow>(
    `SELECT ${soundColumns} FROM ${soundsAndMore}
     WHERE trim_end_ms IS NOT NULL AND removed_at IS NULL`,
  );
  const all = storage.prepare<[number], SoundRow>(
    `SELECT * FROM sounds WHERE ${isListed} ORDER BY play_count DESC, name COLLATE NOCASE, id LIMIT ?`,
  );
  const bars = storage.prepare<[], { id: string; bars: string }>(
    `SELECT id, bars FROM sounds JOIN waveforms USING (hash) WHERE ${isListed}`,
  );
  const known = storage.prepare<[], SoundRow & { mtime_ms: number | null }>(
    `SELECT sounds.*, mtime_ms FROM sounds
     LEFT JOIN scanned_files ON place = type || '/' || filename AND scanned_files.hash = sounds.hash`,
  );
  const named = storage.prepare<[string], KnownRow>(
    `SELECT ${soundColumns} FROM ${soundsAndMore} WHERE ${isListed} AND name = ? COLLATE NOCASE LIMIT 6`,
  );
  const tagged = storage
    .prepare<[string], string>(
      `SELECT id FROM sounds WHERE ${isListed}
         AND EXISTS (SELECT 1 FROM json_each(tags) WHERE json_each.value = ?) ORDER BY id`,
    )
    .pluck();
  const total = storage
    .prepare<[], number>(`SELECT count(*) FROM sounds WHERE ${isListed}`)
    .pluck();
  return {
    byId,
    evenRemoved,
    byIds,
    byHash,
    leaving,
    isFavourite,
    favourites,
    trimmed,
    all,
    bars,
    known,
    named,
    tagged,
    total,
  };
});

/** Prepared reads over the library. Missing and removed sounds are in no list; their history stays. */
export const createSoundQueries = (storage: Storage, soundsDir: string) => {
  const {
    byId,
    evenRemoved,
    byIds,
    byHash,
    leaving,
    isFavourite,
    favourites,
    trimmed,
    all,
    bars,
    known,
    named,
    tagged,
    total,
  } = statementsOf(storage);

  const normalizedSource = (row: KnownRow): BoardSource | null => {
    const { normalized_hash: hash, normalized_demuxer: demuxer } = row;
    const { normalized_type: type, normalized_filename: filename } = row;
    if (hash === null || demuxer === null || type === null || filename === null) return null;
    return { hash, demuxer, path: join(soundsDir, 'normalized', typeFolders[type], filename) };
  };

  const playable = (row: KnownRow): PlayableSound => ({
    id: row.id,
    name: row.name,
    hash: row.hash,
    path: join(soundsDir, 'originals', typeFolders[row.type], row.filename),
    demuxer: row.demuxer,
    channels: row.channels,
    missing: row.missing === 1,
    gain_db: row.gain_db,
    policy: row.policy,
    announces: row.type === 'TTS' || (JSON.parse(row.tags) as string[]).includes(announcementTag),
    trim: trimOf(row),
    normalized: normalizedSource(row),
  });

  return {
    /** As `userId` sees it: whose favourite it may be. */
    find(id: string, userId: string | null): Sound | undefined {
      const row = byId.get(id);
      return row && toSound(row, isFavourite.get(userId, id) !== undefined);
    },
    /** In the order of the ids. */
    all: (ids: readonly string[], userId: string): Sound[] =>
      byIds
        .all({ user_id: userId, ids: JSON.stringify(ids) })
        .map((row) => toSound(row, row.favourite === 1)),
    playable(id: string): PlayableSound | undefined {
      const row = byId.get(id);
      return row && playable(row);
    },
    /** Also of a removed sound. */
    playableEvenRemoved(id: string): PlayableSound | undefined {
      const row = evenRemoved.get(id);
      return row && playable(row);
    },
    ofHash(hash: string): SoundPlace | undefined {
      const row = byHash.get(hash);
      if (!row) return undefined;
      const { id, type, filename } = row;
      const removed = row.removed_at !== null && (row.purged_at === null ? 'in trash' : 'purged');
      return { id, type, filename, missing: row.missing === 1, removed };
    },
    /** Those with cue points; removed ones have no copy. */
    trimmed: (): PlayableSound[] => trimmed.all().map(playable),
    /** Whether what is derived from a content may be wanted again: not of purged sounds. */
    hashNeeded: (hash: string) => byHash.get(hash)?.purged_at === null,
    hashKnown: (hash: string) => byHash.get(hash) !== undefined,
    /** Removed, its file still on its way to the trash. */
    isLeaving: (id: string) => leaving.get(id) !== undefined,
    /** Of one person, oldest first. */
    favourites: (userId: string): string[] => favourites.all(userId),
    /** Most played first; `limit` leaves the rest out. */
    catalogue: (limit?: number): CatalogueItem[] => all.all(limit ?? -1).map(toCatalogueItem),
    waveforms: (): Record<string, string> =>
      Object.fromEntries(bars.all().map((row) => [row.id, row.bars])),
    total: () => total.get() ?? 0,
    /** Ids of the sounds with this tag. */
    tagged: (tag: string): string[] => tagged.all(tagOf(tag)),
    /** By name, any case; at most a handful, which is enough to say that it is ambiguous. */
    named: (name: string): PlayableSound[] => named.all(name.trim()).map(playable),
    /**
     * The library as the scanner compares it with the folders. A removed sound is at no place in
     * them, and missing, until its content appears again.
     */
    known: (): KnownSound[] =>
      known.all().map((row) => ({
        id: row.id,
        type: row.type,
        filename: row.removed_at === null ? row.filename : `/removed/${row.id}`,
        size: row.size,
        mtime_ms: (row.removed_at === null ? row.mtime_ms : null) ?? -1,
        hash: row.hash,
        missing: row.missing === 1 || row.removed_at !== null,
      })),
  };
};
export type SoundQueries = ReturnType<typeof createSoundQueries>;
