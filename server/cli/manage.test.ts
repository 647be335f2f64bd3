import { execFile } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { lockDataFolder } from '../adapters/system/data-lock.ts';
import { look, startPressedHouse, type PressedHouse } from '../audit/testing/pressed-house.ts';
import { childEnvironment, parseConfig, projectRoot } from '../config.ts';
import { runCommandLine } from './run.ts';
import { temporaryFolder } from '../kernel/testing/temporary-folder.ts';
import { eventually, password, startTestApp } from '../testing/test-app.ts';
import { sineWav } from '../testing/sine-wav.ts';

// Whole houses, and processes: on a busy machine they take their time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

type Ended = { code: number; stdout: string; stderr: string };

let house: PressedHouse;
/** Of the house, unless a test has its own. */
let environment: Record<string, string>;
/** An API token of Mira's, which outlives a new password. */
let token: string;

/** One command line in this process: a process for each would take its time to start. */
const encoreIn = async (env: Record<string, string>, args: readonly string[]): Promise<Ended> => {
  const ended = { stdout: '', stderr: '' };
  const code = await runCommandLine(args, {
    loadConfig(overrides) {
      const parsed = parseConfig({ PATH: process.env['PATH'], ...env, ...overrides });
      if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
      return parsed.config;
    },
    print: (line) => void (ended.stdout += `${line}\n`),
    complain: (line) => void (ended.stderr += `${line}\n`),
  });
  return { code, ...ended };
};
const encore = (...args: string[]) => encoreIn(environment, args);

