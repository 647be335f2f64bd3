import { join } from 'node:path';
import type { Storage } from '../kernel/storage.ts';
import type { CatalogueItem, Sound, SoundType } from './contract.ts';
import type { KnownSound } from './library-diff.ts';
import type { BoardSource } from './derived-files.ts';
import { placeOf } from './library-diff.ts';
import { typeFolders } from './library-walk.ts';
import type { Demuxer } from './media.ts';

type SoundRow = {
  id: string;
  type: SoundType;
  name: string;
  filename: string;
  hash: string;
  size: number;
  duration_ms: number;
  demuxer: Demuxer;
  tags: string;
  missing: 0 | 1;
  play_count: number;
  created_at: number;
  updated_at: number;
} & NormalizedColumns;

/** All of them null where there is no normalised file. */
type NormalizedColumns = {
  normalized_type: SoundType | null;
  normalized_filename: string | null;
  normalized_duration_ms: number | null;
  normalized_size: number | null;
  normalized_hash: string | null;
  normalized_demuxer: Demuxer | null;
};

/** Every sound with its normalised file, where it has one. */
const soundsAndNormalized = 'sounds LEFT JOIN normalized_sounds ON sound_id = id';

/** What the board needs to play a sound. */
export type PlayableSound = {
  id: string;
  name: string;
  hash: string;
  path: string;
  demuxer: Demuxer;
  missing: boolean;
  normalized: BoardSource | null;
};

const toSound = (row: SoundRow): Sound => ({
  id: row.id,
  type: row.type,
  name: row.name,
  filename: row.filename,
  duration: row.duration_ms,
  size: row.size,
  hash: row.hash,
  is_normalized: row.normalized_hash !== null,
  normalized_filename: row.normalized_filename,
  normalized_duration: row.normalized_duration_ms,
  normalized_size: row.normalized_size,
  normalized_hash: row.normalized_hash,
  play_count: row.play_count,
  thumbnail: null,
  tags: JSON.parse(row.tags) as string[],
  gain: 0,
  policy: 'overlap',
  created_at: new Date(row.created_at).toISOString(),
  updated_at: new Date(row.updated_at).toISOString(),
});

const toCatalogueItem = (row: SoundRow): CatalogueItem => ({
  id: row.id,
  type: row.type,
  name: row.name,
  duration: row.duration_ms,
  play_count: row.play_count,
  tags: JSON.parse(row.tags) as string[],
});

/** Orders of GET /sounds/: each ends in the id, so that a cursor is never ambiguous. */
export const soundSorts = {
  name: 'name COLLATE NOCASE',
  plays: 'play_count',
  recent: 'created_at',
  duration: 'duration_ms',
} as const;
export type SoundSort = keyof typeof soundSorts;

export type SoundFilter = {
  types: readonly string[] | undefined;
  q: string | undefined;
  is_normalized: boolean | undefined;
  sort: SoundSort;
  order: 'asc' | 'desc';
  limit: number;
  /** The last sound of the page before. */
  after: SoundCursor | undefined;
};

/** Where a page ended: the sorted value and the id of its last sound. */
export type SoundCursor = { value: string | number; id: string };

/** At most this many sounds are named when a name is unknown or ambiguous. */
const suggestionsMax = 5;
/** Of an unknown name only so many words are looked for. */
const searchedWordsMax = 4;

