import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createYtDlpSource } from '../adapters/ytdlp/index.ts';
import { silentLogger } from '../kernel/logger.ts';
import { alone } from './command-lock.ts';
import { CommandFault, exitCodes, requireDatabase, type Command } from './command.ts';

export const ytDlpUpdate: Command = {
  name: 'yt-dlp update',
  usage: '[--rollback] [--json]',
  summary: 'Fetches the newest yt-dlp as the copy that Encore keeps for itself',
  help: [
    '--rollback  go back to the one before instead',
    '--json      {"outcome", "detail"}',
    'Ends with 1 when it failed, or had to go back to the one before. With Encore stopped; while it runs an admin does it in the browser.',
  ],
  options: { rollback: { type: 'boolean' }, json: { type: 'boolean' } },
  positionalsMax: 0,
  async run({ values, config, print }) {
    requireDatabase(config);
    const { dataDir } = config.paths;
    const { ytDlp: configured, searchPath } = config.tools;
    const { allowedHosts } = config.extractions;
    const remedy = 'an admin updates it in the browser, or stop it first';
    return alone(dataDir, remedy, async () => {
      const tempDir = mkdtempSync(join(tmpdir(), 'encore-yt-dlp-'));
      const source = createYtDlpSource({
        configured,
        searchPath,
        dataDir,
        tempDir,
        allowedHosts,
        logger: silentLogger,
      });
      try {
        await source.start();
        const goesBack = values['rollback'] === true;
        const { outcome, detail } = await (goesBack ? source.rollBack() : source.update());
        const wentWell = goesBack
          ? outcome === 'rolled_back'
          : outcome === 'updated' || outcome === 'current';
        if (!wentWell) throw new CommandFault(detail);
        print(values['json'] === true ? JSON.stringify({ outcome, detail }) : detail);
        return exitCodes.ok;
      } finally {
        await source.stop();
        rmSync(tempDir, { recursive: true, force: true });
      }
    });
  },
};
