/**
 * Identity is the hash: which files are which sounds, decided without touching a disk. A known
 * sound whose path, size and mtime agree is settled and needs no hash; only the rest is unsettled.
 */
import type { SoundType } from './contract.ts';
import type { LibraryFile, LibraryWalk } from './library-walk.ts';

export type KnownSound = {
  readonly id: string;
  readonly type: SoundType;
  readonly filename: string;
  readonly size: number;
  /** Negative while no file with this content has been seen at this place. */
  readonly mtime_ms: number;
  readonly hash: string;
  readonly missing: boolean;
};

export type HashedFile = LibraryFile & { readonly hash: string };

export const placeOf = ({ type, filename }: { type: SoundType; filename: string }): string =>
  `${type}/${filename}`;

export type Survey = {
  readonly settled: readonly KnownSound[];
  readonly unsettled: readonly KnownSound[];
  /** To be hashed before anything is decided: at a known place, or as long as an unsettled sound. */
  readonly early: readonly LibraryFile[];
  /** Can only be new or a duplicate, so each is decided as soon as it is hashed. */
  readonly late: readonly LibraryFile[];
};

export const survey = (known: readonly KnownSound[], files: readonly LibraryFile[]): Survey => {
  const knownAt = new Map<string, KnownSound>();
  for (const sound of known) {
    // A missing sound may have lain where another lies now: the one whose file was seen there counts.
    if (sound.mtime_ms >= 0 || !knownAt.has(placeOf(sound))) knownAt.set(placeOf(sound), sound);
  }
  const settled: KnownSound[] = [];
  const unsettled = new Set(known);
  const changed: LibraryFile[] = [];
  const fresh: LibraryFile[] = [];
  for (const file of files) {
    const sound = knownAt.get(placeOf(file));
    if (!sound) fresh.push(file);
    else if (sound.size === file.size && sound.mtime_ms === file.mtime_ms) {
      settled.push(sound);
      unsettled.delete(sound);
    } else changed.push(file);
  }
  const sizes = new Set(Array.from(unsettled, (sound) => sound.size));
  return {
    settled,
    unsettled: [...unsettled],
    early: [...changed, ...fresh.filter((file) => sizes.has(file.size))],
    late: fresh.filter((file) => !sizes.has(file.size)),
  };
};

/** Where a content lives; `id` is null while it is new. */
export type Owner = {
  readonly id: string | null;
  readonly type: SoundType;
  readonly filename: string;
};

export const ownerOf = (
  { type, filename }: LibraryFile | KnownSound,
  id: string | null,
): Owner => ({
  id,
  type,
  filename,
});

export type Change =
  | { readonly kind: 'unchanged'; readonly sound: KnownSound; readonly file: HashedFile }
  | { readonly kind: 'moved'; readonly sound: KnownSound; readonly file: HashedFile }
  | { readonly kind: 'updated'; readonly sound: KnownSound; readonly file: HashedFile }
  | { readonly kind: 'added'; readonly file: HashedFile }
  | { readonly kind: 'duplicate'; readonly file: HashedFile; readonly of: Owner }
  | { readonly kind: 'missing'; readonly sound: KnownSound };

/**
 * `owners` (by hash) starts with the settled sounds and is filled in for the late files. `hidden`
 * are places that could not be looked at, whose sounds are therefore not missing.
 */
export const resolve = (
  unsettled: readonly KnownSound[],
  early: readonly HashedFile[],
  owners: Map<string, Owner>,
  hidden: (place: string) => boolean,
): Change[] => {
  const changes: Change[] = [];
  const free = new Map(early.map((file) => [placeOf(file), file]));
  const firstWith = new Map(early.toReversed().map((file) => [file.hash, file]));
  const take = (kind: 'unchanged' | 'moved' | 'updated', sound: KnownSound, file: HashedFile) => {
    free.delete(placeOf(file));
    owners.set(file.hash, ownerOf(file, sound.id));
    changes.push({ kind, sound, file });
  };

  const elsewhere: KnownSound[] = [];
  for (const sound of unsettled) {
    const file = free.get(placeOf(sound));
    if (file?.hash === sound.hash) take('unchanged', sound, file);
    else elsewhere.push(sound);
  }
  const gone: KnownSound[] = [];
  for (const sound of elsewhere) {
    const file = owners.has(sound.hash) ? undefined : firstWith.get(sound.hash);
    if (file) take('moved', sound, file);
    else gone.push(sound);
  }
  for (const sound of gone) {
    const file = free.get(placeOf(sound));
    if (file && !owners.has(file.hash)) take('updated', sound, file);
    else if (!sound.missing && !hidden(placeOf(sound))) changes.push({ kind: 'missing', sound });
  }
  for (const file of free.values()) changes.push(settleNew(file, owners));
  return changes;
};

/** A file at no sound's place: new, unless its content is already in the library. */
export const settleNew = (file: HashedFile, owners: Map<string, Owner>): Change => {
  const of = owners.get(file.hash);
  if (of !== undefined) return { kind: 'duplicate', file, of };
  owners.set(file.hash, ownerOf(file, null));
  return { kind: 'added', file };
};

/** Whether a place lies in, or is, something the walk could not look at. */
export const hiddenBy = (unseen: LibraryWalk['unseen']): ((place: string) => boolean) => {
  const places = unseen.map(({ type, filename }) =>
    filename === '' ? type : `${type}/${filename}`,
  );
  return (place) => places.some((hidden) => place === hidden || place.startsWith(`${hidden}/`));
};
