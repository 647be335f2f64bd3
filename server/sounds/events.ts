import type { ScanReport, SoundPolicy, SoundTrim, SoundType } from './contract.ts';
import type { Demuxer } from './media.ts';

/** What a file is, at one moment: its place, its identity and what ffprobe says of it. */
export type SoundFile = {
  type: SoundType;
  /** Path below the type's folder, `/` between folders. */
  filename: string;
  /** SHA-256, lower-case hex. */
  hash: string;
  size: number;
  duration_ms: number;
  format: string;
  codec: string;
  channels: number;
  sample_rate: number;
  demuxer: Demuxer;
};

/** Stream `sound-<id>`. */
export type SoundEvent =
  | { type: 'SoundAdded'; data: SoundFile & { sound_id: string; name: string; tags: string[] } }
  | { type: 'SoundFileReplaced'; data: SoundFile & { sound_id: string } }
  | { type: 'SoundFileMoved'; data: { sound_id: string; type: SoundType; filename: string } }
  | { type: 'SoundMissing'; data: { sound_id: string } }
  | { type: 'SoundFound'; data: { sound_id: string } }
  | { type: 'SoundRenamed'; data: { sound_id: string; name: string } }
  /** All tags it has from now on. */
  | { type: 'SoundTagged'; data: { sound_id: string; tags: string[] } }
  | { type: 'SoundGainSet'; data: { sound_id: string; gain_db: number } }
  | { type: 'SoundPolicySet'; data: { sound_id: string; policy: SoundPolicy } }
  /** null: the whole sound. */
  | { type: 'SoundTrimmed'; data: { sound_id: string; trim: SoundTrim | null } }
  /** Taken out of the library by somebody; its history stays, and so does the file for a while. */
  | { type: 'SoundRemoved'; data: { sound_id: string } }
  /** The file of a removed sound has left the folders; `kept` is false where there was none to keep. */
  | { type: 'SoundFileTrashed'; data: { sound_id: string; kept: boolean } }
  | { type: 'SoundRestored'; data: { sound_id: string } }
  /** Too long in the trash: the file is gone for good. */
  | { type: 'SoundPurged'; data: { sound_id: string } }
  | { type: 'SoundFavourited'; data: { sound_id: string; user_id: string } }
  | { type: 'SoundUnfavourited'; data: { sound_id: string; user_id: string } };

/** Stream `scan-<id>`. Lists are counted, not kept: each change is an event of its own. */
export type ScanEvent =
  | ScanCancelled
  | { type: 'ScanStarted'; data: { scan_id: string } }
  | {
      type: 'ScanFinished';
      data: {
        scan_id: string;
        added: number;
        updated: number;
        deleted: number;
        moved: number;
        duplicates: number;
        skipped: number;
        /** At most `scanErrorsKeptMax` of them. */
        errors: ScanReport['errors'];
        took_ms: number;
      };
    };

/** What had been found until then stays found. */
type ScanCancelled = {
  type: 'ScanCancelled';
  data: Extract<ScanEvent, { type: 'ScanFinished' }>['data'] & { done: number; total: number };
};

export const scanErrorsKeptMax = 100;

export const soundStream = (soundId: string): string => `sound-${soundId}`;
export const scanStream = (scanId: string): string => `scan-${scanId}`;
