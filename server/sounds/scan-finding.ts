import type { SoundType } from './contract.ts';
import type { HashedFile, KnownSound, Owner } from './library-diff.ts';
import type { LibraryFile } from './library-walk.ts';
import type { AudioFacts } from './media.ts';

export type ScannedFile = HashedFile & {
  readonly name: string;
  /** The first folder in lower case; none for a file that lies in the type's folder itself. */
  readonly tags: readonly string[];
  /** `duration_ms` is what was decoded, not what the file declares. */
  readonly audio: Omit<AudioFacts, 'duration_is_estimate' | 'has_picture'>;
  readonly bars: string;
  readonly fine: Uint8Array;
  readonly has_picture: boolean;
  /** The decoded copy; null for long sounds, or when the cache could not be written. */
  readonly wav_path: string | null;
};

export type Finding =
  /** `touched`: same content under a new size or mtime, worth remembering so that it is not hashed again. */
  | {
      readonly kind: 'unchanged';
      readonly sound: KnownSound;
      readonly file: LibraryFile | null;
      readonly touched: boolean;
    }
  /** A missing sound is back at its place with its content. */
  | { readonly kind: 'found'; readonly sound: KnownSound; readonly file: LibraryFile | null }
  | { readonly kind: 'added'; readonly file: ScannedFile }
  /** The sound may have been missing; so may the one of `moved`. */
  | { readonly kind: 'updated'; readonly sound: KnownSound; readonly file: ScannedFile }
  | { readonly kind: 'moved'; readonly sound: KnownSound; readonly file: HashedFile }
  | { readonly kind: 'duplicate'; readonly file: HashedFile; readonly of: Owner }
  | { readonly kind: 'missing'; readonly sound: KnownSound }
  | {
      readonly kind: 'error';
      readonly type: SoundType;
      readonly filename: string;
      readonly reason: string;
      readonly last_words: string;
      /** The file that will be refused again for as long as it stays as it is; null where the next try may succeed. */
      readonly refused: LibraryFile | null;
    };

export type Failed = Extract<Finding, { kind: 'error' }>;
