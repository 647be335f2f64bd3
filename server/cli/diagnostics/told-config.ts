import type { Config } from '../../config.ts';
import type { Scrub } from './scrub.ts';

/** Whose text says how a box is set up, and neither who uses it nor how to get in. */
const toldKeys = new Set([
  'cookieSecure',
  'host',
  'dataDir',
  'soundsDir',
  'logDir',
  'playerSocket',
  'adminSocket',
  'folder',
  'level',
  'registration',
  'provider',
  'kind',
  'mode',
  'room',
  'output',
  'format',
  'tempDir',
  'thumbnailsDir',
  'ffmpeg',
  'ffprobe',
  'ytDlp',
  'searchPath',
  'engine',
  'espeak',
  'command',
  'voicesDir',
]);

const tell = (scrub: Scrub, key: string, value: unknown): unknown => {
  if (typeof value === 'string') {
    if (value === '') return '';
    return toldKeys.has(key) ? scrub(value) : '<set>';
  }
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((one: unknown) => tell(scrub, key, one));
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, tell(scrub, name, one)]),
  );
};

/** The configuration as Encore reads it; a text that is not known to be harmless is only said to be set. */
export const toldConfig = (config: Config, scrub: Scrub): unknown => tell(scrub, '', config);
