import type { CatalogueItem, Sound, SoundPolicy, SoundTrim, SoundType } from './contract.ts';
import type { Demuxer } from './media.ts';

/** The table `sounds` as it is read. */
export type SoundRow = {
  id: string;
  type: SoundType;
  name: string;
  filename: string;
  hash: string;
  size: number;
  duration_ms: number;
  channels: number;
  demuxer: Demuxer;
  /** JSON. */
  tags: string;
  gain_db: number;
  policy: SoundPolicy;
  trim_start_ms: number | null;
  trim_end_ms: number | null;
  added_by: string | null;
  missing: 0 | 1;
  removed_at: number | null;
  removed_by: string | null;
  trashed: 0 | 1;
  purged_at: number | null;
  play_count: number;
  created_at: number;
  updated_at: number;
};

/** A row with its normalised file, all null where it has none, and what is known of its content. */
export type KnownRow = SoundRow & {
  normalized_type: SoundType | null;
  normalized_filename: string | null;
  normalized_duration_ms: number | null;
  normalized_size: number | null;
  normalized_hash: string | null;
  normalized_demuxer: Demuxer | null;
  has_picture: 0 | 1;
};
export const soundsAndMore =
  'sounds LEFT JOIN normalized_sounds ON normalized_sounds.sound_id = sounds.id';
export const soundColumns = `sounds.*, normalized_type, normalized_filename, normalized_duration_ms,
  normalized_size, normalized_hash, normalized_demuxer, EXISTS (
    SELECT 1 FROM media_facts WHERE media_facts.hash = sounds.hash AND has_picture = 1
  ) AS has_picture`;

/** In lists: neither lost nor removed. */
export const isListed = 'missing = 0 AND removed_at IS NULL';

/** Removed, while the file is still on its way to the trash. */
export const isLeaving = 'removed_at IS NOT NULL AND trashed = 0 AND purged_at IS NULL';

export const trimOf = (row: SoundRow): SoundTrim | null =>
  row.trim_start_ms === null || row.trim_end_ms === null
    ? null
    : { start_ms: row.trim_start_ms, end_ms: row.trim_end_ms };

export const toSound = (row: KnownRow, favourite: boolean): Sound => ({
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
  thumbnail: row.has_picture ? `/api/v1/sounds/${row.id}/thumbnail?h=${row.hash}` : null,
  tags: JSON.parse(row.tags) as string[],
  gain: row.gain_db,
  policy: row.policy,
  trim: trimOf(row),
  added_by: row.added_by,
  favourite,
  created_at: new Date(row.created_at).toISOString(),
  updated_at: new Date(row.updated_at).toISOString(),
});

export const toCatalogueItem = (row: SoundRow): CatalogueItem => ({
  id: row.id,
  type: row.type,
  name: row.name,
  duration: row.duration_ms,
  play_count: row.play_count,
  tags: JSON.parse(row.tags) as string[],
});
