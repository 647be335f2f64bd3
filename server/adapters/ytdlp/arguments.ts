import type { Tool } from './tool.ts';

export const retries = 3;
const socketTimeoutSeconds = 20;

/**
 * What yt-dlp fetches by itself over HTTP. The others need programs that know nothing of the
 * address guard.
 */
const protocols = '[protocol~="^(https?|m3u8(_native)?|http_dash_segments|ism|f4m)$"]';

/** There is no such program, and so ffmpeg never touches the network. */
const noFfmpeg = '/nonexistent/ffmpeg';

/** Of whose marks `sponsored` consists. */
export const sponsoredCategories = 'sponsor,selfpromo,interaction';

/** Output names within the folder where yt-dlp runs: nothing that a site says is in them. */
export const mediaName = 'media';
export const pictureName = 'picture';

const whereKnown = (tool: Tool, option: string, ...values: string[]) =>
  tool.knows(option) ? [option, ...values] : [];

/**
 * Options for every call. The proxy stands in the environment: `--proxy` leaves FTP alone, which
 * then goes directly, and everybody on the box can read a command line.
 */
export const commonArguments = (tool: Tool, cookiesFile: string | null): string[] => [
  '--ignore-config',
  '--no-update',
  ...whereKnown(tool, '--no-plugin-dirs'),
  ...whereKnown(tool, '--no-remote-components'),
  // Others on the box are found otherwise, and not held by us.
  ...whereKnown(tool, '--no-js-runtimes'),
  ...whereKnown(tool, '--js-runtimes', `node:${process.execPath}`),
  '--no-cache-dir',
  ...(cookiesFile === null ? [] : ['--cookies', cookiesFile]),
  '--ffmpeg-location',
  noFfmpeg,
  '--downloader',
  'native',
  '--fixup',
  'never',
  '--socket-timeout',
  String(socketTimeoutSeconds),
  '--retries',
  String(retries),
  '--fragment-retries',
  String(retries),
  '--extractor-retries',
  '1',
  '--no-playlist',
  '--playlist-items',
  '1',
  '--format',
  `bestaudio${protocols}/best${protocols}`,
];

export const resolveArguments = (sponsorblock: boolean, sponsorblockApi: string | null) => [
  '--dump-single-json',
  ...(sponsorblock ? ['--sponsorblock-mark', sponsoredCategories] : []),
  ...(sponsorblock && sponsorblockApi !== null ? ['--sponsorblock-api', sponsorblockApi] : []),
];

export const downloadArguments = (tool: Tool, mediaBytesMax: number, progress: string) => [
  '--output',
  mediaName,
  '--output',
  `thumbnail:${pictureName}`,
  '--write-thumbnail',
  '--no-continue',
  '--no-mtime',
  '--abort-on-unavailable-fragments',
  '--match-filters',
  '!is_live',
  '--max-filesize',
  String(mediaBytesMax),
  '--newline',
  '--progress-template',
  progress,
  ...whereKnown(tool, '--progress-delta', '0.2'),
];
