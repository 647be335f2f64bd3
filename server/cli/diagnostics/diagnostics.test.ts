import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { startPressedHouse, type PressedHouse } from '../../audit/testing/pressed-house.ts';
import { parseConfig } from '../../config.ts';
import { temporaryFolder } from '../../kernel/testing/temporary-folder.ts';
import { password } from '../../testing/test-app.ts';
import { runCommandLine } from '../run.ts';

// A whole house, and programs that are asked for their versions: on a busy machine they take their time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

/** Whatever of these is found in a bundle should not be. */
const secrets = {
  name: 'Hannelore Quast',
  email: 'hannelore@quast.example',
  device: 'Küchentablett',
  sound: 'Omas Geburtstag.wav',
  broker: 'brokerhaus',
  brokerUser: 'funkgeraet',
  brokerPassword: 'sehr geheim und lang',
  address: '192.168.178.77',
  jwtSecret: 'a-signing-key-that-only-this-house-has-0123',
  link: 'https://video.example/watch?v=geheim',
} as const;

let house: PressedHouse;
let environment: Record<string, string>;
let token: string;

const encore = async (env: Record<string, string>, ...args: string[]) => {
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

/** The files of a bundle by their names. */
const unpacked = (file: string): Record<string, string> => {
  const folder = temporaryFolder();
  execFileSync('tar', ['-xzf', file, '-C', folder, '--strip-components=1']);
  return Object.fromEntries(
    readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  );
};

beforeAll(async () => {
  house = await startPressedHouse({ BACKUP_AT: 'off' });
  const logs = join(house.app.dir, 'logs');
  environment = {
    DATA_DIR: join(house.app.dir, 'data'),
    SOUNDS_DIR: house.app.soundsDir,
    LOG_DIR: logs,
    JWT_SECRET: secrets.jwtSecret,
    MQTT_URL: `mqtt://${secrets.broker}:1`,
    MQTT_USERNAME: secrets.brokerUser,
    MQTT_PASSWORD: secrets.brokerPassword,
  };
  const { name, email, device: tokenName } = secrets;
  await house.app.call('POST', '/admin/users', { body: { name, email, password } });
  const made = { name: tokenName, scopes: ['read'] };
  token = (await house.app.call('POST', '/auth/tokens', { body: made })).body['token'] as string;
  mkdirSync(logs);
  const { sound, address, link, jwtSecret, broker } = secrets;
  const lines = [
    { level: 30, name: 'app', file: sound, msg: 'a sound' },
    { level: 40, name, msg: `MQTT response topic refused for ${name.toUpperCase()}` },
    { level: 30, name: 'app', msg: `from ${address} with ${token}, ${email}, ${tokenName}` },
    { level: 50, name: 'app', msg: `${link} ${jwtSecret} ${broker}: ENOTFOUND` },
    {
      level: 50,
      name: 'app',
      err: { message: `ENOENT, open '${join(house.app.soundsDir, 'originals', sound)}'` },
      msg: 'the sounds could not be scanned',
    },
  ].map((line) => JSON.stringify(line));
  writeFileSync(join(logs, 'app.log'), `${lines.join('\n')}\n`);
  writeFileSync(join(logs, 'player.log'), `Segmentation fault at ${name}\n`);
});
afterAll(() => house.app.stop());

it('packs what helps, and nothing of who lives there', async () => {
  const file = join(temporaryFolder(), 'bundle.tar.gz');
  const { code, stdout, stderr } = await encore(environment, 'diagnostics', file, '--json');
  expect([code, stderr]).toEqual([0, '']);
  const parts = unpacked(file);
  const said = JSON.parse(stdout) as { file: string; parts: string[] };
  expect([said.file, said.parts.toSorted()]).toEqual([file, Object.keys(parts).toSorted()]);
  expect(said.parts).toEqual(
    expect.arrayContaining([
      'README.txt',
      'app.log',
      'config.json',
      'database.json',
      'doctor.ndjson',
      'health.json',
      'player.log',
      'versions.json',
    ]),
  );
  const all = Object.values(parts).join('\n').toLowerCase();
  for (const secret of [...Object.values(secrets), 'Hannelore', 'Mira', token, house.app.dir]) {
    expect([secret, all.includes(secret.toLowerCase())]).toEqual([secret, false]);
  }
  expect(parts['app.log']?.split('\n')).toHaveLength(6);
  expect(parts['app.log']).toContain("ENOENT, open '<sounds>'");
  expect(parts['player.log']).toBe('Segmentation fault at <name>\n');
  expect(JSON.parse(parts['database.json'] ?? '')).toMatchObject({
    events: { PlayStarted: 1 },
    read_models: { sounds: expect.any(Number) as number },
  });
  expect(JSON.parse(parts['health.json'] ?? '')).toMatchObject({ backups: { state: 'ok' } });
  expect(JSON.parse(parts['config.json'] ?? '')).toMatchObject({
    paths: { dataDir: '<data>', soundsDir: '<sounds>' },
    auth: { jwtSecret: '<set>', setupCode: null, registration: 'invite' },
    mqtt: { mode: 'external', external: { url: '<set>', password: '<set>' } },
  });
  const checks = (parts['doctor.ndjson'] ?? '').trim().split('\n');
  expect(checks.map((line) => (JSON.parse(line) as { check: string }).check)).toContain('audio');
});

it('packs a box that does not run and has nothing yet', async () => {
  const dir = temporaryFolder();
  const env = { DATA_DIR: join(dir, 'data'), SOUNDS_DIR: join(dir, 'sounds'), MQTT_MODE: 'off' };
  const file = join(dir, 'bundle.tar.gz');
  expect((await encore(env, 'diagnostics', file)).code).toBe(0);
  const parts = unpacked(file);
  expect([parts['database.json'], parts['health.json']]).toEqual(['null\n', 'null\n']);
});

it('leaves the logs out where it cannot know whose names are in them', async () => {
  const dir = temporaryFolder();
  const env = { DATA_DIR: dir, SOUNDS_DIR: dir, LOG_DIR: dir, MQTT_MODE: 'off' };
  writeFileSync(join(dir, 'encore.db'), 'no database at all, though it has this name');
  writeFileSync(join(dir, 'app.log'), 'Hannelore\n');
  const file = join(dir, 'bundle.tar.gz');
  expect((await encore(env, 'diagnostics', file)).code).toBe(0);
  const parts = unpacked(file);
  expect(Object.keys(parts).filter((name) => name.endsWith('.log'))).toEqual([]);
  expect(parts['README.txt']).toContain('the names of people could not be read');
});

it('says where it cannot be written, and leaves nothing half written', async () => {
  const file = join(temporaryFolder(), 'nowhere', 'bundle.tar.gz');
  const { code, stderr } = await encore(environment, 'diagnostics', file);
  expect([code, stderr]).toEqual([1, expect.stringContaining(`${file} cannot be written: `)]);
  expect(existsSync(`${file}.part`)).toBe(false);
});
