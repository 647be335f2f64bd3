import { z } from 'zod';
import type { Storage } from '../kernel/storage.ts';
import type { SoundType } from '../sounds/contract.ts';
import { typeFolders } from '../sounds/index.ts';
import type { PlaylistEntry } from './contract.ts';
import { readM3u, writeM3u, type ExportedEntry, type Mention } from './m3u.ts';

/** The JSON form: what a list is, without ids of this house. */
const jsonList = z.object({
  name: z.string().optional(),
  entries: z.array(
    z.object({
      hash: z.string().optional(),
      file: z.string().optional(),
      name: z.string().optional(),
    }),
  ),
});

const parsedJson = (content: string): unknown => {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
};

/** Undefined: this is no list in Encore's JSON form. */
const readJson = (content: string): Mention[] | undefined => {
  const read = jsonList.safeParse(parsedJson(content));
  if (!read.success) return undefined;
  return read.data.entries.map(({ hash, file, name }) => ({
    line: (file ?? name ?? hash ?? '').slice(0, 200),
    hash,
    file: file?.slice(file.lastIndexOf('/') + 1),
    title: name,
  }));
};

/** Lists as files, and files as lists: sounds are found by content, then file name, then title. */
export const createTransfer = (storage: Storage) => {
  const inLibrary = 'removed_at IS NULL';
  const fileRow = storage.prepare<[string], { type: SoundType; filename: string; hash: string }>(
    'SELECT type, filename, hash FROM sounds WHERE id = ?',
  );
  const byHash = storage
    .prepare<[string], string>(`SELECT id FROM sounds WHERE hash = ? AND ${inLibrary}`)
    .pluck();
  const all = storage.prepare<[], { id: string; filename: string; name: string }>(
    `SELECT id, filename, name FROM sounds WHERE ${inLibrary} ORDER BY created_at, id`,
  );

  const exported = (entry: PlaylistEntry): ExportedEntry => {
    const row = fileRow.get(entry.sound.id);
    const file = row ? `originals/${typeFolders[row.type]}/${row.filename}` : '';
    return { sound: entry.sound, file, hash: row?.hash ?? '' };
  };

  /** Built once for an import: thousands of lines are looked up in it. */
  const finder = () => {
    const byFile = new Map<string, string>();
    const byName = new Map<string, string>();
    for (const { id, filename, name } of all.all()) {
      const file = filename.slice(filename.lastIndexOf('/') + 1).toLowerCase();
      if (!byFile.has(file)) byFile.set(file, id);
      if (!byName.has(name.toLowerCase())) byName.set(name.toLowerCase(), id);
    }
    return ({ hash, file, title }: Mention): string | undefined =>
      (hash === undefined ? undefined : byHash.get(hash)) ??
      (file === undefined ? undefined : byFile.get(file.toLowerCase())) ??
      (title === undefined ? undefined : byName.get(title.toLowerCase()));
  };

  return {
    toM3u: (name: string, entries: readonly PlaylistEntry[]): string =>
      writeM3u(name, entries.map(exported)),

    toJson: (name: string, entries: readonly PlaylistEntry[]) => ({
      name,
      entries: entries
        .map(exported)
        .map(({ sound, file, hash }) => ({ hash, file, name: sound.name })),
    }),

    /** Sounds in order, and the lines that name none; undefined where the content is no list. */
    read(
      format: 'm3u8' | 'json',
      content: string,
    ): { soundIds: string[]; unmatched: string[] } | undefined {
      const mentions = format === 'm3u8' ? readM3u(content) : readJson(content);
      if (!mentions) return undefined;
      const find = finder();
      const soundIds: string[] = [];
      const unmatched: string[] = [];
      for (const mention of mentions) {
        const id = find(mention);
        if (id === undefined) unmatched.push(mention.line);
        else soundIds.push(id);
      }
      return { soundIds, unmatched };
    },
  };
};
export type Transfer = ReturnType<typeof createTransfer>;
