import type { ScanReport, SoundType } from './contract.ts';
import type { Demuxer } from './media.ts';
import type { SoundNormalisationEvent } from './normalisation-events.ts';

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
  | SoundNormalisationEvent
  | { type: 'SoundAdded'; data: SoundFile & { sound_id: string; name: string; tags: string[] } }
  | { type: 'SoundFileReplaced'; data: SoundFile & { sound_id: string } }
  | { type: 'SoundFileMoved'; data: { sound_id: string; type: SoundType; filename: string } }
  | { type: 'SoundMissing'; data: { sound_id: string } }
  | { type: 'SoundFound'; data: { sound_id: string } };

/** Stream `scan-<id>`. Lists are counted, not kept: each change is an event of its own. */
export type ScanEvent =
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

export const scanErrorsKeptMax = 100;

export const soundStream = (soundId: string): string => `sound-${soundId}`;
export const scanStream = (scanId: string): string => `scan-${scanId}`;
