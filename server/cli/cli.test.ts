import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { lockDataFolder } from '../adapters/system/data-lock.ts';
import { look, startPressedHouse, tamper, tamperings } from '../audit/testing/pressed-house.ts';
import type { PressedHouse } from '../audit/testing/pressed-house.ts';
import { parseConfig, projectRoot } from '../config.ts';
import { password } from '../testing/test-app.ts';
import { runCommandLine } from './run.ts';

// A process for each command line; on a busy machine each takes its time.
vi.setConfig({ testTimeout: 120_000 });

type Ended = { code: number; stdout: string; stderr: string };

/** `npx encore …` from its first file on, which a system's own Node would run. */
const encore = (dataDir: string, ...args: string[]): Promise<Ended> =>
  new Promise((resolve) => {
    const command = [join(projectRoot, 'server', 'encore.mjs'), ...args];
    const env = { PATH: process.env['PATH'], DATA_DIR: dataDir };
    execFile(process.execPath, command, { env }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });

let house: PressedHouse;
let folder: string;
let head: number;
let playEnd: number;
let userId: string;

beforeAll(async () => {
  house = await startPressedHouse();
  const { database } = house;
  const number = (sql: string) => look(database, sql) as number;
  head = number('SELECT max(global_position) FROM events');
  playEnd = number(`SELECT global_position FROM events WHERE type = 'PlayFinished'`);
  userId = look(database, 'SELECT user_id FROM people') as string;
  folder = mkdtempSync(join(tmpdir(), 'encore-cli-'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  rmSync(house.app.dir, { recursive: true, force: true });
});

const dataDir = () => join(house.app.dir, 'data');
let copies = 0;
/** A data folder of its own with the stopped house's database. */
const copy = () => {
  const to = join(folder, String(++copies));
  mkdirSync(to);
  copyFileSync(house.database, join(to, 'encore.db'));
  return { to, database: join(to, 'encore.db') };
};

describe('while the server runs', () => {
  it('verifies, in words and in JSON', async () => {
    const words = await encore(dataDir(), 'audit', 'verify');
    expect(words).toMatchObject({ code: 0, stderr: '' });
    expect(words.stdout).toMatch(new RegExp(`^valid: ${head} events, head [0-9a-f]{64}\n$`));
    const { stdout } = await encore(dataDir(), 'audit', 'verify', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ verdict: 'valid', position: head });
  });

  it("tells a person's history until a moment", async () => {
    const all = await encore(dataDir(), 'audit', 'replay', '--user', userId, '--json');
    const { events, ledgers, user } = JSON.parse(all.stdout) as {
      events: { type: string; recorded_at: string }[];
      ledgers: object;
      user: string;
    };
    expect([all.code, user]).toEqual([0, userId]);
    expect(ledgers).toBeTypeOf('object');
    const types = events.map(({ type }) => type);
    expect(types[0]).toBe('UserRegistered');
    expect(types).toContain('PlayRequested');
    const until = events[0]?.recorded_at ?? '';
    const some = await encore(dataDir(), 'audit', 'replay', '--user', userId, '--until', until);
    expect(some.stdout).toContain(`${until}  `);
    expect(some.stdout).not.toContain('PlayRequested');
    const early = ['--until', '2020-01-01'];
    const nothing = await encore(dataDir(), 'audit', 'replay', '--user', userId, ...early);
    expect(nothing).toMatchObject({ code: 1, stdout: '' });
    expect(nothing.stderr).toBe(
      `encore: the log has no event of ${userId} until 2020-01-01T00:00:00.000Z\n`,
    );
  });

  it('finds the person by name or e-mail address, or says why not', async () => {
    const replayed = async (who: string) => {
      const { code, stdout } = await encore(dataDir(), 'audit', 'replay', '--user', who, '--json');
      return [code, (JSON.parse(stdout) as { user: string }).user];
    };
    await house.app.call('PATCH', '/auth/me', {
      body: { email: 'mira@example.org' },
      token: house.token,
    });
    expect(await replayed('mIRA')).toEqual([0, userId]);
    expect(await replayed('Mira@example.org')).toEqual([0, userId]);
    const unknown = await encore(dataDir(), 'audit', 'replay', '--user', 'Nobody');
    expect(unknown).toEqual({
      code: 1,
      stdout: '',
      stderr: 'encore: no account has the id, name or e-mail address "Nobody"\n',
    });
    // Whoever takes another's id for a name hides nothing by it.
    const body = { name: userId, password };
    const made = await house.app.call('POST', '/admin/users', { body, token: house.token });
    expect(made.status).toBe(201);
    expect(await replayed(userId)).toEqual([0, userId]);
    await house.app.call('DELETE', `/admin/users/${made.body['id'] as string}`, {
      token: house.token,
    });
    expect(await replayed(made.body['id'] as string)).toEqual([0, made.body['id']]);
  });

  it('rebuilds nothing', async () => {
    const lock = lockDataFolder(dataDir());
    const refused = await encore(dataDir(), 'projections', 'rebuild');
    lock.release();
    expect(refused).toEqual({
      code: 1,
      stdout: '',
      stderr: `encore: Encore is running on ${dataDir()}: stop it first, it is the only writer of its read models\n`,
    });
  });

  it('needs no setup code any more', async () => {
    const { code, stderr } = await encore(dataDir(), 'setup-code');
    expect([code, stderr]).toEqual([
      1,
      'encore: the first account is made: no setup code is needed\n',
    ]);
  });
});

describe('of a house that was stopped', () => {
  beforeAll(async () => {
    await house.app.stop(true);
    // A stop may settle what was open.
    head = look(house.database, 'SELECT max(global_position) FROM events') as number;
  });

  it('replay tells whom a name means that means several', async () => {
    const { to, database } = copy();
    // No door lets this in; a database that was edited may hold it.
    tamper(database, `INSERT INTO people VALUES ('someone', 'Eve', 'eve', 'Mira', 'mira', NULL)`);
    const { code, stdout, stderr } = await encore(to, 'audit', 'replay', '--user', 'Mira');
    expect([code, stdout]).toEqual([1, '']);
    const ids = [userId, 'someone'].toSorted().join(', ');
    expect(stderr).toBe(
      `encore: "Mira" may be any of several accounts; give the id of one: ${ids}\n`,
    );
  });

  describe('verify finds, with its position,', () => {
    it.each(tamperings)('$name', async ({ sql, position, fault }) => {
      const { to, database } = copy();
      tamper(database, sql(head));
      const { code, stdout } = await encore(to, 'audit', 'verify', '--json');
      const verdict = JSON.parse(stdout) as { fault: string };
      expect(verdict).toMatchObject({ verdict: 'broken', position: position(head, playEnd) });
      expect(verdict.fault).toMatch(fault);
      expect(code).toBe(1);
    });

    it('a log that is not the one whose head was written down elsewhere', async () => {
      const hash = look(
        house.database,
        'SELECT lower(hex(hash)) FROM events WHERE global_position = 3',
      ) as string;
      const { to } = copy();
      const right = await encore(to, 'audit', 'verify', '--published', `3:${hash}`);
      expect(right.code).toBe(0);
      const wrong = await encore(to, 'audit', 'verify', '--published', `3:${'0'.repeat(64)}`);
      expect(wrong).toMatchObject({
        code: 1,
        stdout: 'broken at position 3: event 3 is not the one whose hash was published\n',
      });
    });

    it('an edited row, which a rebuild mends', async () => {
      const { to, database } = copy();
      tamper(database, 'UPDATE plays SET latency_ms = 1; DELETE FROM sounds');
      const one = await encore(to, 'projections', 'rebuild', 'plays');
      expect(one).toMatchObject({ code: 0, stdout: 'plays: 5 events\n' });
      expect((await encore(to, 'audit', 'verify')).stdout).toContain('sounds: the row');
      expect((await encore(to, 'projections', 'rebuild')).code).toBe(0);
      expect((await encore(to, 'audit', 'verify')).code).toBe(0);
    });
  });
});

describe('the command line', () => {
  /** Without a process, which costs most of a second. */
  const inProcess = async (args: readonly string[]) => {
    const [stdout, stderr]: [string[], string[]] = [[], []];
    const code = await runCommandLine(args, {
      loadConfig() {
        const parsed = parseConfig({ DATA_DIR: dataDir() });
        if (!parsed.ok) throw new Error('no configuration');
        return parsed.config;
      },
      print: (line) => void stdout.push(line),
      complain: (line) => void stderr.push(line),
    });
    return { code, stdout: stdout.join('\n'), stderr: stderr.join('\n') };
  };

  it('explains itself', async () => {
    const all = await encore(folder, '--help');
    expect(all.code).toBe(0);
    for (const name of ['audit verify', 'audit replay', 'projections rebuild', 'setup-code']) {
      expect(all.stdout).toContain(`encore ${name}`);
      const one = await inProcess([...name.split(' '), '--help']);
      expect([one.code, one.stdout.startsWith(`Usage: encore ${name}`)]).toEqual([0, true]);
    }
  });

  it.each([
    [[], 'Usage:'],
    [['audit'], 'Usage:'],
    [['audit', 'verify', '--loud'], "encore: Unknown option '--loud'"],
    [['audit', 'verify', 'now'], 'encore: '],
    [['audit', 'verify', '--published', 'x'], 'encore: --published takes POSITION:HASH'],
    [['audit', 'replay'], 'encore: --user is missing'],
    [['audit', 'replay', '--user', 'x', '--until', 'noon'], 'encore: --until takes a time'],
    [['projections', 'rebuild', 'nothing'], 'encore: there is no read model nothing'],
    [['projections', 'rebuild', 'plays', 'sounds'], 'encore: more than 1 argument'],
  ])('has a code of its own for misuse: %j', async (args, words) => {
    const { code, stdout, stderr } = await inProcess(args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr.slice(0, words.length)).toBe(words);
  });

  it('makes and keeps the setup code of a new box, and verifies nothing there', async () => {
    const fresh = join(folder, 'fresh');
    const first = await encore(fresh, 'setup-code');
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect((await encore(fresh, 'setup-code')).stdout).toBe(first.stdout);
    const { code, stderr } = await encore(fresh, 'audit', 'verify');
    expect(code).toBe(1);
    expect(stderr).toBe(
      `encore: there is no log in ${fresh}: start Encore once, or set DATA_DIR\n`,
    );
    expect(existsSync(join(fresh, 'encore.db'))).toBe(false);
  }, 60_000);
});