/** A process of its own, for what goes through its standard input and output. */
const encoreProcess = (args: readonly string[], input = ''): Promise<Ended> =>
  new Promise((resolve) => {
    const command = [join(projectRoot, 'server', 'cli.ts'), ...args];
    const env = { ...childEnvironment(), ...environment };
    const child = execFile(process.execPath, command, { env }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
    child.stdin?.end(input);
  });

beforeAll(async () => {
  house = await startPressedHouse({ BACKUP_AT: 'off' });
  environment = {
    DATA_DIR: join(house.app.dir, 'data'),
    SOUNDS_DIR: house.app.soundsDir,
    MQTT_MODE: 'off',
  };
  const body = { name: 'Test', scopes: ['read', 'library'] };
  token = (await house.app.call('POST', '/auth/tokens', { body })).body['token'] as string;
});
afterAll(() => house.app.stop());

const empty = () => {
  const dir = temporaryFolder();
  return { DATA_DIR: join(dir, 'data'), SOUNDS_DIR: join(dir, 'sounds'), MQTT_MODE: 'off' };
};

describe('help', () => {
  it('lists every command, and each says more of itself', async () => {
    const { code, stdout } = await encore('--help');
    const names = [...stdout.matchAll(/^ {2}encore ([a-z-]+(?: [a-z-]+)?)/gm)].map(
      ([, name]) => name,
    );
    expect([code, names.length]).toEqual([0, 26]);
    const some = await Promise.all(
      ['backup', 'user add', 'audit import'].map((name) => encore(...name.split(' '), '--help')),
    );
    for (const { code: ended, stdout: said } of some) {
      expect([ended, said]).toEqual([0, expect.stringMatching(/^Usage: encore .+\n\n.+\n {2}/)]);
    }
  });

  it('ends with 2 for a form that a command does not have', async () => {
    for (const args of [
      ['user', 'add'],
      ['restore'],
      ['token', 'list'],
      ['status', 'x'],
      ['sounds'],
    ]) {
      const { code, stdout, stderr } = await encore(...args);
      expect([args, code, stdout]).toEqual([args, 2, '']);
      expect(stderr).toContain('Usage:');
    }
  });
});

describe('status', () => {
  it('says how the parts of a house do that runs', async () => {
    const { code, stdout } = await encore('status', '--json');
    const said = JSON.parse(stdout) as { running: boolean; status: string; parts: object };
    expect(said).toMatchObject({ running: true, parts: { backups: { state: 'ok' } } });
    expect(code).toBe(said.status === 'ok' ? 0 : 1);
  });

  it('ends with 3 where nobody runs', async () => {
    const { code, stdout } = await encoreIn(empty(), ['status', '--json']);
    expect([code, stdout]).toEqual([3, '{"running":false}\n']);
  });
});

it('gives the setup code of a new box as JSON', async () => {
  const env = empty();
  mkdirSync(env.DATA_DIR);
  const { code, stdout } = await encoreIn(env, ['setup-code', '--json']);
  const { setup_code } = JSON.parse(stdout) as { setup_code: string };
  expect([code, setup_code]).toEqual([0, (await encoreIn(env, ['setup-code'])).stdout.trim()]);
});

describe('accounts', () => {
  it('are made with a password from standard input, listed, switched off and on', async () => {
    const added = await encoreProcess(['user', 'add', 'Bo', '--role', 'guest'], `${password}\n`);
    expect(added).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^Bo is guest: /) as string,
    });
    const { stdout } = await encore('user', 'list', '--json');
    const users = JSON.parse(stdout) as { name: string; role: string }[];
    expect(users.map(({ name, role }) => [name, role])).toEqual([
      ['Mira', 'admin'],
      ['Bo', 'guest'],
    ]);
    const login = () =>
      house.app.call('POST', '/auth/login', { body: { name: 'Bo', password }, token: null });
    expect((await login()).status).toBe(200);
    expect((await encore('user', 'disable', 'bo')).stdout).toBe('Bo is disabled\n');
    expect((await login()).body['code']).toBe('account_disabled');
    expect((await encore('user', 'enable', 'bo')).code).toBe(0);
    expect((await login()).status).toBe(200);
  });

  it('are refused in the words of the server', async () => {
    const short = await encoreProcess(['user', 'add', 'Cem'], 'short\n');
    expect(short).toEqual({
      code: 1,
      stdout: '',
      stderr: 'encore: password: use at least 12 characters\n',
    });
    const only = await encore('user', 'disable', 'Mira');
    expect([only.code, only.stderr]).toEqual([1, expect.stringContaining('encore: ')]);
    const nobody = await encore('user', 'disable', 'Zoe');
    expect(nobody.stderr).toBe('encore: no account has the id, name or e-mail address "Zoe"\n');
  });

  it('get a new password, the only admin too', async () => {
    const { stdout } = await encore('user', 'reset-password', 'Mira', '--json');
    const made = (JSON.parse(stdout) as { password: string }).password;
    const body = { name: 'Mira', password: made };
    const signedIn = await house.app.call('POST', '/auth/login', { body, token: null });
    expect(signedIn.status).toBe(200);
    const own = await encoreProcess(['user', 'reset-password', 'Mira', '--stdin'], password);
    expect(own).toMatchObject({ code: 0, stdout: 'Mira has the new password\n' });
  });

  it('want a server that runs, and say so', async () => {
    const env = empty();
    expect(await encoreIn(env, ['user', 'list'])).toEqual({
      code: 1,
      stdout: '',
      stderr: `encore: Encore is not running on ${env.DATA_DIR}: start it, or set DATA_DIR\n`,
    });
  });
});

describe('tokens', () => {
  it('are made, listed and revoked', async () => {
    const made = await encore(
      'token',
      'create',
      'Wall',
      '--user',
      'Mira',
      '--scope',
      'read',
      '--scope',
      'play',
    );
    expect(made).toMatchObject({ code: 0, stdout: expect.stringMatching(/^enc_\S+\n$/) as string });
    const secret = made.stdout.trim();
    const me = () => house.app.call('GET', '/auth/me', { token: secret });
    expect((await me()).body['name']).toBe('Mira');
    const { stdout } = await encore('token', 'list', '--user', 'mira', '--json');
    expect(JSON.parse(stdout)).toMatchObject([
      { name: 'Test' },
      { name: 'Wall', scopes: ['read', 'play'] },
    ]);
    const revoked = await encore('token', 'revoke', 'Wall', '--user', 'Mira', '--json');
    expect(JSON.parse(revoked.stdout)).toMatchObject({ name: 'Wall' });
    expect((await me()).status).toBe(401);
  });

  it('take only scopes that there are', async () => {
    const { code, stderr } = await encore(
      'token',
      'create',
      'X',
      '--user',
      'Mira',
      '--scope',
      'all',
    );
    expect([code, stderr]).toEqual([2, expect.stringContaining('--scope takes one of read, play')]);
  });
});

