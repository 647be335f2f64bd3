import {
  appendFile,
  mkdir,
  readdir,
  rename,
  rm,
  stat,
  symlink,
  truncate,
  utimes,
} from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMediaTools, createRunChild } from '../adapters/ffmpeg/index.ts';
import { createDerivedFiles } from './derived-files.ts';
import { mediaFailure, type MediaTools } from './media.ts';
import { nameOf, tagsOf } from './describe-file.ts';
import { scan } from './scanner.ts';
import type { Finding, KnownSound, ScanOptions } from './scanner.ts';
import { collect, copyTo, put, tempFolder, tone } from './testing/audio-files.ts';
import type { TempFolder } from './testing/audio-files.ts';

const tools = createMediaTools(undefined, createRunChild([]));
let samples: TempFolder;
let folder: TempFolder;
let probed: string[] = [];
const media: MediaTools = {
  ...tools,
  probe: (path, signal) => {
    probed.push(path);
    return tools.probe(path, signal);
  },
};
const sample = (name: 'a' | 'b' | 'c') => join(samples.path, `${name}.wav`);
const original = (name: string) => join(folder.path, 'originals', name);

beforeAll(async () => {
  samples = await tempFolder();
  await tone(sample('a'), { hertz: 300 });
  await tone(sample('b'), { hertz: 600 });
  await tone(sample('c'), { hertz: 900, seconds: 0.7 });
});
afterAll(() => samples[Symbol.asyncDispose]());
beforeEach(async () => {
  probed = [];
  folder = await tempFolder();
  for (const type of ['soundboard', 'text_to_speech', 'extracted']) {
    await mkdir(original(type), { recursive: true });
  }
  return () => folder[Symbol.asyncDispose]();
});

const scanned = async (known: readonly KnownSound[] = [], more: Partial<ScanOptions> = {}) => {
  const derived = createDerivedFiles(join(folder.path, 'cache'), media);
  const options = { originals: original(''), known, jobsMax: 2, ...more };
  return collect(scan(options, { media, derived }));
};

const remember = (findings: readonly Finding[]): KnownSound[] =>
  findings.flatMap((finding) =>
    finding.kind === 'added'
      ? [{ ...finding.file, id: `id of ${finding.file.filename}`, missing: false }]
      : [],
  );

const filenameOf = (finding: Finding): string => {
  if (finding.kind === 'error') return finding.filename;
  if ('file' in finding && finding.file) return finding.file.filename;
  return 'sound' in finding ? finding.sound.filename : '';
};

const told = (findings: readonly Finding[]) =>
  findings.map((finding) => `${finding.kind} ${filenameOf(finding)}`);

describe('new files', () => {
  it('are described with everything the library keeps', async () => {
    await copyTo(sample('a'), original('soundboard/House/Front_door-bell.wav'));
    const findings = await scanned();
    expect(findings).toMatchObject([
      {
        kind: 'added',
        file: {
          type: 'SDB',
          filename: 'House/Front_door-bell.wav',
          name: 'Front door bell',
          tags: ['house'],
          hash: expect.stringMatching(/^[0-9a-f]{64}$/),
          audio: { duration_ms: 500, demuxer: 'wav', format: 'wav', channels: 2 },
          bars: 'f'.repeat(44),
          wav_path: expect.stringContaining('/cache/wav/'),
        },
      },
    ]);
  });

  it('are found in every type folder and below, but for hidden, temporary and foreign ones', async () => {
    await copyTo(sample('a'), original('soundboard/x/y/z.wav'));
    await copyTo(sample('b'), original('text_to_speech/hello.wav'));
    await copyTo(sample('c'), original('extracted/song.WAV'));
    for (const skipped of ['.hidden.wav', 'temp/part.wav', 'thumbnails/t.wav', '.git/x.wav']) {
      await copyTo(sample('a'), original(`soundboard/${skipped}`));
    }
    await put(original('soundboard/cover.jpg'), 'x');
    await symlink(sample('b'), original('soundboard/out.wav'));
    await symlink(samples.path, original('soundboard/outside'));
    expect(told(await scanned())).toEqual(['added x/y/z.wav', 'added hello.wav', 'added song.WAV']);
  });

  it('of one content are one sound and its duplicates', async () => {
    for (const name of ['1', '2', '3'])
      await copyTo(sample('a'), original(`soundboard/${name}.wav`));
    const findings = await scanned();
    expect(told(findings)).toEqual(['added 1.wav', 'duplicate 2.wav', 'duplicate 3.wav']);
    expect(findings[1]).toMatchObject({ of: { id: null, type: 'SDB', filename: '1.wav' } });
  });

  it('that are no sound are refused together with their copies', async () => {
    for (const name of ['1', '2']) await put(original(`soundboard/${name}.mp3`), 'the same text');
    const reason = 'this is not audio, whatever its name says';
    expect(await scanned()).toMatchObject([
      { kind: 'error', filename: '1.mp3', reason },
      { kind: 'error', filename: '2.mp3', reason },
    ]);
  });

  it('may have any name a disk can hold', async () => {
    const names = [
      'new\nline.wav',
      'Größe 🎺.wav',
      `${'n'.repeat(246)}.wav`,
      '..wav.wav',
      'a\\..\\b.wav',
    ];
    const shown = names.filter((name) => !name.startsWith('.'));
    for (const [i, name] of names.entries()) {
      await copyTo(sample('a'), original(`soundboard/${name}`));
      await appendFile(original(`soundboard/${name}`), 'x'.repeat(i + 1));
    }
    const findings = await scanned();
    expect(new Set(told(findings))).toEqual(new Set(shown.map((name) => `added ${name}`)));
  });
});

