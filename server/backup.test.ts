import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { findBackup } from './adapters/backup/find-backup.ts';
import { restoreBackup } from './adapters/backup/restore-backup.ts';
import { takeBackup, type BackupTarget, type TakenBackup } from './adapters/backup/take-backup.ts';
import { verifyBackup } from './adapters/backup/verify-backup.ts';
import {
  look,
  startPressedHouse,
  tamper,
  type PressedHouse,
} from './audit/testing/pressed-house.ts';
import { createBackupMaker } from './backup-maker.ts';
import { childEnvironment, projectRoot } from './config.ts';
import { houseProof, houseSource, type HousePaths } from './house-backup.ts';
import { houseProjections } from './house-kernel.ts';
import { openStorageToRead } from './kernel/storage.ts';
import { tableDifferences } from './kernel/table-diff.ts';
import { temporaryFolder } from './kernel/testing/temporary-folder.ts';
import { startTestApp, eventually, type TestApp } from './testing/test-app.ts';

// Whole houses, real ffmpeg and disks that flush: on a busy machine they take their time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const keep = { daily: 7, weekly: 4, monthly: 12 };
const quietly = () => undefined;
const pathsOf = (dir: string): HousePaths => ({
  dataDir: join(dir, 'data'),
  soundsDir: join(dir, 'sounds'),
  thumbnailsDir: join(dir, 'sounds', 'originals', 'extracted', 'thumbnails'),
});

let house: PressedHouse;
let paths: HousePaths;
/** A backup of the house, for tests that only read it or copies of it. */
let shelf: string;
let taken: TakenBackup;

const take = (folder: string, options: Partial<BackupTarget> = {}, now = new Date()) =>
  takeBackup(houseSource(paths), { folder, isKnown: false, keep, ...options }, now, quietly);
const verify = (backup: string) => verifyBackup(findBackup(backup), houseProof, quietly);
const restore = (backup: string, dir: string, force = false) => {
  const to = pathsOf(dir);
  mkdirSync(to.dataDir, { recursive: true });
  const target = { dataDir: to.dataDir, roots: houseSource(to).roots, force };
  return restoreBackup(findBackup(backup), target, houseProof, new Date(), quietly);
};

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();

beforeAll(async () => {
  house = await startPressedHouse({ BACKUP_AT: 'off' });
  paths = pathsOf(house.app.dir);
  writeFileSync(join(paths.dataDir, 'jwt-secret'), 'a key of 32 bytes, as good as any\n');
  const normalised = await house.app.call('POST', '/sounds/normalize/all', { body: {} });
  expect(normalised.status).toBeLessThan(300);
  await eventually(() =>
    look(house.database, 'SELECT count(*) FROM normalized_sounds') === 0 ? undefined : true,
  );
  shelf = mkdtempSync(join(tmpdir(), 'encore-shelf-'));
  taken = await take(shelf);
});
afterAll(async () => {
  await house.app.stop();
  rmSync(shelf, { recursive: true, force: true });
});

/** Backups of a test's own to be spoilt. */
const copyOfShelf = () => {
  const folder = join(temporaryFolder(), 'shelf');
  cpSync(shelf, folder, { recursive: true });
  return { folder, backup: join(folder, taken.name) };
};
const flip = (file: string, at: number) => {
  const bytes = readFileSync(file);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(file, bytes);
};