describe('sounds', () => {
  it('are imported from a folder, each with what became of it', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'Gong.wav'), sineWav(300, 150));
    writeFileSync(join(folder, 'Notes.txt'), 'no sound');
    copyFileSync(join(folder, 'Gong.wav'), join(folder, 'Zwilling.wav'));
    const { code, stdout } = await encore('sounds', 'import', folder, '--tag', 'Door', '--json');
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { file: string; status: string });
    expect(lines.map(({ file, status }) => [file.slice(folder.length + 1), status])).toEqual([
      ['Gong.wav', 'added'],
      ['Notes.txt', 'refused'],
      ['Zwilling.wav', 'existing'],
    ]);
    expect(code).toBe(1);
    const { body } = await house.app.call('GET', '/sounds/?q=gong', { token });
    expect(body['items']).toMatchObject([{ name: 'Gong', tags: ['door'] }]);
  });

  it('are scanned', async () => {
    house.app.addSound('Bell.wav', 700);
    const { code, stdout } = await encore('sounds', 'scan', '--json');
    expect([code, JSON.parse(stdout)]).toMatchObject([0, { added: ['Bell.wav'], errors: [] }]);
  });
});

describe('doctor', () => {
  it('looks at everything, with a fix for what needs one', async () => {
    const { stdout } = await encore('doctor', '--json');
    const checks = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, string | null>);
    expect(checks.map(({ check }) => check)).toEqual([
      'node',
      'server',
      'folders',
      'secrets',
      'disk',
      'database',
      'clock',
      'port',
      'mqtt',
      'audio',
      'ffmpeg',
      'yt-dlp',
      'backups',
    ]);
    for (const { state, said, fix } of checks) {
      expect(said).toMatch(/^.+[.]$/s);
      expect(fix === null).toBe(state === 'ok');
    }
  });

  it('finds what is broken, and ends with 1', async () => {
    const env = {
      ...empty(),
      FFMPEG_PATH: '/nonexistent/ffmpeg',
      PORT: new URL(house.app.url).port,
      HOST: '127.0.0.1',
    };
    mkdirSync(env.DATA_DIR);
    writeFileSync(join(env.DATA_DIR, 'encore.db'), 'no database at all, though it has this name');
    const { code, stdout } = await encoreIn(env, ['doctor']);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^BROKEN {2}database: .*\n {8}→ Restore a backup/m);
    expect(stdout).toMatch(/^BROKEN {2}ffmpeg: \/nonexistent\/ffmpeg does not run/m);
    expect(stdout).toMatch(/^BROKEN {2}port: .*EADDRINUSE/m);
  });
});

