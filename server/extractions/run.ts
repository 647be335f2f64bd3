import type { ExtractionProgress, ExtractionStep } from './contract.ts';
import type { ResolvedMedia } from './media-source.ts';

/** A job at work. */
export type Run = {
  readonly id: string;
  readonly user_id: string;
  readonly attempt: number;
  readonly signal: AbortSignal;
  /** What an earlier look found, of a job that waited for another with the same media. */
  readonly media: ResolvedMedia | null;
  stepTo(step: ExtractionStep): void;
  progress(progress: ExtractionProgress): void;
  /** Makes this media the run's own until its end; false while another run has it. */
  claim(mediaKey: string): boolean;
};

/** `waits`: another run makes the same; once that has ended, this one goes on with what it found. */
export type RunEnd = 'ended' | { readonly waits: string; readonly media: ResolvedMedia };
