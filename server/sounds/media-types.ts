import { extname } from 'node:path';

type Container = {
  /** As a person calls it. */
  readonly called: string;
  /** Extension → media type; the first is the one to suggest. */
  readonly extensions: Readonly<Record<string, string>>;
};

/** By `AudioFacts.format`. */
const containers: Readonly<Record<string, Container>> = {
  mp3: { called: 'MP3', extensions: { '.mp3': 'audio/mpeg' } },
  wav: { called: 'WAV', extensions: { '.wav': 'audio/wav' } },
  w64: { called: 'Wave64', extensions: { '.w64': 'audio/x-w64' } },
  flac: { called: 'FLAC', extensions: { '.flac': 'audio/flac' } },
  ogg: {
    called: 'Ogg',
    extensions: { '.ogg': 'audio/ogg', '.oga': 'audio/ogg', '.opus': 'audio/ogg' },
  },
  aac: { called: 'AAC', extensions: { '.aac': 'audio/aac' } },
  m4a: {
    called: 'MPEG-4',
    extensions: { '.m4a': 'audio/mp4', '.m4b': 'audio/mp4', '.mp4': 'audio/mp4' },
  },
  webm: {
    called: 'WebM or Matroska',
    extensions: { '.webm': 'audio/webm', '.mka': 'audio/x-matroska' },
  },
  wma: { called: 'Windows Media', extensions: { '.wma': 'audio/x-ms-wma' } },
  aiff: { called: 'AIFF', extensions: { '.aiff': 'audio/aiff', '.aif': 'audio/aiff' } },
  caf: { called: 'CAF', extensions: { '.caf': 'audio/x-caf' } },
  ape: { called: "Monkey's Audio", extensions: { '.ape': 'audio/x-ape' } },
  wv: { called: 'WavPack', extensions: { '.wv': 'audio/x-wavpack' } },
  tta: { called: 'TTA', extensions: { '.tta': 'audio/x-tta' } },
  ac3: { called: 'AC-3', extensions: { '.ac3': 'audio/ac3' } },
  amr: { called: 'AMR', extensions: { '.amr': 'audio/amr' } },
  mpc: { called: 'Musepack', extensions: { '.mpc': 'audio/x-musepack' } },
  mpc8: { called: 'Musepack', extensions: { '.mpc': 'audio/x-musepack' } },
  au: { called: 'AU', extensions: { '.au': 'audio/basic' } },
};

const mediaTypes = new Map(
  Object.values(containers).flatMap(({ extensions }) => Object.entries(extensions)),
);

export const mediaTypeOf = (filename: string): string =>
  mediaTypes.get(extname(filename).toLowerCase()) ?? 'application/octet-stream';

/** What is wrong with this name for this content; undefined when they agree. */
export const nameMismatch = (filename: string, format: string): string | undefined => {
  const container = containers[format];
  if (!container) return `${filename} has a format that Encore does not take in (${format})`;
  const { called, extensions } = container;
  const extension = extname(filename);
  if (extension.toLowerCase() in extensions) return undefined;
  const stem = filename.slice(0, filename.length - extension.length);
  return `${filename} is ${called} inside. Rename it to ${stem}${Object.keys(extensions)[0]} and send it again`;
};