describe('a backup', () => {
  it('is named by its time, position and head, and proves itself', () => {
    const { position, head } = taken;
    expect(taken.name).toMatch(
      new RegExp(`^encore-\\d{4}-\\d\\d-\\d\\dT\\d{6}Z-${position}-${head.slice(0, 12)}$`),
    );
    const { facts, files } = verify(join(shelf, taken.name));
    expect(facts).toMatchObject({ position, head, missing: 0, left_out: 0 });
    expect(files.map(({ path }) => path.split('/')[1])).toEqual(['originals', 'normalized']);
  });

  it('is checked by sha256sum too, and is for its owner alone', () => {
    const backup = join(shelf, taken.name);
    const said = execFileSync('sha256sum', ['-c', 'SHA256SUMS'], { cwd: backup });
    expect(String(said)).toContain('secrets/jwt-secret: OK');
    const modes = filesIn(backup).map((file) => statSync(file).mode & 0o777);
    expect(new Set(modes)).toEqual(new Set([0o600]));
    expect(statSync(backup).mode & 0o777).toBe(0o700);
  });

  it('is of one moment while presses go on, and so is each after it', async () => {
    const folder = temporaryFolder();
    const maker = createBackupMaker(paths, { folder, keep });
    const { body } = await house.app.call('GET', '/sounds/');
    const [sound] = body['items'] as { id: string }[];
    const enough = new AbortController();
    const answers = new Set<number>();
    let pressed = 0;
    const presses = (async () => {
      for (; !enough.signal.aborted; pressed++) {
        answers.add((await house.app.call('POST', `/sounds/play/${sound?.id}`)).status);
      }
    })();
    const make = async (isKnown: boolean) => {
      const { signal } = new AbortController();
      const made = await maker.make({ isKnown, signal, progress: quietly });
      if (!made.ok) throw new Error(made.reason);
      return made.backup;
    };
    const first = await make(false);
    verify(join(folder, first.name));
    const duringFirst = pressed;
    const second = await make(true);
    enough.abort();
    await presses;
    expect(duringFirst).toBeGreaterThan(0);
    expect(answers).toEqual(new Set([202]));
    expect(second.position).toBeGreaterThan(first.position);
    verify(join(folder, second.name));
  });

  it('copies a content once, however many backups hold it', async () => {
    const folder = temporaryFolder();
    const first = await take(folder);
    const contents = filesIn(join(folder, 'sounds'));
    const second = await take(folder, { isKnown: true }, new Date(Date.now() + 1000));
    expect(filesIn(join(folder, 'sounds'))).toEqual(contents);
    expect(second.new_bytes).toBe(second.database_bytes);
    expect(first.new_bytes).toBeGreaterThan(first.database_bytes);
  });

  it('lets originals be edited in place without a trace in it', async () => {
    const folder = temporaryFolder();
    const { name } = await take(folder);
    const original = filesIn(join(paths.soundsDir, 'originals'))[0] ?? '';
    const before = readFileSync(original);
    try {
      writeFileSync(original, 'edited');
      verify(join(folder, name));
    } finally {
      writeFileSync(original, before);
    }
  });

  it('counts the sounds whose file lies nowhere', async () => {
    const original = filesIn(join(paths.soundsDir, 'originals'))[0] ?? '';
    const before = readFileSync(original);
    rmSync(original);
    try {
      expect(await take(temporaryFolder())).toMatchObject({ missing: 1, left_out: 0 });
    } finally {
      writeFileSync(original, before);
    }
  });

  it('goes with what was pruned, and its contents with the last that names them', async () => {
    const folder = temporaryFolder();
    const days = [0, 1, 2].map((day) => new Date(Date.UTC(2026, 0, 10 + day, 3)));
    const lonely = join(paths.soundsDir, 'originals', 'soundboard', 'Passing.txt');
    writeFileSync(lonely, 'here for a day');
    const two = { daily: 2, weekly: 0, monthly: 0 };
    const first = await take(folder, { keep: two }, days[0]);
    rmSync(lonely);
    const contents = filesIn(join(folder, 'sounds')).length;
    const second = await take(folder, { keep: two, isKnown: true }, days[1]);
    expect(second.pruned).toEqual([]);
    const third = await take(folder, { keep: two, isKnown: true }, days[2]);
    expect(third.pruned).toEqual([first.name]);
    expect(filesIn(join(folder, 'sounds'))).toHaveLength(contents - 1);
    verify(join(folder, second.name));
    verify(join(folder, third.name));
  });
});

