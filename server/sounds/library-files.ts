import { extname } from 'node:path';
import type { Storage } from '../kernel/storage.ts';
import type { SoundType } from './contract.ts';
import { typeFolders } from './library-walk.ts';

type Row = { type: SoundType; filename: string; hash: string; trashed: 0 | 1 };

/** Where each file of the library should lie below the folder of sounds, with its content's SHA-256. */
export const libraryFiles = (storage: Storage): { path: string; sha256: string }[] => {
  const originals = storage.prepare<[], Row>(
    'SELECT type, filename, hash, trashed FROM sounds WHERE missing = 0 AND purged_at IS NULL',
  );
  const normalised = storage.prepare<[], Omit<Row, 'trashed'>>(
    `SELECT normalized_type AS type, normalized_filename AS filename, normalized_hash AS hash
     FROM normalized_sounds JOIN sounds ON id = sound_id WHERE purged_at IS NULL`,
  );
  return [
    ...originals.all().map(({ type, filename, hash, trashed }) => ({
      path: trashed
        ? `trash/${hash}${extname(filename).toLowerCase()}`
        : `originals/${typeFolders[type]}/${filename}`,
      sha256: hash,
    })),
    ...normalised.all().map(({ type, filename, hash }) => ({
      path: `normalized/${typeFolders[type]}/${filename}`,
      sha256: hash,
    })),
  ];
};
