import { msg, str } from '@lit/localize';
/** What the server takes: said before a file is sent for nothing. Held to its own list by a test. */
export const fileBytesMax = 200 * 1024 * 1024;

export const fileExtensions: readonly string[] =
  '.mp3 .mp2 .wav .flac .ogg .oga .opus .spx .m4a .m4b .mp4 .aac .wma .aiff .aif .webm .weba .mka .caf .wv .tta .ac3 .au'.split(
    ' ',
  );

export const limitsWord = msg(
  'MP3, WAV, FLAC, Ogg, Opus, M4A, AAC, WMA, AIFF and others, 200 MiB each',
);

const extensionOf = (name: string): string => /\.[^.]+$/.exec(name)?.[0].toLowerCase() ?? '';

/** Whether its name is that of a sound. */
export const isSoundFile = (name: string): boolean => fileExtensions.includes(extensionOf(name));

const mib = (bytes: number): string => (bytes / 1024 / 1024).toFixed(0);

/** Why a file need not be sent at all; null when it may be. */
export const limitFault = ({ name, size }: { name: string; size: number }): string | null => {
  if (!isSoundFile(name)) {
    return msg(
      str`Encore takes sound files (${fileExtensions.slice(0, 6).join(' ')} …). Convert it to one of them.`,
    );
  }
  if (size === 0) return msg('The file is empty.');
  if (size > fileBytesMax) {
    return msg(
      str`It has ${mib(size)} MiB, and a sound may have 200. Shorten it, or save it as MP3.`,
    );
  }
  return null;
};
