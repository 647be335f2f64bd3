import type { Logger } from '../../kernel/logger.ts';
import type { MediaSource } from '../../extractions/media-source.ts';

export type YtDlpOptions = {
  /** YTDLP_PATH, a path or a name on `searchPath`; null: the own copy, then the system's. */
  readonly configured: string | null;
  /** PATH: where the system's yt-dlp and python3 are looked for. */
  readonly searchPath: string;
  /** The own copy and the cookies file are in `<dataDir>/yt-dlp/`. */
  readonly dataDir: string;
  /** Work folders of running calls, `yt-dlp-*`; left-over ones go at `start`. */
  readonly tempDir: string;
  /** EXTRACTION_ALLOW_PRIVATE_HOSTS: names, addresses and CIDRs that the address guard lets through. */
  readonly allowedHosts: readonly string[];
  readonly logger: Logger;
  /** Where `yt-dlp` and `SHA2-256SUMS` of the newest release are. */
  readonly releasesUrl?: string;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
};

/** yt-dlp behind the port of extractions: its own processes, reaching the network through a guard. */
export const createYtDlpSource = (_options: YtDlpOptions): MediaSource => {
  throw new Error('not there yet');
};
