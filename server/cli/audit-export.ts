import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import type { Writable } from 'node:stream';
import { houseUpcast } from '../house-kernel.ts';
import { toLine } from '../kernel/log-lines.ts';
import { createLogReader } from '../kernel/log-reader.ts';
import { openStorageToRead, type Storage } from '../kernel/storage.ts';
import { CommandFault, exitCodes, requireDatabase, type Command } from './command.ts';

const pageSize = 1000;

type Head = { readonly position: number; readonly head: string };

const writeAll = async (storage: Storage, out: Writable): Promise<Head> => {
  const reader = createLogReader(storage, houseUpcast());
  let head = '';
  let after = 0;
  for (;;) {
    const rows = reader.readRows(after, pageSize);
    const last = rows.at(-1);
    if (!last) return { position: after, head };
    after = last.global_position;
    head = last.hash.toString('hex');
    if (!out.write(`${rows.map(toLine).join('\n')}\n`)) await once(out, 'drain');
  }
};

/** Under its name once it is whole. */
const intoFile = async (file: string, body: (out: Writable) => Promise<Head>) => {
  const part = `${file}.part`;
  const out = createWriteStream(part, { mode: 0o600 });
  try {
    await once(out, 'open');
    const said = await body(out);
    out.end();
    await finished(out);
    await rename(part, file);
    return said;
  } catch (error) {
    out.destroy();
    await rm(part, { force: true });
    throw new CommandFault(`${file} cannot be written: ${(error as Error).message}`, {
      cause: error,
    });
  }
};

export const auditExport: Command = {
  name: 'audit export',
  usage: '[FILE] [--json]',
  summary: 'The whole log as lines of JSON, with the stored text of every event and its hash',
  help: [
    'FILE    written whole or not at all; standard output when left out',
    '--json  {"position", "head"} on standard error, instead of a sentence',
    'Each hash is SHA-256 over the one before and the columns behind their lengths: README, "Is it still true?".',
    'Names, passwords and tokens are not in the log.',
  ],
  options: { json: { type: 'boolean' } },
  positionalsMax: 1,
  async run({ positionals: [file], values, config, remark }) {
    const storage = openStorageToRead(requireDatabase(config));
    try {
      // One moment, while the server goes on.
      storage.exec('BEGIN');
      const write = (out: Writable) => writeAll(storage, out);
      const said = file === undefined ? await write(process.stdout) : await intoFile(file, write);
      const words = `${said.position} events, head ${said.head}`;
      remark(values['json'] === true ? JSON.stringify(said) : words);
    } finally {
      storage.close();
    }
    return exitCodes.ok;
  },
};
