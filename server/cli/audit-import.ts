import { createReadStream, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { finished } from 'node:stream/promises';
import { createHouseKernel, houseUpcast } from '../house-kernel.ts';
import { openEventLog } from '../kernel/event-log.ts';
import { silentLogger } from '../kernel/logger.ts';
import { openLogIntake } from '../kernel/log-lines.ts';
import { systemClock, uuidv7 } from '../kernel/ports.ts';
import { openStorage } from '../kernel/storage.ts';
import { alone } from './command-lock.ts';
import { CommandFault, databasePath, exitCodes, UsageFault, type Command } from './command.ts';
import { ownerOf } from './owner.ts';

const clear = (path: string) => {
  for (const end of ['', '-wal', '-shm', '-journal']) rmSync(path + end, { force: true });
};

/** The log alone, at `path`. @throws CommandFault with the first position that does not hold */
const takeLines = async (
  file: string,
  path: string,
): Promise<{ head: string; position: number }> => {
  const input = createReadStream(file);
  const storage = openStorage(path);
  try {
    openEventLog(storage, { clock: systemClock, ids: uuidv7, upcast: houseUpcast() });
    const intake = openLogIntake(storage);
    storage.exec('BEGIN');
    for await (const line of createInterface({ input, crlfDelay: Infinity })) {
      const fault = intake.take(line);
      if (fault) {
        throw new CommandFault(
          `${file} is broken at position ${fault.position}: ${fault.fault}. Nothing was imported`,
        );
      }
    }
    storage.exec('COMMIT');
    const head = intake.head();
    if (head.position === 0) throw new CommandFault(`${file} holds no event`);
    return head;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'EACCES' || code === 'EISDIR') {
      throw new CommandFault(`${file} cannot be read (${code})`, { cause: error });
    }
    throw error;
  } finally {
    input.destroy();
    await finished(input).catch(() => undefined);
    storage.close();
  }
};

/** Read models of an imported log; whatever this Encore cannot read shows here. */
const project = async (path: string): Promise<void> => {
  try {
    await createHouseKernel({ storage: openStorage(path), logger: silentLogger }).stop();
  } catch (error) {
    throw new CommandFault(
      `this Encore cannot read the log: ${(error as Error).message}. Nothing was imported`,
      { cause: error },
    );
  }
};

export const auditImport: Command = {
  name: 'audit import',
  usage: 'FILE [--json]',
  summary: 'Makes a log of an export, in an empty data folder; with Encore stopped',
  help: [
    'FILE    what `audit export` wrote: every hash is recomputed',
    '--json  {"position", "head"}',
    'For a look at a history: names, passwords and sounds are not in an export. For a whole box take `restore`.',
    'Ends with 1 and the position where the chain is broken; nothing is kept then.',
  ],
  options: { json: { type: 'boolean' } },
  positionalsMax: 1,
  async run({ positionals: [file], values, config, print }) {
    if (file === undefined) throw new UsageFault('FILE is missing');
    const { dataDir } = config.paths;
    const path = databasePath(config);
    const give = ownerOf(dataDir);
    mkdirSync(dataDir, { recursive: true, mode: 0o750 });
    const { head, position } = await alone(dataDir, 'stop it first', async () => {
      if (existsSync(path)) {
        throw new CommandFault(
          `${dataDir} has a log already: set DATA_DIR to an empty folder, or move ${path} away`,
        );
      }
      const importing = `${path}.importing`;
      try {
        clear(importing);
        const taken = await takeLines(file, importing);
        await project(importing);
        renameSync(importing, path);
        return taken;
      } finally {
        clear(importing);
      }
    });
    give([dataDir]);
    print(
      values['json'] === true
        ? JSON.stringify({ position, head })
        : `${position} events, head ${head}`,
    );
    return exitCodes.ok;
  },
};
