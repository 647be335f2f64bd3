import { lstat, readdir } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { mapInOrder } from './job-limit.ts';
import type { SoundType } from './contract.ts';

export const typeFolders: Record<SoundType, string> = {
  SDB: 'soundboard',
  TTS: 'text_to_speech',
  EXT: 'extracted',
};

/** Each is made, identified, decoded and played in `adapters/vlc/formats.test.ts`. */
export const soundExtensions: ReadonlySet<string> = new Set([
  '.mp3',
  '.mp2',
  '.wav',
  '.flac',
  '.ogg',
  '.oga',
  '.opus',
  '.spx',
  '.m4a',
  '.m4b',
  '.mp4',
  '.aac',
  '.wma',
  '.aiff',
  '.aif',
  '.webm',
  '.weba',
  '.mka',
  '.caf',
  '.wv',
  '.tta',
  '.ac3',
  '.au',
]);

export const isSoundName = (name: string): boolean =>
  soundExtensions.has(extname(name).toLowerCase());

const skippedFolders: ReadonlySet<string> = new Set(['temp', 'thumbnails']);

/** Hidden, and so perhaps half written, or a folder that is not the library's. */
export const isSkippedName = (path: string): boolean =>
  basename(path).startsWith('.') || skippedFolders.has(basename(path));

const statsMax = 32;
const depthMax = 32;

export type LibraryFile = {
  readonly type: SoundType;
  /** Path below the type's folder, `/` between folders. */
  readonly filename: string;
  readonly path: string;
  readonly size: number;
  readonly mtime_ms: number;
};

export type LibraryWalk = {
  readonly files: readonly LibraryFile[];
  /** Links, and files that are no sounds by their extension. */
  readonly skipped: number;
  /** Folders and files that could not be looked at: what is below them is unknown, not missing. */
  readonly unseen: readonly {
    readonly type: SoundType;
    /** '' is the type's folder itself. */
    readonly filename: string;
    readonly reason: string;
  }[];
};

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? '';

/** Node reads names as UTF-8; what is none comes with this sign, and cannot be asked for by it. */
const isUnreadableName = (name: string, error: unknown): boolean =>
  name.includes('\uFFFD') && codeOf(error) === 'ENOENT';

const words = (what: 'file' | 'folder', name: string, error: unknown): string => {
  const code = codeOf(error);
  if (isUnreadableName(name, error)) return `the ${what} name is not valid UTF-8: rename it`;
  if (code === 'ENOENT') return `the ${what} is not there`;
  if (code === 'EACCES' || code === 'EPERM') {
    return `the ${what} may not be read: allow it to the user that Encore runs as`;
  }
  return `the ${what} cannot be read (${code})`;
};

const byName = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Links are never followed: one that stays in the library only repeats a file that is found
 * anyway, any other leads out of it. `onFolder` is told of each folder before it is read; those of
 * `passedOver`, absolute paths, are not the library's.
 */
export const walkLibrary = async (
  root: string,
  signal?: AbortSignal,
  onFolder?: (path: string) => void,
  passedOver: ReadonlySet<string> = new Set(),
): Promise<LibraryWalk> => {
  const candidates: Pick<LibraryFile, 'type' | 'filename' | 'path'>[] = [];
  const unseen: LibraryWalk['unseen'][number][] = [];
  let skipped = 0;

  const walk = async (type: SoundType, folder: string, depth: number): Promise<void> => {
    signal?.throwIfAborted();
    const path = join(root, typeFolders[type], folder);
    onFolder?.(path);
    let entries;
    try {
      entries = await readdir(path, { withFileTypes: true });
    } catch (error) {
      unseen.push({ type, filename: folder, reason: words('folder', folder, error) });
      return;
    }
    for (const entry of entries.toSorted((a, b) => byName(a.name, b.name))) {
      if (entry.name.startsWith('.')) continue;
      const filename = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (skippedFolders.has(entry.name) || passedOver.has(join(path, entry.name))) continue;
        if (depth < depthMax) await walk(type, filename, depth + 1);
        else
          unseen.push({ type, filename, reason: `folders are nested more than ${depthMax} deep` });
      } else if (entry.isFile() && isSoundName(entry.name)) {
        candidates.push({ type, filename, path: join(path, entry.name) });
      } else skipped += 1;
    }
  };
  onFolder?.(root);
  for (const type of Object.keys(typeFolders) as SoundType[]) await walk(type, '', 0);

  const files: LibraryFile[] = [];
  const stats = mapInOrder(candidates, statsMax, async (candidate) => {
    signal?.throwIfAborted();
    try {
      const { size, mtimeMs } = await lstat(candidate.path);
      return { candidate, size, mtime_ms: Math.floor(mtimeMs) };
    } catch (error) {
      return { candidate, error };
    }
  });
  for await (const stat of stats) {
    const { type, filename } = stat.candidate;
    if (!('error' in stat)) {
      files.push({ ...stat.candidate, size: stat.size, mtime_ms: stat.mtime_ms });
    } else if (codeOf(stat.error) !== 'ENOENT' || isUnreadableName(filename, stat.error)) {
      unseen.push({ type, filename, reason: words('file', filename, stat.error) });
    }
  }
  return { files, skipped, unseen };
};