describe('backup, verify-backup and restore', () => {
  it('go through the server that runs, which knows of it', async () => {
    const { code, stdout } = await encore('backup', '--json');
    const { folder, name, head } = JSON.parse(stdout) as Record<string, string>;
    expect(code).toBe(0);
    expect(folder).toBe(join(house.app.dir, 'data', 'backups'));
    const { body } = await house.app.call('GET', '/admin/backups', { token });
    expect(body).toMatchObject({ folder, last_failure: null, running: null });
    expect((body['items'] as { name: string }[])[0]).toMatchObject({ name, head });
    const verified = await encore('verify-backup', '--json');
    expect(JSON.parse(verified.stdout)).toMatchObject({ name, head });
    const checked = await encore('doctor', '--json');
    expect(checked.stdout).toContain('The last good backup is from');
  });

  it('go to a folder of their own, and into an empty box', async () => {
    const to = temporaryFolder();
    const taken = await encore('backup', '--to', to);
    expect(taken.code).toBe(0);
    const place = taken.stdout.split('\n')[0] ?? '';
    const box = empty();
    const args = [
      'restore',
      place,
      '--data-dir',
      box.DATA_DIR,
      '--sounds-dir',
      box.SOUNDS_DIR,
      '--json',
    ];
    const restored = await encoreIn(environment, args);
    expect(restored).toMatchObject({ code: 0, stderr: '' });
    const verified = await encoreIn(box, ['audit', 'verify', '--json']);
    const { position, head } = JSON.parse(restored.stdout) as { position: number; head: string };
    expect(JSON.parse(verified.stdout)).toEqual({ verdict: 'valid', position, head });
    const again = await encoreIn(environment, args);
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('is not empty')]);
  });

  it('of a house that is stopped tell its log', async () => {
    const to = temporaryFolder();
    await encore('backup', '--to', to);
    const box = empty();
    await encoreIn(box, ['restore', to]);
    const taken = await encoreIn(box, ['backup', '--json']);
    expect(taken.code).toBe(0);
    const kept = look(
      join(box.DATA_DIR, 'encore.db'),
      'SELECT name FROM backups ORDER BY at_position DESC',
    );
    expect(kept).toBe((JSON.parse(taken.stdout) as { name: string }).name);
    expect((await encoreIn(box, ['audit', 'verify'])).code).toBe(0);
  });

  it('of a house that does not answer are taken all the same, which it is not told', async () => {
    const to = temporaryFolder();
    await encore('backup', '--to', to);
    const box = empty();
    await encoreIn(box, ['restore', to]);
    const held = lockDataFolder(box.DATA_DIR);
    const taken = await encoreIn(box, ['backup']);
    held.release();
    expect([taken.code, taken.stderr]).toEqual([
      0,
      `Encore is running on ${box.DATA_DIR}: it does not know of this backup\n`,
    ]);
    expect((await encoreIn(box, ['verify-backup'])).code).toBe(0);
  });

  it('end with 1 when the house is stopped meanwhile, and leave nothing half taken', async () => {
    const app = await startTestApp();
    const dataDir = join(app.dir, 'data');
    const folder = join(dataDir, 'backups');
    try {
      await app.setUp();
      // So long to copy that the stop comes before its end.
      const long = join(app.soundsDir, 'originals', 'soundboard', 'Long.txt');
      mkdirSync(join(long, '..'), { recursive: true });
      writeFileSync(long, '');
      truncateSync(long, 4e9);
      const env = { DATA_DIR: dataDir, SOUNDS_DIR: app.soundsDir, MQTT_MODE: 'off' };
      const taking = encoreIn(env, ['backup']);
      const half = join(folder, 'sounds', '.incoming');
      await eventually(() => existsSync(half) || undefined);
      await app.stop(true);
      const { code, stdout, stderr } = await taking;
      expect([code, stdout, stderr]).toEqual([1, '', expect.stringContaining('encore: Encore ')]);
      expect(readdirSync(folder).filter((name) => name.startsWith('encore-'))).toEqual([]);
      rmSync(long);
      expect((await encoreIn(env, ['backup'])).code).toBe(0);
      const names = readdirSync(folder).filter((name) => !name.startsWith('encore-'));
      expect(names.toSorted()).toEqual(['.encore-backups', 'sounds']);
    } finally {
      rmSync(app.dir, { recursive: true, force: true });
    }
  });

  it('restores over no live box', async () => {
    const to = temporaryFolder();
    await encore('backup', '--to', to);
    const box = empty();
    mkdirSync(box.DATA_DIR);
    const held = lockDataFolder(box.DATA_DIR);
    const refused = await encoreIn(box, ['restore', to, '--force']);
    held.release();
    expect(refused).toEqual({
      code: 1,
      stdout: '',
      stderr: `encore: Encore is running on ${box.DATA_DIR}: stop it first\n`,
    });
  });

  it('say where there is none', async () => {
    const { code, stderr } = await encoreIn(empty(), ['verify-backup', temporaryFolder()]);
    expect([code, stderr]).toEqual([1, expect.stringContaining('there is no backup in')]);
  });
});