describe('a folder that takes no backup', () => {
  const refused = async (folder: string, options: Partial<BackupTarget> = {}) =>
    take(folder, options).then(
      () => 'taken',
      (error: unknown) => String(error),
    );

  it('says that its parent is not there', async () => {
    const away = join(temporaryFolder(), 'mnt', 'nas');
    expect(await refused(join(away, 'encore'))).toBe(
      `BackupFault: ${away} is not there: mount it, make it, or set BACKUP_DIR to another folder`,
    );
  });

  it('is not mistaken for the share that is not mounted', async () => {
    const folder = temporaryFolder();
    expect(await refused(folder, { isKnown: true })).toContain(
      'is not the folder that has the earlier backups: see that its disk or share is mounted',
    );
    expect(readdirSync(folder)).toEqual([]);
  });

  it('says that it is no folder', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    expect(await refused(file)).toContain('it is no folder');
  });

  it.runIf(process.getuid?.() === 0)(
    'says that it is full, and keeps nothing half written',
    async () => {
      const folder = temporaryFolder();
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', folder]);
      try {
        const whole = await take(folder);
        const { bavail, bsize } = statfsSync(folder);
        writeFileSync(join(folder, 'ballast'), Buffer.alloc(bavail * bsize - 100_000));
        expect(await refused(folder, { isKnown: true })).toMatch(
          /has room for .* and this backup needs/,
        );
        rmSync(join(folder, 'ballast'));
        expect(readdirSync(folder).toSorted()).toEqual(['.encore-backups', whole.name, 'sounds']);
        verify(join(folder, whole.name));
      } finally {
        execFileSync('umount', [folder]);
      }
    },
  );

  it.runIf(process.getuid?.() === 0).each(['database', 'proof', 'sounds'] as const)(
    'that is filled meanwhile keeps nothing half written, and is whole again with room (%s)',
    async (stage) => {
      const folder = temporaryFolder();
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', folder]);
      const ballast = join(folder, 'ballast');
      try {
        const fill = (at: string) => {
          if (at !== stage || existsSync(ballast)) return;
          const { bavail, bsize } = statfsSync(folder);
          writeFileSync(ballast, Buffer.alloc(bavail * bsize));
        };
        const target = { folder, isKnown: false, keep };
        await expect(takeBackup(houseSource(paths), target, new Date(), fill)).rejects.toThrow(
          'its disk is full: make room, or set BACKUP_DIR to a larger one',
        );
        expect(() => findBackup(folder)).toThrow('there is no backup in');
        rmSync(ballast);
        const { name } = await take(folder);
        expect(readdirSync(folder).toSorted()).toEqual(['.encore-backups', name, 'sounds']);
        verify(join(folder, name));
      } finally {
        execFileSync('umount', [folder]);
      }
    },
  );

  it.runIf(process.getuid?.() === 0)('says that it is read-only', async () => {
    const folder = temporaryFolder();
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m,ro', 'tmpfs', folder]);
    try {
      expect(await refused(folder)).toContain('it is read-only');
    } finally {
      execFileSync('umount', [folder]);
    }
  });

  it('clears what a crash left half written, and never lists it', async () => {
    const folder = temporaryFolder();
    const half = join(folder, '.partial-4711');
    mkdirSync(half);
    writeFileSync(join(half, 'encore.db'), 'half');
    expect(() => findBackup(folder)).toThrow('there is no backup in');
    const { name } = await take(folder);
    expect(readdirSync(folder).toSorted()).toEqual(['.encore-backups', name, 'sounds']);
  });

  it.each([
    ['it has begun', '.partial-'],
    ['the copy of the database is there', 'encore.db'],
    ['a sound is half copied', '.incoming'],
  ])('is as good as before when it is killed after %s', async (_, seen) => {
    const folder = temporaryFolder();
    const before = await take(folder);
    // So long to copy that the kill comes before its end.
    const long = join(paths.soundsDir, 'originals', 'soundboard', 'Long.txt');
    writeFileSync(long, '');
    truncateSync(long, 4e9);
    try {
      const args = [join(projectRoot, 'server', 'cli.ts'), 'backup', '--to', folder];
      const env = { ...childEnvironment(), DATA_DIR: paths.dataDir, SOUNDS_DIR: paths.soundsDir };
      const child = spawn(process.execPath, args, { env, stdio: 'ignore' });
      const ended = once(child, 'exit');
      const isThere = () =>
        readdirSync(folder, { recursive: true }).some(
          (name) => !String(name).startsWith(before.name) && String(name).includes(seen),
        );
      await eventually(() => child.exitCode !== null || isThere() || undefined);
      child.kill('SIGKILL');
      expect(await ended).toEqual([null, 'SIGKILL']);
    } finally {
      rmSync(long);
    }
    expect(findBackup(folder).name).toBe(before.name);
    verify(join(folder, before.name));
    // Of the same day, so that it takes the place of the other.
    const after = await take(folder, { isKnown: true }, new Date(Date.now() + 1000));
    expect(readdirSync(folder).toSorted()).toEqual(['.encore-backups', after.name, 'sounds']);
    verify(join(folder, after.name));
  });

  it('keeps no copy whose log does not hold', async () => {
    const dir = temporaryFolder();
    const broken = pathsOf(dir);
    mkdirSync(broken.dataDir);
    copyFileSync(join(shelf, taken.name, 'encore.db'), join(broken.dataDir, 'encore.db'));
    tamper(
      join(broken.dataDir, 'encore.db'),
      `UPDATE events SET actor = 'x' WHERE global_position = 2`,
    );
    const folder = temporaryFolder();
    const target = { folder, isKnown: false, keep };
    await expect(takeBackup(houseSource(broken), target, new Date(), quietly)).rejects.toThrow(
      'at position 2: event 2 was altered',
    );
    expect(readdirSync(folder)).toEqual(['.encore-backups']);
  });
});

