import { join } from 'node:path';
import { expect, it } from 'vitest';
import { lockDataFolder } from '../adapters/system/data-lock.ts';
import { parseConfig } from '../config.ts';
import { openStorage } from '../kernel/storage.ts';
import { temporaryFolder } from '../kernel/testing/temporary-folder.ts';
import { runCommandLine } from './run.ts';

const run = async (dataDir: string, args: string[], environment: Record<string, string> = {}) => {
  const said: string[] = [];
  const parsed = parseConfig({ DATA_DIR: dataDir, ...environment });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  const code = await runCommandLine(['yt-dlp', 'update', ...args], {
    loadConfig: () => parsed.config,
    print: (line) => said.push(line),
    complain: (line) => said.push(line),
  });
  return { code, said: said.join('\n') };
};
const newBox = () => {
  const dataDir = temporaryFolder();
  openStorage(join(dataDir, 'encore.db')).close();
  return dataDir;
};

it('leaves alone what YTDLP_PATH names', async () => {
  const { code, said } = await run(newBox(), [], { YTDLP_PATH: '/opt/yt-dlp' });
  expect([code, said]).toEqual([1, expect.stringContaining('YTDLP_PATH names /opt/yt-dlp')]);
});

it('has nothing to go back to on a box that was never updated', async () => {
  const { code, said } = await run(newBox(), ['--rollback']);
  expect([code, said]).toEqual([1, 'encore: There is no yt-dlp to go back to.']);
});

it('says what to do while Encore runs, and where it never ran', async () => {
  const dataDir = newBox();
  const held = lockDataFolder(dataDir);
  try {
    const { code, said } = await run(dataDir, []);
    expect([code, said]).toEqual([1, expect.stringContaining('in the browser')]);
  } finally {
    held.release();
  }
  expect((await run(temporaryFolder(), [])).said).toContain('start Encore once');
});
