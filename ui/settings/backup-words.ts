import { msg, str } from '@lit/localize';
import type { Backup, BackupFailureCode } from '../../server/backups/contract.ts';
import { countWord, decimalWord } from '../design/words.ts';
import { serverWords } from '../languages/server-words.ts';
import { soundsWord } from '../library/words.ts';

/** "312 MB" */
export const bytesWord = (bytes: number): string => {
  if (bytes < 1e6) return `${Math.ceil(bytes / 1e3)} kB`;
  return bytes < 1e9 ? `${Math.round(bytes / 1e6)} MB` : `${decimalWord(bytes / 1e9)} GB`;
};

const eventsWord = (count: number): string =>
  count === 1 ? msg('1 event') : msg(str`${countWord(count)} events`);
const filesWord = (count: number): string =>
  count === 1 ? msg('1 file') : msg(str`${countWord(count)} files`);

/** What the server says it does. */
const stages: Readonly<Record<string, string>> = {
  'Copying the log and all that is known': msg('Copying the log and all that is known'),
  'Proving the copy': msg('Proving the copy'),
  'Copying sounds': msg('Copying sounds'),
};
export const stageWord = (title: string): string => stages[title] ?? msg('Backing up');

/** "48,213 events, 214 files, 1.2 GB" */
export const contentWord = ({ position, files, files_bytes, database_bytes }: Backup): string =>
  [eventsWord(position), filesWord(files), bytesWord(files_bytes + database_bytes)].join(', ');

/** What a backup has not; empty where it has all. */
export const lackWord = ({ missing, left_out }: Backup): string => {
  const lacks = [
    ...(missing > 0 ? [msg(str`${soundsWord(missing)} had no file`)] : []),
    ...(left_out > 0 ? [msg(str`${filesWord(left_out)} could not be read`)] : []),
  ];
  return lacks.length === 0 ? '' : msg(str`Not in it: ${lacks.join('; ')}.`);
};

/** A sentence of the server's, as it stands alone. */
export const asSentence = (text: string): string =>
  `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;

/** Why one failed: by its code in other languages, where the folder's name does not matter. */
export const failureWord = (failure: { code: BackupFailureCode; reason: string }): string =>
  serverWords(`backup.${failure.code}`, asSentence(failure.reason));
