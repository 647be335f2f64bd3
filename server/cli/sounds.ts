import { openAsBlob, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { scanReport, sound } from '../sounds/contract.ts';
import { CommandFault, exitCodes, UsageFault, type Command } from './command.ts';
import { askServer, NotRunning } from './server-call.ts';
import { findUser } from './users.ts';

export const soundsScan: Command = {
  name: 'sounds scan',
  usage: '[--json]',
  summary: 'Compares the library with the folders, and reports; Encore must run',
  help: [
    '--json  the report, as one line of JSON',
    'Ends with 1 when a file could not be taken in.',
  ],
  options: { json: { type: 'boolean' } },
  positionalsMax: 0,
  async run({ values, config, print }) {
    const call = { method: 'POST', path: '/sounds/scan' } as const;
    const report = await askServer(config, call, scanReport);
    const { skipped, errors, ...changes } = report;
    if (values['json'] === true) print(JSON.stringify(report));
    else {
      for (const [what, files] of Object.entries(changes)) {
        if (files.length > 0) print(`${what}: ${files.length}`);
      }
      print(`as before: ${skipped}`);
      for (const { file, reason } of errors) print(`not taken in: ${file}: ${reason}`);
    }
    return errors.length > 0 ? exitCodes.failed : exitCodes.ok;
  },
};

function* filesOf(path: string): Generator<string> {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) throw new CommandFault(`there is nothing at ${path}`);
  if (!stat.isDirectory()) yield path;
  else {
    for (const name of readdirSync(path).toSorted()) {
      if (!name.startsWith('.')) yield* filesOf(join(path, name));
    }
  }
}

/** Of one file: a new sound, or the one that has its content. */
const uploaded = z.union([z.object({ existing: z.literal(true), sound }), sound]);

export const soundsImport: Command = {
  name: 'sounds import',
  usage: 'FILE… [--tag TAG]… [--user WHO] [--json]',
  summary: 'Copies sounds from anywhere into the library; Encore must run',
  help: [
    'FILE    a file, or a folder with all below it',
    '--tag   for all of them; give it again for more',
    '--user  who adds them: name, e-mail address or id; the house when left out',
    '--json  one line of JSON for each file: {"file", "status": added, existing or refused, "id" or "reason"}',
    'Ends with 1 when a file was refused; the others are in.',
  ],
  options: {
    tag: { type: 'string', multiple: true },
    user: { type: 'string' },
    json: { type: 'boolean' },
  },
  positionalsMax: Number.POSITIVE_INFINITY,
  async run({ positionals, values, config, print }) {
    if (positionals.length === 0) throw new UsageFault('FILE is missing');
    const files = positionals.flatMap((path) => [...filesOf(path)]);
    const { user, tag: tags = [] } = values as { user?: string; tag?: string[] };
    const as = user === undefined ? {} : { as: (await findUser(config, user)).name };
    const say = (line: Record<string, string>, words: string) =>
      print(values['json'] === true ? JSON.stringify(line) : words);
    let refused = 0;
    for (const file of files) {
      const form = new FormData();
      for (const tag of tags) form.append('tags', tag);
      form.append('file', await openAsBlob(file), basename(file));
      try {
        const call = { method: 'POST', path: '/sounds/', form, ...as } as const;
        const answer = await askServer(config, call, uploaded);
        const isKnown = 'existing' in answer;
        const { id, name } = isKnown ? answer.sound : answer;
        const state = isKnown ? 'existing' : 'added';
        say({ file, status: state, id }, `${state}: ${file} is "${name}"`);
      } catch (error) {
        if (!(error instanceof CommandFault) || error instanceof NotRunning) throw error;
        refused += 1;
        say(
          { file, status: 'refused', reason: error.message },
          `refused: ${file}: ${error.message}`,
        );
      }
    }
    return refused > 0 ? exitCodes.failed : exitCodes.ok;
  },
};
