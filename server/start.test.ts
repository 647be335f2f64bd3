import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { compileCache, projectRoot } from './config.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'encore-start-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** Starts the server as the launcher would, and waits for its end. */
const startServer = async (env: Record<string, string>) => {
  const child = spawn(process.execPath, [join(projectRoot, 'server', 'main.ts')], {
    env: {
      ...compileCache,
      PATH: process.env['PATH'],
      HOST: '127.0.0.1',
      MQTT_MODE: 'off',
      DATA_DIR: dir,
      ...env,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (data) => (said += String(data)));
  const [code] = (await once(child, 'exit')) as [number | null];
  return { code, said: said.trim() };
};

it('a taken HTTP port is one clear sentence', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const port = String((other.address() as AddressInfo).port);
  const { code, said } = await startServer({ PORT: port });
  other.close();
  expect(code).toBe(78);
  expect(said).toBe(
    `encore: port ${port} on 127.0.0.1 is in use: stop the other program, or set PORT to a free one.`,
  );
});

it('a data folder that cannot be written is one clear sentence', async () => {
  const file = join(dir, 'a-file');
  writeFileSync(file, '');
  const { code, said } = await startServer({ PORT: '0', DATA_DIR: join(file, 'data') });
  expect(code).toBe(78);
  expect(said).toMatch(
    /^encore: the data folder .+ cannot be written \(.+\): make it writable, or set DATA_DIR\.$/,
  );
});

it('every fault of the configuration is named', async () => {
  const { code, said } = await startServer({ PORT: 'http', LOG_LEVEL: 'loud' });
  expect(code).toBe(78);
  expect(said).toMatch(/PORT must be a port number/);
  expect(said).toMatch(/LOG_LEVEL must be one of/);
});
