import type { SourceFailure } from '../../extractions/media-source.ts';
import type { MediaFailure } from '../../sounds/media.ts';

const failure = (
  code: SourceFailure['code'],
  message: string,
  advice: string,
  last_words = '',
): SourceFailure => ({ ok: false, code, message, advice, last_words });

const diskFull = (words = '') =>
  failure(
    'disk_full',
    'There is no room left on the disk.',
    'Make room on the disk and try again.',
    words,
  );
export const tooLong = (words = '') =>
  failure(
    'too_long',
    'This takes longer than Encore keeps.',
    'Take a shorter clip of it, or ask the owner of the box for a higher limit.',
    words,
  );
export const tooLarge = () =>
  failure('too_large', 'The sound would be too large.', 'Take a shorter piece.');
export const outside = (message: string) =>
  failure('clip_outside', message, 'Choose another beginning and end.');

export const translated = ({ code, reason, last_words }: MediaFailure): SourceFailure => {
  switch (code) {
    case 'timed_out':
      return failure('timed_out', 'Converting took too long.', 'Try again later.', last_words);
    case 'too_long':
      return tooLong(last_words);
    case 'not_written':
      return diskFull(last_words);
    case 'not_audio':
    case 'no_picture':
      return failure('no_audio', 'There is no sound in this.', 'Choose another link.', last_words);
    case 'empty':
    case 'corrupt':
    case 'truncated':
    case 'playlist':
    case 'unreadable':
      return failure(
        'unknown',
        `What the site sent cannot be used: ${reason}.`,
        'Try again, or choose another link.',
        last_words,
      );
  }
};

export const notWritten = (error: unknown): SourceFailure => {
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) throw error;
  if (['ENOSPC', 'EDQUOT', 'EROFS'].includes(code)) return diskFull();
  return failure(
    'unknown',
    `The sound cannot be written (${code}).`,
    'Check that Encore may write to its temp folder.',
  );
};