describe('a second scan', () => {
  let known: KnownSound[] = [];
  beforeEach(async () => {
    await copyTo(sample('a'), original('soundboard/a.wav'));
    await copyTo(sample('b'), original('soundboard/b.wav'));
    known = remember(await scanned());
    probed = [];
  });

  it('does not read unchanged files', async () => {
    const doubted = known.map((sound) => ({ ...sound, hash: sound.hash.toUpperCase() }));
    expect(told(await scanned(doubted))).toEqual(['unchanged a.wav', 'unchanged b.wav']);
    expect(probed).toEqual([]);
  });

  it('hashes a touched file and finds it unchanged', async () => {
    await utimes(original('soundboard/a.wav'), 1, 1);
    const findings = await scanned(known);
    expect(
      findings.find((finding) => finding.kind === 'unchanged' && finding.touched),
    ).toMatchObject({
      sound: { id: 'id of a.wav' },
      file: { mtime_ms: 1000 },
    });
    expect(probed).toEqual([]);
  });

  it('follows a renamed file, across types too', async () => {
    await rename(original('soundboard/a.wav'), original('extracted/elsewhere.wav'));
    const findings = await scanned(known);
    expect(told(findings)).toEqual(['unchanged b.wav', 'moved elsewhere.wav']);
    expect(findings[1]).toMatchObject({ sound: { id: 'id of a.wav' }, file: { type: 'EXT' } });
  });

  it('keeps two sounds apart whose files have changed places', async () => {
    await rename(original('soundboard/a.wav'), original('soundboard/t.wav'));
    await rename(original('soundboard/b.wav'), original('soundboard/a.wav'));
    await rename(original('soundboard/t.wav'), original('soundboard/b.wav'));
    await utimes(original('soundboard/a.wav'), 2, 2);
    await utimes(original('soundboard/b.wav'), 3, 3);
    expect(new Set(told(await scanned(known)))).toEqual(new Set(['moved a.wav', 'moved b.wav']));
  });

  it('sees new content at an old place', async () => {
    await copyTo(sample('c'), original('soundboard/a.wav'));
    const findings = await scanned(known);
    expect(findings[1]).toMatchObject({
      kind: 'updated',
      sound: { id: 'id of a.wav' },
      file: { audio: { duration_ms: 700 } },
    });
  });

  it('marks a vanished file missing once, and finds it again', async () => {
    await rename(original('soundboard/a.wav'), join(folder.path, 'kept.wav'));
    expect(told(await scanned(known))).toEqual(['unchanged b.wav', 'missing a.wav']);
    const missing = known.map((sound) => ({ ...sound, missing: sound.filename === 'a.wav' }));
    expect(told(await scanned(missing))).toEqual(['unchanged b.wav']);
    await rename(join(folder.path, 'kept.wav'), original('soundboard/a.wav'));
    expect(told(await scanned(missing))).toEqual(['found a.wav', 'unchanged b.wav']);
  });

  it('does not call sounds missing whose folder is not there', async () => {
    await rm(original('soundboard'), { recursive: true });
    expect(await scanned(known)).toMatchObject([
      { kind: 'error', type: 'SDB', filename: '', reason: 'the folder is not there' },
    ]);
  });

  it('misses the sound of a file that has become something else, and says what', async () => {
    await put(original('soundboard/a.wav'), 'text');
    const findings = await scanned(known);
    expect(told(findings)).toEqual(['unchanged b.wav', 'missing a.wav', 'error a.wav']);
    expect(findings[2]).toMatchObject({ refused: { filename: 'a.wav', size: 4 } });
  });

  it('keeps the sound of a changed file that cannot be read just now', async () => {
    await copyTo(sample('c'), original('soundboard/a.wav'));
    const busy: MediaTools = {
      ...media,
      probe: async () => mediaFailure('timed_out', 'reading the file took too long'),
    };
    const derived = createDerivedFiles(join(folder.path, 'cache'), media);
    const options = { originals: original(''), known, jobsMax: 2 };
    const findings = await collect(scan(options, { media: busy, derived }));
    expect(told(findings)).toEqual(['unchanged b.wav', 'error a.wav']);
    expect(findings[1]).toMatchObject({ refused: null });
  });

  it('does not read again what it has refused, but reports it', async () => {
    await put(original('soundboard/text.mp3'), 'text');
    const options = { rememberedRefusal: () => 'this is not audio' };
    const findings = await scanned(known, options);
    expect(findings.at(-1)).toMatchObject({ kind: 'error', reason: 'this is not audio' });
    expect(probed).toEqual([]);
  });

  it('misses the sound whose place has been taken by a file refused before', async () => {
    await put(original('soundboard/a.wav'), 'text');
    const findings = await scanned(known, { rememberedRefusal: () => 'this is not audio' });
    expect(told(findings)).toEqual(['unchanged b.wav', 'error a.wav', 'missing a.wav']);
  });

  it('refuses what is too large without reading it', async () => {
    for (const name of ['huge.wav', 'huge.mp3']) {
      await put(original(`soundboard/${name}`), '');
      await truncate(original(`soundboard/${name}`), 2 * 1024 ** 3);
    }
    const unread = { rememberedHash: () => expect.fail('looked for the content') };
    const findings = await scanned(known, unread);
    const reason = 'the file is larger than 1 GiB: store it as FLAC or MP3, or cut it';
    expect(findings.slice(-2)).toMatchObject([{ reason }, { reason }]);
    expect(probed).toEqual([]);
  });

  it('reports a copy as a duplicate of the known sound', async () => {
    await copyTo(sample('a'), original('soundboard/copy.wav'));
    expect((await scanned(known)).at(-1)).toMatchObject({
      kind: 'duplicate',
      of: { id: 'id of a.wav' },
    });
  });
});

