import type { Storage } from '../kernel/storage.ts';
import type { SoundType } from './contract.ts';
import type { ScannedFile } from './scan-finding.ts';
import { isListed } from './sound-rows.ts';
import type { Thumbnails } from './thumbnails.ts';

export type PresentSound = {
  readonly id: string;
  readonly type: SoundType;
  readonly filename: string;
  readonly hash: string;
  readonly size: number;
  readonly duration_ms: number;
  readonly facts_known: 0 | 1;
};

/**
 * What was heard and seen in a content, beside the log. Writes belong into a command's transaction.
 * `thumbnails`: pictures that came beside sounds.
 */
export const createMediaFacts = (storage: Storage, thumbnails?: Pick<Thumbnails, 'has'>) => {
  const keepBars = storage.prepare('INSERT OR REPLACE INTO waveforms VALUES (?, ?)');
  const keepFacts = storage.prepare('INSERT OR REPLACE INTO media_facts VALUES (?, ?, ?)');
  const repicture = storage.prepare('UPDATE media_facts SET has_picture = 1 WHERE hash = ?');
  const unpicture = storage.prepare('UPDATE media_facts SET has_picture = 0 WHERE hash = ?');
  const fine = storage
    .prepare<[string], Buffer>('SELECT fine FROM media_facts WHERE hash = ?')
    .pluck();
  const picture = storage
    .prepare<[string], 0 | 1>('SELECT has_picture FROM media_facts WHERE hash = ?')
    .pluck();
  const selectPresent = `SELECT id, type, filename, hash, size, duration_ms,
      EXISTS (SELECT 1 FROM media_facts WHERE media_facts.hash = sounds.hash) AS facts_known
    FROM sounds WHERE ${isListed}`;
  const present = storage.prepare<[], PresentSound>(selectPresent);
  const presentOne = storage.prepare<[string], PresentSound>(`${selectPresent} AND id = ?`);
  const forgetBars = storage.prepare(
    'DELETE FROM waveforms WHERE hash NOT IN (SELECT hash FROM sounds)',
  );
  const forgetFacts = storage.prepare(
    'DELETE FROM media_facts WHERE hash NOT IN (SELECT hash FROM sounds)',
  );
  return {
    keep({ hash, bars, fine, has_picture }: ScannedFile): void {
      keepBars.run(hash, bars);
      keepFacts.run(hash, fine, has_picture || thumbnails?.has(hash) ? 1 : 0);
    },
    /** A picture came beside a content that was there before. */
    keepPicture: (hash: string): void => void repicture.run(hash),
    /** The picture that a file declares cannot be drawn. */
    keepUndrawable: (hash: string): void => void unpicture.run(hash),
    /** Of content that no sound has. */
    forget(): void {
      forgetBars.run();
      forgetFacts.run();
    },
    /** `finePeaks` values 0–255; undefined when the content has yet to be looked at. */
    fine: (hash: string): Uint8Array | undefined => fine.get(hash),
    hasPicture: (hash: string): boolean => picture.get(hash) === 1,
    present: (): PresentSound[] => present.all(),
    presentOne: (soundId: string): PresentSound[] => presentOne.all(soundId),
  };
};
export type MediaFacts = ReturnType<typeof createMediaFacts>;