/** Prepared reads over the library. Missing sounds are in no list; their history stays. */
export const createSoundQueries = (storage: Storage, soundsDir: string) => {
  const byId = storage.prepare<[string], SoundRow>(
    `SELECT * FROM ${soundsAndNormalized} WHERE id = ?`,
  );
  const byHash = storage.prepare<[string], SoundRow>('SELECT * FROM sounds WHERE hash = ?');
  const all = storage.prepare<[], SoundRow>(
    'SELECT * FROM sounds WHERE missing = 0 ORDER BY play_count DESC, name COLLATE NOCASE, id',
  );
  const bars = storage.prepare<[], { id: string; bars: string }>(
    'SELECT id, bars FROM sounds JOIN waveforms USING (hash) WHERE missing = 0',
  );
  const known = storage.prepare<[], SoundRow & { mtime_ms: number | null }>(
    `SELECT sounds.*, mtime_ms FROM sounds
     LEFT JOIN scanned_files ON place = type || '/' || filename AND scanned_files.hash = sounds.hash`,
  );
  const remembered = storage
    .prepare<[string, number, number], string>(
      'SELECT hash FROM scanned_files WHERE place = ? AND size = ? AND mtime_ms = ?',
    )
    .pluck();
  const named = storage.prepare<[string], SoundRow>(
    `SELECT * FROM ${soundsAndNormalized} WHERE missing = 0 AND name = ? COLLATE NOCASE LIMIT 6`,
  );
  const alike = storage
    .prepare<[string, number], string>(
      `SELECT name FROM sounds WHERE missing = 0 AND name LIKE ? ESCAPE '!' ORDER BY play_count DESC LIMIT ?`,
    )
    .pluck();
  const total = storage
    .prepare<[], number>('SELECT count(*) FROM sounds WHERE missing = 0')
    .pluck();

  const like = (text: string) => `%${text.replaceAll(/[!%_]/g, '!$&')}%`;

  const normalizedSource = (row: NormalizedColumns): BoardSource | null => {
    const { normalized_hash: hash, normalized_demuxer: demuxer } = row;
    const { normalized_type: type, normalized_filename: filename } = row;
    if (hash === null || demuxer === null || type === null || filename === null) return null;
    return { hash, demuxer, path: join(soundsDir, 'normalized', typeFolders[type], filename) };
  };

  const playable = (row: SoundRow): PlayableSound => ({
    id: row.id,
    name: row.name,
    hash: row.hash,
    path: join(soundsDir, 'originals', typeFolders[row.type], row.filename),
    demuxer: row.demuxer,
    missing: row.missing === 1,
    normalized: normalizedSource(row),
  });

  return {
    find(id: string): Sound | undefined {
      const row = byId.get(id);
      return row && toSound(row);
    },
    playable(id: string): PlayableSound | undefined {
      const row = byId.get(id);
      return row && playable(row);
    },
    hashKnown: (hash: string) => byHash.get(hash) !== undefined,
    catalogue: (): CatalogueItem[] => all.all().map(toCatalogueItem),
    waveforms: (): Record<string, string> =>
      Object.fromEntries(bars.all().map((row) => [row.id, row.bars])),
    total: () => total.get() ?? 0,
    list(filter: SoundFilter): { items: Sound[]; next: SoundCursor | undefined; total: number } {
      const where = `missing = 0
        AND (:types IS NULL OR type IN (SELECT value FROM json_each(:types)))
        AND (:normalized IS NULL OR (sound_id IS NOT NULL) = :normalized)
        AND (:like IS NULL OR name LIKE :like ESCAPE '!' OR tags LIKE :like ESCAPE '!')`;
      const values = {
        types: filter.types ? JSON.stringify(filter.types) : null,
        normalized: filter.is_normalized === undefined ? null : Number(filter.is_normalized),
        like: filter.q ? like(filter.q) : null,
      };
      const column = soundSorts[filter.sort];
      const beyond = filter.order === 'asc' ? '>' : '<';
      const { after } = filter;
      const page = after ? `AND (${column}, id) ${beyond} (:value, :id)` : '';
      const rows = storage
        .prepare<[Record<string, unknown>], SoundRow & { sorted: string | number }>(
          `SELECT *, ${column} AS sorted FROM ${soundsAndNormalized} WHERE ${where} ${page}
           ORDER BY ${column} ${filter.order}, id ${filter.order} LIMIT :limit`,
        )
        .all({ ...values, ...after, limit: filter.limit });
      const total = storage
        .prepare<[Record<string, unknown>], number>(
          `SELECT count(*) FROM ${soundsAndNormalized} WHERE ${where}`,
        )
        .pluck()
        .get(values);
      const last = rows.length === filter.limit ? rows.at(-1) : undefined;
      return {
        items: rows.map(toSound),
        next: last && { value: last.sorted, id: last.id },
        total: total ?? 0,
      };
    },
    /** By name, any case: exactly one, or the names to choose from. */
    byName(name: string): { found: PlayableSound } | { suggestions: string[] } {
      const rows = named.all(name.trim());
      const [first] = rows;
      if (first && rows.length === 1) return { found: playable(first) };
      if (first) return { suggestions: rows.map((row) => `${row.name} (${row.id})`) };
      const words = name.trim().split(/\s+/).filter(Boolean).slice(0, searchedWordsMax);
      const suggestions = words.flatMap((word) => alike.all(like(word), suggestionsMax));
      return { suggestions: [...new Set(suggestions)].slice(0, suggestionsMax) };
    },
    /** The library as the scanner compares it with the folders. */
    known: (): KnownSound[] =>
      known.all().map((row) => ({
        id: row.id,
        type: row.type,
        filename: row.filename,
        size: row.size,
        mtime_ms: row.mtime_ms ?? -1,
        hash: row.hash,
        missing: row.missing === 1,
      })),
    rememberedHash: (file: {
      type: SoundType;
      filename: string;
      size: number;
      mtime_ms: number;
    }): string | undefined => remembered.get(placeOf(file), file.size, file.mtime_ms),
  };
};
export type SoundQueries = ReturnType<typeof createSoundQueries>;
