import type { Problem } from '../kernel/problem.ts';
import type { ExtractionFailureCode } from './contract.ts';
import type { ExtractionFailure } from './events.ts';
import type { SourceFailure } from './media-source.ts';

/** Of a tool's last words: what a log line may hold. */
const lastWordsCharactersMax = 2000;

export const failure = (
  code: ExtractionFailureCode,
  message: string,
  advice: string,
  lastWords = '',
): ExtractionFailure => ({
  code,
  message,
  advice,
  last_words: lastWords.slice(-lastWordsCharactersMax).toWellFormed(),
});

/** What a tool says of a link or a file. */
export const failedBy = ({ code, message, advice, last_words }: SourceFailure): ExtractionFailure =>
  failure(code, message, advice, last_words);

const minutes = (ms: number): string => `${Math.round(ms / 60_000)} minutes`;

export const timedOut = (limitMs: number): ExtractionFailure =>
  failure(
    'timed_out',
    `It was not there after ${minutes(limitMs)}.`,
    'Try again later, or take a shorter piece.',
  );

export const diskFull: ExtractionFailure = failure(
  'disk_full',
  'There is too little room on the disk of the sounds.',
  'Make room and try again.',
);

export const clipOutside = (what: 'begins' | 'ends'): ExtractionFailure =>
  failure(
    'clip_outside',
    `The piece ${what} after the end of the original.`,
    `Choose an earlier ${what === 'begins' ? 'start' : 'end'} and send the link again.`,
  );

/** What the library says of a file that it does not take. */
export const notKept = ({ code, detail }: Problem): ExtractionFailure =>
  code === 'disk_full'
    ? diskFull
    : failure('not_kept', `The library did not take it: ${detail}`, 'Try again, or another link.');

/** A fault of the system while a job runs; undefined for a bug. */
export const systemFault = (error: unknown): ExtractionFailure | undefined => {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (code === 'ENOSPC' || code === 'EDQUOT') return diskFull;
  if (!/^(EACCES|EPERM|EROFS|EIO|ENOTDIR|ENOENT|EMFILE)$/.test(code)) return undefined;
  return failure(
    'not_kept',
    `The folder for extractions cannot be written (${code}).`,
    'Make the folder of EXTRACTION_TEMP_DIR and that of the sounds writable, and try again.',
  );
};

export const unforeseen: ExtractionFailure = failure(
  'unknown',
  'Something unforeseen went wrong.',
  'Try again; the log of Encore has the details.',
);