describe('verify finds', () => {
  it.each(['encore.db', 'files.ndjson', 'backup.json', 'secrets/jwt-secret'])(
    'one bit in %s',
    (name) => {
      const { backup } = copyOfShelf();
      const file = join(backup, name);
      flip(file, Math.floor(statSync(file).size / 2));
      expect(() => verify(backup)).toThrow(/was damaged|cannot be read/);
    },
  );

  it('a database that was cut', () => {
    const { backup } = copyOfShelf();
    truncateSync(join(backup, 'encore.db'), 8192);
    expect(() => verify(backup)).toThrow('encore.db was damaged');
  });

  it('one bit in a sound, and a sound that is missing', () => {
    const { folder, backup } = copyOfShelf();
    const [content = ''] = filesIn(join(folder, 'sounds'));
    flip(content, 100);
    expect(() => verify(backup)).toThrow(`${content} (sounds/`);
    rmSync(content);
    expect(() => verify(backup)).toThrow('is missing: the backup is not whole');
  });

  it('a list of files that was cut, though its sums were made anew', () => {
    const { backup } = copyOfShelf();
    writeFileSync(join(backup, 'files.ndjson'), '{"path":"../../etc/passwd"}\n');
    const sums = execFileSync('sha256sum', ['encore.db', 'backup.json', 'files.ndjson'], {
      cwd: backup,
    });
    writeFileSync(join(backup, 'SHA256SUMS'), sums);
    rmSync(join(backup, 'secrets'), { recursive: true });
    expect(() => verify(backup)).toThrow('files.ndjson is not what Encore writes');
  });

  it('another log under this name', () => {
    const { folder, backup } = copyOfShelf();
    const other = join(folder, taken.name.replace(/Z-\d+-/, 'Z-1-'));
    cpSync(backup, other, { recursive: true });
    expect(() => verify(other)).toThrow('does not hold the log that its name says');
  });
});