describe('bad files', () => {
  it('are reported and never stop the scan', async () => {
    await put(original('soundboard/1 empty.mp3'), '');
    await put(original('soundboard/2 text.mp3'), 'hello');
    await put(original('soundboard/3 list.mp3'), '#EXTM3U\n/etc/passwd');
    const flac = await tone(join(samples.path, 'long.flac'), { seconds: 4 });
    const half = (await stat(flac)).size / 2;
    await copyTo(flac, original('soundboard/4 cut.flac'));
    await truncate(original('soundboard/4 cut.flac'), Math.floor(half));
    await copyTo(sample('a'), original('soundboard/5 good.wav'));
    const findings = await scanned();
    expect(
      findings.map((finding) => (finding.kind === 'error' ? finding.reason : finding.kind)),
    ).toEqual([
      'the file is empty',
      'this is not audio, whatever its name says',
      'this is a playlist that names other files, not a sound',
      'the file ends too early: part of the sound it declares is not there',
      'added',
    ]);
  });

  it('that change while they are read are still being written', async () => {
    await copyTo(sample('a'), original('soundboard/a.wav'));
    const growing: MediaTools = {
      ...media,
      probe: async (path) => {
        await appendFile(path, 'more');
        return media.probe(path);
      },
    };
    const derived = createDerivedFiles(join(folder.path, 'cache'), media);
    const options = { originals: original(''), known: [], jobsMax: 2 };
    const findings = await collect(scan(options, { media: growing, derived }));
    expect(findings).toMatchObject([{ kind: 'error', reason: 'the file is still being written' }]);
  });

  it('do not lose a sound when the cache cannot be written', async () => {
    await copyTo(sample('a'), original('soundboard/a.wav'));
    await put(join(folder.path, 'cache'), 'a file where the folder should be');
    expect(await scanned()).toMatchObject([{ kind: 'added', file: { wav_path: null } }]);
  });
});

it('counts its progress and can be cancelled', async () => {
  for (let i = 0; i < 12; i++) {
    await copyTo(sample('a'), original(`soundboard/${i}.wav`));
    await appendFile(original(`soundboard/${i}.wav`), 'x'.repeat(i));
  }
  const cancel = new AbortController();
  const seen: number[] = [];
  const onProgress = ({ done, total }: { done: number; total: number }) => {
    expect(total).toBe(12);
    seen.push(done);
    if (done === 3) cancel.abort(new Error('enough'));
  };
  await expect(scanned([], { onProgress, signal: cancel.signal })).rejects.toThrow('enough');
  expect(seen.slice(0, 3)).toEqual([1, 2, 3]);
  const left = await readdir(join(folder.path, 'cache'), { recursive: true });
  expect(left.filter((name) => name.endsWith('.part'))).toEqual([]);
});

it('takes names and tags from the path', () => {
  expect(nameOf('memes/sad_trombone-long.mp3')).toBe('sad trombone long');
  expect(nameOf('Air horn.mp3')).toBe('Air horn');
  expect(nameOf('___.mp3')).toBe('___.mp3');
  expect(nameOf('v1.2 final.flac')).toBe('v1.2 final');
  expect(tagsOf('Memes/old/x.mp3')).toEqual(['memes']);
  expect(tagsOf('x.mp3')).toEqual([]);
});
