import { readdirSync, statSync, lstatSync, type Stats } from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';

/** A folder whose files go along: the name that stands for it in backups, and what of it is kept. */
export type Root = {
  readonly name: string;
  readonly folder: string;
  /** Left out: all of it. */
  readonly parts?: readonly string[];
};

/** Of the folder of sounds; `temp` is work that begins anew. */
const soundParts = ['originals', 'normalized', 'trash'] as const;
/** Whatever is in these was put there by Encore itself, whole, and is never written again. */
const ownParts = ['sounds/normalized/', 'sounds/trash/'] as const;
/** Folders that lie on another disk are links in the first two levels; deeper ones lead anywhere. */
const linkDepthMax = 2;
const depthMax = 34;

export const isOwnFile = (path: string): boolean => ownParts.some((part) => path.startsWith(part));

const isInside = (folder: string, parent: string): boolean => {
  const way = relative(parent, folder);
  return !way.startsWith('..') && !isAbsolute(way);
};

/** Thumbnails are a root of their own where the configuration keeps them outside the sounds. */
export const rootsOf = (paths: {
  readonly soundsDir: string;
  readonly thumbnailsDir: string;
}): Root[] => [
  { name: 'sounds', folder: paths.soundsDir, parts: soundParts },
  ...(isInside(paths.thumbnailsDir, paths.soundsDir)
    ? []
    : [{ name: 'thumbnails', folder: paths.thumbnailsDir }]),
];

/** Where a stored path lies in this house; undefined for a root that it does not know. */
export const placeOf = (roots: readonly Root[], path: string): string | undefined => {
  const slash = path.indexOf('/');
  const root = roots.find(({ name }) => name === path.slice(0, slash));
  return root && join(root.folder, path.slice(slash + 1));
};

export type FoundFile = {
  readonly path: string;
  readonly place: string;
  readonly size: number;
  readonly mtime_ms: number;
};

const statOf = (place: string, depth: number): Stats | undefined => {
  try {
    return depth <= linkDepthMax ? statSync(place) : lstatSync(place);
  } catch {
    // It went away, or its name is no UTF-8, which the library does not know either.
    return undefined;
  }
};

function* walk(path: string, place: string, depth: number): Generator<FoundFile> {
  const names = readdirSync(place).toSorted();
  // Hidden ones are half written.
  for (const name of names.filter((one) => !one.startsWith('.'))) {
    const [below, at] = [`${path}/${name}`, join(place, name)];
    const stat = statOf(at, depth);
    if (stat?.isDirectory() && depth < depthMax) yield* walk(below, at, depth + 1);
    else if (stat?.isFile() && (depth > linkDepthMax || lstatSync(at).isFile())) {
      yield { path: below, place: at, size: stat.size, mtime_ms: Math.floor(stat.mtimeMs) };
    }
  }
}

/** Every file that goes along. @throws what the system says of a folder that cannot be read */
export function* soundFiles(roots: readonly Root[]): Generator<FoundFile> {
  for (const { name, folder, parts } of roots) {
    const tops = parts
      ? parts.map((part) => [`${name}/${part}`, join(folder, part)])
      : [[name, folder]];
    for (const [path = '', place = ''] of tops) {
      if (statOf(place, 0)?.isDirectory()) yield* walk(path, place, 1);
    }
  }
}
