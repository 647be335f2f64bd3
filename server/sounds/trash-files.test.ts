import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { done } from '../kernel/command-bus.ts';
import { eventually } from '../kernel/testing/eventually.ts';
import { testKernel } from '../kernel/testing/test-kernel.ts';
import { soundDecider, type SoundCommand } from './decider.ts';
import { soundStream, type SoundFile } from './events.ts';
import { soundsProjection } from './projection.ts';
import { createTrash } from './trash.ts';
import { createTrashFiles } from './trash-files.ts';
import { createTrashQueries, trashKeptMs, type SoundFileRow } from './trash-queries.ts';

const content = 'RIFF, more or less';
const hash = createHash('sha256').update(content).digest('hex');
const row: SoundFileRow = {
  id: 's1',
  type: 'SDB',
  filename: 'Horn.WAV',
  hash,
  added_by: null,
  removed_at: null,
  trashed: 0,
  purged_at: null,
};
let dir: string;
let place: string;
let inTrash: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'encore-trash-'));
  place = join(dir, 'originals/soundboard/Horn.WAV');
  inTrash = join(dir, 'trash', `${hash}.wav`);
  mkdirSync(join(place, '..'), { recursive: true });
  writeFileSync(place, content);
});
afterEach(() => rmSync(dir, { recursive: true }));
const where = () => [existsSync(place), existsSync(inTrash)];

describe('a file', () => {
  it('goes into the trash and back, again and again', async () => {
    const files = createTrashFiles(dir);
    expect(await files.take(row)).toBe(true);
    expect(await files.take(row)).toBe(true);
    expect(where()).toEqual([false, true]);
    expect(await files.giveBack(row)).toBe('back');
    expect(await files.giveBack(row)).toBe('back');
    expect(where()).toEqual([true, false]);
  });

  it('that a crash left at both places ends where it should be', async () => {
    const files = createTrashFiles(dir);
    mkdirSync(join(dir, 'trash'));
    cpSync(place, inTrash);
    expect(await files.take(row)).toBe(true);
    expect(where()).toEqual([false, true]);
    cpSync(inTrash, place);
    expect(await files.giveBack(row)).toBe('back');
    expect(where()).toEqual([true, false]);
  });

  it('of other content at its place is left alone, both ways', async () => {
    const files = createTrashFiles(dir);
    await files.take(row);
    writeFileSync(place, 'something new');
    expect(await files.take(row)).toBe(true);
    expect(await files.giveBack(row)).toBe('taken');
    expect(readFileSync(place, 'utf8')).toBe('something new');
    expect(where()).toEqual([true, true]);
  });

  it('that is nowhere is neither kept nor given back', async () => {
    rmSync(place);
    const files = createTrashFiles(dir);
    expect(await files.take(row)).toBe(false);
    expect(await files.giveBack(row)).toBe('gone');
  });

  it('finds a free name beside files and beside places that others are known by', () => {
    const files = createTrashFiles(dir);
    writeFileSync(join(place, '../Horn (2).WAV'), '');
    const free = files.freePlace(row, (filename) => filename === 'Horn (3).WAV');
    expect(free).toEqual({ type: 'SDB', filename: 'Horn (4).WAV' });
    const long = { ...row, filename: `brass/${'ö'.repeat(100)}.wav` };
    expect(files.freePlace(long, (filename) => filename === long.filename).filename).toMatch(
      /^brass\/ö{90,97} \(2\)\.wav$/,
    );
  });

  it('takes a name in the trash that a crash left without its content', async () => {
    mkdirSync(join(dir, 'trash'));
    writeFileSync(inTrash, '');
    expect(await createTrashFiles(dir).take(row)).toBe(true);
    expect([where(), readFileSync(inTrash, 'utf8')]).toEqual([[false, true], content]);
  });

  // A file system of its own on every Linux.
  it.runIf(existsSync('/dev/shm'))('goes to another disk and back whole', async () => {
    const other = mkdtempSync('/dev/shm/encore-trash-');
    symlinkSync(other, join(dir, 'trash'));
    const files = createTrashFiles(dir);
    expect(await files.take(row)).toBe(true);
    expect([where(), readdirSync(other)]).toEqual([[false, true], [`${hash}.wav`]]);
    expect(await files.giveBack(row)).toBe('back');
    expect([where(), readdirSync(other)]).toEqual([[true, false], []]);
    expect(readFileSync(place, 'utf8')).toBe(content);
    rmSync(other, { recursive: true });
  });
});

describe('the trash', () => {
  const open = async ({ reacts = true } = {}) => {
    const kernel = testKernel({ projections: [soundsProjection] });
    const queries = createTrashQueries(kernel.storage);
    const trash = createTrash(kernel, { queries, files: createTrashFiles(dir) });
    kernel.connect({ feed: [], reactors: reacts ? [trash.reactor] : [] });
    kernel.start();
    const say = (command: SoundCommand) =>
      kernel.bus.execute({ actor: 'mira', origin: 'http' }, (tx) =>
        done(tx.decide(soundDecider, soundStream('s1'), command).accepted),
      );
    const file: SoundFile = {
      type: 'SDB',
      filename: row.filename,
      hash,
      size: content.length,
      duration_ms: 100,
      format: 'wav',
      codec: 'pcm_s16le',
      channels: 2,
      sample_rate: 48_000,
      demuxer: 'wav',
    };
    await say({ type: 'AddSound', sound_id: 's1', file, name: 'Horn', tags: [], known: false });
    await say({ type: 'RemoveSound' });
    if (reacts) await eventually(() => queries.fileOf('s1')?.trashed === 1);
    return { kernel, queries, trash, say };
  };
  const restore = { type: 'RestoreSound', place: row, lies_there: false } as const;

  it('that cannot be written is told, and takes what waits for it at the next start', async () => {
    const { kernel, queries, trash } = await open({ reacts: false });
    writeFileSync(join(dir, 'trash'), 'no folder');
    trash.start();
    await eventually(() => trash.trouble() !== undefined);
    trash.stop();
    expect(trash.trouble()).toContain('the file of one sound cannot be moved');
    expect([existsSync(place), queries.leaving()]).toEqual([true, ['s1']]);
    rmSync(join(dir, 'trash'));
    trash.start();
    await eventually(() => queries.fileOf('s1')?.trashed === 1 && trash.trouble() === undefined);
    trash.stop();
    expect([where(), queries.leaving()]).toEqual([[false, true], []]);
    await kernel.stop();
  });

  it('keeps a file for thirty days and not a moment less', async () => {
    const { kernel, trash, say } = await open();
    kernel.clock.advance(trashKeptMs);
    trash.start();
    expect(await say(restore)).toMatchObject({ ok: true, result: true });
    await eventually(() => existsSync(place));
    trash.stop();
    await kernel.stop();
  });

  it('deletes it then, and the sound cannot be restored any more', async () => {
    const { kernel, queries, trash, say } = await open();
    kernel.clock.advance(trashKeptMs + 1);
    expect(queries.removed(null, 10).total).toBe(1);
    trash.start();
    await eventually(() => !existsSync(inTrash));
    expect(queries.removed(null, 10)).toMatchObject({ items: [], total: 0 });
    expect(await say(restore)).toMatchObject({ result: false });
    trash.stop();
    await kernel.stop();
  });
});