describe('a restore', () => {
  it('gives every read model and every file back, byte for byte', async () => {
    const dir = temporaryFolder();
    const folder = temporaryFolder();
    await house.app.call('POST', '/playlists/', { body: { name: 'Dinner' } });
    await house.app.call('PATCH', '/admin/settings', { body: { volume_max: 60 } });
    // Until the house has written all that follows of it.
    const live = openStorageToRead(house.database);
    const { name } = await eventually(async () => {
      const one = await take(folder);
      const last = live.prepare('SELECT max(global_position) FROM events').pluck().get();
      if (one.position === last) return one;
      rmSync(join(folder, one.name), { recursive: true });
      return undefined;
    });
    restore(join(folder, name), dir);
    const copy = openStorageToRead(join(folder, name, 'encore.db'));
    const restored = openStorageToRead(join(dir, 'data', 'encore.db'));
    const models = houseProjections().flatMap(({ tables }) => Object.keys(tables));
    for (const table of models) {
      expect([table, tableDifferences(live, restored, table, 1)]).toEqual([table, []]);
    }
    // What no event holds too: names, keys of sign-ins, what reactors have done.
    const all = copy.prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'table'`);
    const others = all
      .pluck()
      .all()
      .filter((table) => !models.includes(table));
    expect(others).toEqual(expect.arrayContaining(['events', 'people', 'commands']));
    for (const table of others) {
      expect([table, tableDifferences(copy, restored, table, 1)]).toEqual([table, []]);
    }
    for (const storage of [live, copy, restored]) storage.close();
    for (const part of ['originals', 'normalized']) {
      const [here, there] = [join(paths.soundsDir, part), join(dir, 'sounds', part)];
      const files = filesIn(here).filter((file) => !file.split('/').at(-1)?.startsWith('.'));
      expect(filesIn(there)).toEqual(files.map((file) => file.replace(here, there)));
      for (const file of files) {
        expect(readFileSync(file.replace(here, there)).equals(readFileSync(file))).toBe(true);
      }
    }
    expect(readFileSync(join(dir, 'data', 'jwt-secret'), 'utf8')).toContain('a key of 32 bytes');
    expect(statSync(join(dir, 'data', 'jwt-secret')).mode & 0o777).toBe(0o600);
  });

  it('is a house that people sign in to, and whose sounds play', async () => {
    const dir = temporaryFolder();
    restore(shelf, dir);
    const app: TestApp = await startTestApp({
      dir,
      ...(house.token ? { adminToken: house.token } : {}),
    });
    try {
      const { body } = await app.call('GET', '/sounds/');
      const [sound] = body['items'] as { id: string }[];
      app.player.connect();
      await eventually(async () =>
        (await fetch(`${app.url}/readyz`)).status === 200 ? true : undefined,
      );
      const pressed = await app.call('POST', `/sounds/play/${sound?.id}`);
      expect(pressed.status).toBeLessThan(300);
      const command = await eventually(() => app.player.plays()[0]);
      expect(existsSync(command.path)).toBe(true);
    } finally {
      await app.stop(true);
    }
  });

  it('refuses a box that is in use, with words', () => {
    const dir = temporaryFolder();
    mkdirSync(join(dir, 'data'));
    writeFileSync(join(dir, 'data', 'encore.db'), 'somebody else');
    expect(() => restore(shelf, dir)).toThrow(
      /data is not empty \(encore\.db\): restore into an empty box, or give --force/,
    );
    expect(readFileSync(join(dir, 'data', 'encore.db'), 'utf8')).toBe('somebody else');
  });

  it('moves aside what is in the way when it is forced', () => {
    const dir = temporaryFolder();
    mkdirSync(join(dir, 'data'));
    writeFileSync(join(dir, 'data', 'encore.db'), 'somebody else');
    const { files } = verify(shelf);
    const place = join(dir, files[0]?.path ?? '');
    mkdirSync(join(place, '..'), { recursive: true });
    writeFileSync(place, 'another sound');
    const { moved_to } = restore(shelf, dir, true);
    expect(readFileSync(join(moved_to ?? '', 'encore.db'), 'utf8')).toBe('somebody else');
    expect(readFileSync(join(moved_to ?? '', files[0]?.path ?? ''), 'utf8')).toBe('another sound');
    expect(statSync(place).size).toBe(files[0]?.size);
  });

  it('touches nothing where the backup is damaged', () => {
    const { folder, backup } = copyOfShelf();
    flip(filesIn(join(folder, 'sounds'))[0] ?? '', 100);
    const dir = temporaryFolder();
    expect(() => restore(backup, dir)).toThrow('was damaged');
    expect(readdirSync(join(dir, 'data'))).toEqual([]);
    expect(existsSync(join(dir, 'sounds'))).toBe(false);
  });

  describe.runIf(process.getuid?.() === 0)('onto a disk that is too small', () => {
    const onSmallDisk = (size: string, body: (dir: string) => void) => {
      const dir = temporaryFolder();
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', dir]);
      try {
        body(dir);
      } finally {
        execFileSync('umount', [dir]);
      }
    };
    const tooSmall =
      /^the disk of \S+ has room for 0\.1 MB, and [\d.]+ MB come to it: [\d.]+ MB are missing\. Nothing was touched: make room, or restore to a larger disk$/;

    it('says before it begins how much is missing', () => {
      onSmallDisk('100k', (dir) => {
        expect(() => restore(shelf, dir)).toThrow(tooSmall);
        expect(filesIn(dir)).toEqual([]);
      });
    });

    it('leaves the house where it is that it was to replace', () => {
      onSmallDisk('100k', (dir) => {
        mkdirSync(join(dir, 'data'));
        writeFileSync(join(dir, 'data', 'encore.db'), 'somebody else');
        expect(() => restore(shelf, dir, true)).toThrow(tooSmall);
        expect(filesIn(dir)).toEqual([join(dir, 'data', 'encore.db')]);
      });
    });

    it('looks at each disk by itself', () => {
      onSmallDisk('100k', (small) => {
        const dir = temporaryFolder();
        const to = { ...pathsOf(dir), soundsDir: small, thumbnailsDir: join(small, 'thumbnails') };
        mkdirSync(to.dataDir);
        writeFileSync(join(small, 'ballast'), Buffer.alloc(100 * 1024));
        const target = { dataDir: to.dataDir, roots: houseSource(to).roots, force: false };
        const begin = () =>
          restoreBackup(findBackup(shelf), target, houseProof, new Date(), quietly);
        expect(begin).toThrow(new RegExp(`^the disk of ${small} has room for 0\\.0 MB`));
        expect(readdirSync(to.dataDir)).toEqual([]);
      });
    });

    it('leaves no house where the disk fills up meanwhile', () => {
      onSmallDisk('16m', (dir) => {
        const to = pathsOf(dir);
        mkdirSync(to.dataDir);
        const target = { dataDir: to.dataDir, roots: houseSource(to).roots, force: false };
        const fill = (stage: string, done: number, total: number) => {
          if (stage !== 'sounds' || done < total || !existsSync(to.soundsDir)) return;
          const { bavail, bsize } = statfsSync(dir);
          writeFileSync(join(dir, 'ballast'), Buffer.alloc(bavail * bsize));
        };
        expect(() =>
          restoreBackup(findBackup(shelf), target, houseProof, new Date(), fill),
        ).toThrow(
          /^it broke off, and no house has come of it yet: ENOSPC.*Mend that, and restore again with --force$/,
        );
        expect(existsSync(join(to.dataDir, 'encore.db'))).toBe(false);
      });
    });
  });

  it('that was broken off leaves no house, and is done again by force', () => {
    const dir = temporaryFolder();
    const to = pathsOf(dir);
    mkdirSync(to.dataDir);
    const target = { dataDir: to.dataDir, roots: houseSource(to).roots, force: false };
    const breakOff = (stage: string, done: number, total: number) => {
      if (stage === 'sounds' && done === total && existsSync(to.soundsDir)) throw new Error('off');
    };
    expect(() =>
      restoreBackup(findBackup(shelf), target, houseProof, new Date(), breakOff),
    ).toThrow('off');
    expect(existsSync(join(to.dataDir, 'encore.db'))).toBe(false);
    expect(restore(shelf, dir, true)).toMatchObject({ name: taken.name, head: taken.head });
  });

  it.each([
    [
      'of a newer version',
      (facts: string) => facts.replace(/"encore_version": ".+"/, '"encore_version": "99.1.0"'),
      'was taken by Encore 99.1.0',
    ],
    [
      'of a newer format',
      (facts: string) => facts.replace('"format": 1', '"format": 2'),
      'was written by a newer Encore',
    ],
  ])('refuses a backup %s', (_, change, words) => {
    const { backup } = copyOfShelf();
    const file = join(backup, 'backup.json');
    writeFileSync(file, change(readFileSync(file, 'utf8')));
    const names = filesIn(backup)
      .map((one) => one.slice(backup.length + 1))
      .filter((one) => one !== 'SHA256SUMS');
    writeFileSync(join(backup, 'SHA256SUMS'), execFileSync('sha256sum', names, { cwd: backup }));
    expect(() => restore(backup, temporaryFolder())).toThrow(words);
  });

  it('refuses a read model and an event that only a newer Encore knows', () => {
    const storage = (sql: string) => {
      const file = join(temporaryFolder(), 'encore.db');
      copyFileSync(join(shelf, taken.name, 'encore.db'), file);
      tamper(file, sql);
      const opened = openStorageToRead(file);
      const said = houseProof.tooNew(opened, taken.encore_version);
      opened.close();
      return said;
    };
    expect(storage(`UPDATE projections SET version = 999 WHERE name = 'sounds'`)).toContain(
      'read model "sounds"',
    );
    expect(storage(`UPDATE events SET schema_version = 99 WHERE type = 'SoundAdded'`)).toContain(
      'SoundAdded of version 99',
    );
    expect(storage('SELECT 1')).toBeUndefined();
  });
});
