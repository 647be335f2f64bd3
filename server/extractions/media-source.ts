/**
 * What extractions ask of the outside world: media behind a URL. An answer about a URL is a value;
 * only a bug and a cancelled signal throw. Durations in ms, sizes in bytes.
 */
import type {
  ExtractionFailureCode,
  ExtractionProgress,
  ExtractionStatus,
  YtDlpUpdate,
} from './contract.ts';

export type SourceFailure = {
  readonly ok: false;
  readonly code: ExtractionFailureCode;
  /** One plain sentence: what happened. */
  readonly message: string;
  /** One plain sentence: what to do. */
  readonly advice: string;
  /** The tool's last lines; empty when it said nothing. */
  readonly last_words: string;
};

export type Chapter = {
  readonly title: string;
  readonly start_ms: number;
  readonly end_ms: number;
};

/** A piece of the original to leave out. */
export type Span = { readonly start_ms: number; readonly end_ms: number };

export type ResolvedMedia = {
  /** yt-dlp's extractor key in lower case. */
  readonly service: string;
  /** The service's id, or the SHA-256 of the final URL where ids are bare file names. */
  readonly service_id: string;
  /** The page, without tracking parameters where the service says so. */
  readonly webpage_url: string;
  readonly title: string;
  readonly uploader: string | null;
  /** null when the service does not say. */
  readonly duration_ms: number | null;
  readonly chapters: readonly Chapter[];
  /** What SponsorBlock marks, when asked for; sorted, not overlapping. null: it did not answer. */
  readonly sponsored: readonly Span[] | null;
  /** The URL was a list and this is its first entry. */
  readonly playlist: { readonly title: string | null; readonly entries: number | null } | null;
};

export type DownloadedMedia = {
  /** Absolute, inside the folder that was given; as the service sent it. */
  readonly path: string;
  readonly size: number;
  /** A picture file beside it. */
  readonly thumbnail_path: string | null;
};

export type SourceLimits = {
  readonly mediaBytesMax: number;
  readonly durationMsMax: number;
  readonly timeoutMs: number;
};

export type MediaSource = {
  /** Asks the service what is behind the URL; downloads nothing. Lists yield their first entry. */
  resolve(
    url: string,
    options: {
      readonly sponsorblock: boolean;
      readonly limits: SourceLimits;
      readonly signal: AbortSignal;
    },
  ): Promise<({ readonly ok: true } & ResolvedMedia) | SourceFailure>;
  /**
   * The best audio and the thumbnail of what `resolve` found, into `folder`, which belongs to the
   * caller: on failure what is in it is no use. `onProgress` comes as often as the tool says something.
   */
  download(
    media: ResolvedMedia,
    options: {
      readonly folder: string;
      readonly limits: SourceLimits;
      readonly signal: AbortSignal;
      readonly onProgress: (progress: ExtractionProgress) => void;
    },
  ): Promise<({ readonly ok: true } & DownloadedMedia) | SourceFailure>;
  /** Whether there is a tool at all, working or not; without running it. */
  isThere(): Promise<boolean>;
  /** Of the tool and its cookies file. */
  status(): Promise<Pick<ExtractionStatus, 'yt_dlp' | 'cookies'>>;
  /** Fetches the newest release beside the present one, tries it, and keeps the one that works. */
  update(signal?: AbortSignal): Promise<YtDlpUpdate>;
  /** Back to the release before. */
  rollBack(): Promise<YtDlpUpdate>;
  /** Netscape format, kept with mode 0600. @returns what is wrong with it, null when kept */
  setCookies(text: string): Promise<string | null>;
  clearCookies(): Promise<void>;
  start(): Promise<void>;
  /** Ends what is under way. */
  stop(): Promise<void>;
};

/** Converts what was downloaded; part of the media tools (adapters/ffmpeg). */
export type ExtractedAudio = {
  readonly format: string;
  /** kbit/s; of no meaning to lossless formats. */
  readonly bitrateKbps: number;
  readonly start_ms: number | null;
  readonly end_ms: number | null;
  readonly leave_out: readonly Span[];
  readonly title: string;
  readonly artist: string | null;
  readonly chapters: readonly Chapter[];
  readonly duration_ms_max: number;
  readonly bytes_max: number;
};

export type AudioExtractor = {
  /**
   * The audio of `path` in the wanted format, cut and tagged, at `outPath`, whole or not at all. Where
   * nothing is cut and the codec is the wanted one already, its bytes are kept. Chapters are shifted with the cut.
   */
  extractAudio(
    path: string,
    outPath: string,
    wanted: ExtractedAudio,
    signal?: AbortSignal,
  ): Promise<
    { readonly ok: true; readonly duration_ms: number; readonly size: number } | SourceFailure
  >;
};
