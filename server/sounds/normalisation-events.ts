import type {
  NormalizationJob,
  NormalizationReport,
  NormalizedFormat,
  SoundType,
} from './contract.ts';
import type { Demuxer } from './media.ts';

/** `linear` and `gain` are one gain over the whole sound; `dynamic` followed it. */
export type NormalizationMode = 'linear' | 'gain' | 'dynamic';

/**
 * Why a file is not within 0.5 LU of its target at -2 dBTP: its peaks leave no more room, one pass
 * came no closer, or the encoder changes it more than can be made good.
 */
export type Unmet = 'true_peak' | 'one_pass' | 'encoding';

/** On stream `sound-<id>`. */
export type SoundNormalisationEvent =
  | {
      type: 'SoundNormalized';
      data: {
        sound_id: string;
        batch_id: string;
        /** Of the original that was levelled. */
        source_hash: string;
        /** In whose folder below `normalized` it lies, whatever becomes of the sound's type. */
        type: SoundType;
        filename: string;
        /** SHA-256, lower-case hex. */
        hash: string;
        size: number;
        duration_ms: number;
        format: NormalizedFormat;
        /** Null where the format loses nothing. */
        bitrate_kbps: number | null;
        channels: number;
        sample_rate: number;
        demuxer: Demuxer;
        target_lufs: number;
        /** Measured in the written file. */
        integrated_lufs: number;
        true_peak_dbtp: number;
        mode: NormalizationMode;
        unmet: Unmet | null;
        /** Of the original; null where it was not analysed, or gave no numbers. */
        source_integrated_lufs: number | null;
        source_true_peak_dbtp: number | null;
      };
    }
  | {
      type: 'NormalizationFailed';
      data: {
        sound_id: string;
        batch_id: string;
        source_hash: string;
        target_lufs: number;
        reason: string;
        /** The tool's last lines, bounded. */
        last_words: string;
      };
    }
  /** The file with this content is not in its folder any more: the original plays again. */
  | { type: 'NormalizedFileLost'; data: { sound_id: string; hash: string } };

/** Stream `normalization-<id>`. */
export type BatchEvent =
  | {
      type: 'BatchStarted';
      data: {
        batch_id: string;
        kind: NormalizationJob['kind'];
        /** The type or the sound; null for all, and for many that were picked. */
        of: string | null;
        force: boolean;
        passes: 1 | 2;
        target_lufs: number;
        format: NormalizedFormat;
        bitrate_kbps: number | null;
        total: number;
      };
    }
  | {
      type: 'BatchFinished';
      data: {
        batch_id: string;
        state: Exclude<NormalizationJob['state'], 'running'>;
        done: number;
        failed: number;
        /** Of those that did not fail: how many are beside their target. */
        unmet: number;
        /** At most `batchFailuresKeptMax`. */
        failures: Pick<NormalizationReport['failures'][number], 'file' | 'reason'>[];
      };
    };

export const batchFailuresKeptMax = 100;

export const batchStream = (batchId: string): string => `normalization-${batchId}`;