describe('audit export and import', () => {
  const exported = async () => {
    const file = join(temporaryFolder(), 'log.ndjson');
    const { code, stderr } = await encore('audit', 'export', file);
    expect([code, statSync(file).mode & 0o777]).toEqual([0, 0o600]);
    return { file, said: stderr.trim(), lines: readFileSync(file, 'utf8').trimEnd().split('\n') };
  };

  it('give the same head hash in an empty store', async () => {
    const { file, said } = await exported();
    const box = empty();
    const imported = await encoreIn(box, ['audit', 'import', file]);
    expect(imported).toEqual({ code: 0, stdout: `${said}\n`, stderr: '' });
    const verified = await encoreIn(box, ['audit', 'verify']);
    expect(verified.stdout).toBe(`valid: ${said}\n`);
  });

  it('say it as JSON beside the lines, and the read models of the import are made anew so too', async () => {
    const file = join(temporaryFolder(), 'log.ndjson');
    const { stdout, stderr } = await encore('audit', 'export', file, '--json');
    const said = JSON.parse(stderr) as { position: number; head: string };
    expect([stdout, said.head]).toEqual(['', expect.stringMatching(/^[0-9a-f]{64}$/)]);
    const box = empty();
    const imported = await encoreIn(box, ['audit', 'import', file, '--json']);
    expect(JSON.parse(imported.stdout)).toMatchObject(said);
    const rebuilt = await encoreIn(box, ['projections', 'rebuild', 'backups', '--json']);
    expect(JSON.parse(rebuilt.stdout)).toEqual({
      read_model: 'backups',
      events: expect.any(Number) as number,
    });
  });

  it('write to standard output too', async () => {
    const { stdout, stderr } = await encoreProcess(['audit', 'export']);
    expect(stdout.trimEnd().split('\n')).toHaveLength(Number(stderr.split(' ')[0]));
  });

  it.each([
    [
      'one letter of an event',
      (lines: string[]) => lines.with(4, (lines[4] ?? '').replace('"actor":"', '"actor":"x')),
      5,
      'event 5 was altered',
    ],
    ['a line that is missing', (lines: string[]) => lines.toSpliced(6, 1), 7, 'event 7 is missing'],
    [
      'two lines in the wrong order',
      (lines: string[]) => lines.with(2, lines[3] ?? '').with(3, lines[2] ?? ''),
      3,
      'event 3 is missing',
    ],
    [
      'a line that is no event',
      (lines: string[]) => lines.with(1, '{"hello":1}'),
      2,
      'line 2 is no event of an export',
    ],
  ])('refuse %s, with its position', async (_, change, position, fault) => {
    const { file, lines } = await exported();
    writeFileSync(file, change(lines).join('\n'));
    const box = empty();
    expect(await encoreIn(box, ['audit', 'import', file])).toEqual({
      code: 1,
      stdout: '',
      stderr: `encore: ${file} is broken at position ${position}: ${fault}. Nothing was imported\n`,
    });
    expect((await encoreIn(box, ['audit', 'verify'])).stderr).toContain('there is no log in');
  });

  it('imports into no box that has a log, and nothing from a file that is not there', async () => {
    const { file } = await exported();
    const box = empty();
    await encoreIn(box, ['audit', 'import', file]);
    const again = await encoreIn(box, ['audit', 'import', file]);
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('has a log already')]);
    const none = await encoreIn(empty(), ['audit', 'import', '/nonexistent/log']);
    expect(none.stderr).toBe('encore: /nonexistent/log cannot be read (ENOENT)\n');
  });
});
