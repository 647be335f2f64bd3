import type { Backup } from '../../server/backups/contract.ts';
import { countWord } from '../design/words.ts';

/** "312 MB" */
export const bytesWord = (bytes: number): string => {
  if (bytes < 1e6) return `${Math.ceil(bytes / 1e3)} kB`;
  return bytes < 1e9 ? `${Math.round(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
};

const several = (count: number, one: string, many: string): string =>
  `${countWord(count)} ${count === 1 ? one : many}`;

/** "48,213 events, 214 files, 1.2 GB" */
export const contentWord = ({ position, files, files_bytes, database_bytes }: Backup): string =>
  [
    several(position, 'event', 'events'),
    several(files, 'file', 'files'),
    bytesWord(files_bytes + database_bytes),
  ].join(', ');

/** What a backup has not; empty where it has all. */
export const lackWord = ({ missing, left_out }: Backup): string => {
  const lacks = [
    ...(missing > 0 ? [`${several(missing, 'sound', 'sounds')} had no file`] : []),
    ...(left_out > 0 ? [`${several(left_out, 'file', 'files')} could not be read`] : []),
  ];
  return lacks.length === 0 ? '' : `Not in it: ${lacks.join(', and ')}.`;
};

/** A sentence of the server's, as it stands alone. */
export const asSentence = (text: string): string =>
  `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;
