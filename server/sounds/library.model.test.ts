/** Whatever is done to the files: after a scan the library is what lies on the disk. */
import { createHash } from 'node:crypto';
import {
  copyFile,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ScanReport, SoundType } from './contract.ts';
import { typeFolders } from './library-walk.ts';
import { tempFolder } from './testing/audio-files.ts';
import { badContent, fakeMedia } from './testing/fake-media.ts';
import { libraryOnDisk } from './testing/library-on-disk.ts';

const by = { actor: 'ann', origin: 'http' } as const;
const runs = 200;

/** Few places and contents, so that files meet. */
const place = fc.constantFrom(
  'soundboard/a.wav',
  'soundboard/b.wav',
  'soundboard/House/a.wav',
  'text_to_speech/a.wav',
  'extracted/c.mp3',
);
const content = fc.constantFrom(
  'one',
  'two',
  'six',
  'seventeen',
  `${badContent}x`,
  `${badContent}y`,
);
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('write'), to: place, content, old: fc.boolean() }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('copy'), from: place, to: place }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('move'), from: place, to: place }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('swap'), from: place, to: place }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('delete'), from: place }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('touch'), from: place }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('scan') }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('scan by itself') }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('cancelled scan'),
      after: fc.integer({ min: 1, max: 3 }),
    }),
  },
);
type Step = {
  do: string;
  from?: string;
  to?: string;
  content?: string;
  /** Written long ago; else just now. */
  old?: boolean;
  after?: number;
};
/**
 * No two writes have the same time: a file of the same size and time that is moved over another is
 * what a scan by path, size and time cannot see.
 */
let oldMs = 1_000_000_000_000;
let newMs = 0;
const timeOf = (old: boolean): Date => {
  if (old) return new Date((oldMs += 1000));
  return new Date((newMs = Math.max(newMs + 1, Date.now())));
};

const stamp = async (path: string, old: boolean): Promise<void> => {
  const time = timeOf(old);
  await utimes(path, time, time);
};

const apply = async (root: string, { do: what, from = '', to = '', ...rest }: Step) => {
  const [source, target] = [join(root, from), join(root, to)];
  if (to) await mkdir(dirname(target), { recursive: true });
  const quietly = (work: Promise<void>) => work.catch(() => undefined);
  switch (what) {
    case 'write':
      await writeFile(target, rest.content ?? '');
      return stamp(target, rest.old ?? false);
    case 'copy':
      if (from === to) return undefined;
      return quietly(copyFile(source, target).then(() => stamp(target, false)));
    case 'move':
      return quietly(rename(source, target));
    case 'swap':
      await quietly(rename(source, join(root, 'aside')));
      await quietly(rename(target, source));
      return quietly(rename(join(root, 'aside'), target));
    case 'delete':
      return rm(source, { force: true });
    case 'touch':
      return quietly(stamp(source, true));
  }
  return undefined;
};

const filesOnDisk = async (root: string): Promise<Map<string, string>> => {
  const files = new Map<string, string>();
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(relative(root, path), await readFile(path, 'utf8'));
  }
  return files;
};
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const pathOf = ({ type, filename }: { type: SoundType; filename: string }) =>
  `${typeFolders[type]}/${filename}`;

it('is the disk, after any sequence of changes and scans', async () => {
  const checkRun = async (steps: Step[]) => {
    await using folder = await tempFolder();
    let probesLeft = Number.POSITIVE_INFINITY;
    const media = fakeMedia(() => {
      probesLeft -= 1;
      if (probesLeft === 0) void library.cancel(by);
    });
    const { library, queries, kernel, originals } = await libraryOnDisk(folder.path, media);
    const scan = async (): Promise<ScanReport> => {
      const outcome = await library.scan(by);
      if (!outcome.ok) throw new Error('the scan was cancelled');
      return outcome.result;
    };
    const ever = new Set<string>();
    for (const one of steps) {
      if (one.do === 'scan') await scan();
      else if (one.do === 'scan by itself')
        await library.scan({ actor: 'system', origin: 'system' });
      else if (one.do === 'cancelled scan') {
        probesLeft = one.after ?? 1;
        await library.scan(by);
        probesLeft = Number.POSITIVE_INFINITY;
      } else await apply(originals, one);
      for (const { id } of queries.known()) ever.add(id);
    }

    const report = await scan();
    const disk = await filesOnDisk(originals);
    const present = queries.known().filter(({ missing }) => !missing);
    const contentAt = Object.fromEntries(
      present.map((sound) => [pathOf(sound), sha256(disk.get(pathOf(sound)) ?? '')]),
    );
    expect(Object.fromEntries(present.map((sound) => [pathOf(sound), sound.hash]))).toEqual(
      contentAt,
    );
    expect(Object.keys(contentAt)).toHaveLength(present.length);

    const good = [...disk].filter(([, text]) => !text.startsWith(badContent));
    const bad = [...disk].filter(([, text]) => text.startsWith(badContent));
    expect(new Set(present.map(({ hash }) => hash))).toEqual(
      new Set(good.map(([, text]) => sha256(text))),
    );
    const belowType = (path: string) => path.slice(path.indexOf('/') + 1);
    const copies = good.filter(([path]) => contentAt[path] === undefined);
    expect(report.duplicates.toSorted()).toEqual(
      copies.map(([path]) => belowType(path)).toSorted(),
    );
    expect(report.errors.map(({ file }) => file).toSorted()).toEqual(
      bad.map(([path]) => belowType(path)).toSorted(),
    );

    const known = new Set(queries.known().map(({ id }) => id));
    expect([...ever].filter((id) => !known.has(id))).toEqual([]);
    expect(kernel.projector.verify()).toEqual([]);
    expect(await scan()).toMatchObject({ added: [], updated: [], deleted: [], moved: [] });
    await kernel.stop();
  };
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 16 }), checkRun), {
    numRuns: runs,
  });
}, 120_000);
