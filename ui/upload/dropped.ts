import { isSoundFile } from './limits.ts';

export type Dropped = {
  files: File[];
  /** Files in folders that are no sounds, such as covers; what is dropped by itself is never left out. */
  leftOut: number;
};

/** A folder of all a house has is worth a scan, not an upload. */
const filesMax = 2_000;

const fileOf = (entry: FileSystemFileEntry): Promise<File> =>
  new Promise((resolve, reject) => entry.file(resolve, reject));

async function* entriesOf(folder: FileSystemDirectoryEntry): AsyncGenerator<FileSystemEntry> {
  const reader = folder.createReader();
  const some = (): Promise<FileSystemEntry[]> =>
    new Promise((resolve, reject) => reader.readEntries(resolve, reject));
  // It answers in parts, and with an empty one at the end.
  for (let part = await some(); part.length > 0; part = await some()) yield* part;
}

const walk = async (entry: FileSystemEntry, found: Dropped, inFolder: boolean): Promise<void> => {
  if (entry.isDirectory) {
    const folder = entry as FileSystemDirectoryEntry;
    for await (const one of entriesOf(folder)) await walk(one, found, true);
  } else if (inFolder && (!isSoundFile(entry.name) || entry.name.startsWith('.'))) {
    found.leftOut += 1;
  } else if (found.files.length < filesMax) {
    found.files.push(await fileOf(entry as FileSystemFileEntry));
  } else {
    found.leftOut += 1;
  }
};

/** The files behind what was dropped, those in folders included. */
export const droppedFiles = async (entries: readonly FileSystemEntry[]): Promise<Dropped> => {
  const found: Dropped = { files: [], leftOut: 0 };
  for (const entry of entries) await walk(entry, found, false);
  return found;
};
