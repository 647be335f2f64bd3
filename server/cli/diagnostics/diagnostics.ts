import { mkdirSync, mkdtempSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createRunChild } from '../../adapters/ffmpeg/child.ts';
import { projectRoot, type Config } from '../../config.ts';
import { CommandFault, exitCodes, type Command } from '../command.ts';
import { askRunning, examine } from '../doctor/doctor.ts';
import { sizeWord } from '../tables.ts';
import { databaseFacts, versions, wordsToHide } from './facts.ts';
import { lastLogLines } from './log-tail.ts';
import { createScrub, scrubLine, type Scrub } from './scrub.ts';
import { toldConfig } from './told-config.ts';

const packTimeoutMs = 60_000;
const packedBytesMax = 1024;

const readme = (withLogs: boolean): string => `Encore's diagnostics, for whoever helps.

versions.json  Encore, the system, the programs
health.json    how the parts do, where Encore runs
config.json    the configuration; texts that could tell something are only said to be set
doctor.ndjson  what \`encore doctor\` found
database.json  how many events of each kind, versions of the read models
${withLogs ? '*.log          the last lines of the logs' : '               no logs: the names of people could not be read, so that nothing could take them out'}

Names of people and devices, addresses of the net and of mail, links, tokens, keys and the names of
files were taken out: <name>, <ip>, <url>, <long> and so on stand in their places. Ids are left, and
tell nothing outside of this house. Look through it before it goes to somebody: it is text.
`;

const scrubOf = (config: Config, words: readonly string[]): Scrub => {
  const { dataDir, soundsDir, logDir } = config.paths;
  const folders = [
    { path: soundsDir, word: '<sounds>' },
    { path: dataDir, word: '<data>' },
    { path: logDir, word: '<logs>' },
    { path: config.backups.folder, word: '<backups>' },
    { path: config.extractions.tempDir, word: '<temp>' },
    { path: config.extractions.thumbnailsDir, word: '<thumbnails>' },
  ];
  return createScrub({ words, folders, program: projectRoot });
};

const writeParts = async (config: Config, folder: string): Promise<string[]> => {
  const words = wordsToHide(config);
  const scrub = scrubOf(config, words ?? []);
  const parts = new Map<string, string>();
  const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
  parts.set('README.txt', readme(words !== undefined));
  parts.set('versions.json', json(await versions(config)));
  parts.set('config.json', json(toldConfig(config, scrub)));
  parts.set('database.json', json(databaseFacts(config)));
  const running = await askRunning(config);
  const health = Object.entries(running?.parts ?? {}).map(
    ([part, { state, detail }]) => [part, { state, detail: scrub(detail) }] as const,
  );
  parts.set('health.json', json(running && Object.fromEntries(health)));
  let found = '';
  for await (const { check, state, said, fix } of examine(config)) {
    found += `${JSON.stringify({ check, state, said: scrub(said), fix: fix && scrub(fix) })}\n`;
  }
  parts.set('doctor.ndjson', found);
  if (words) {
    for (const [name, lines] of await lastLogLines(config)) {
      parts.set(name, lines.map((line) => `${scrubLine(scrub, line)}\n`).join(''));
    }
  }
  for (const [name, text] of parts) writeFileSync(join(folder, name), text);
  return [...parts.keys()];
};

/** Under its name once it is whole. */
const pack = async (folder: string, name: string, file: string): Promise<void> => {
  const part = `${file}.part`;
  const owner = ['--owner=0', '--group=0', '--numeric-owner'];
  const { outcome, lastWords } = await createRunChild([])(
    'tar',
    [...owner, '-czf', part, '-C', folder, name],
    { timeoutMs: packTimeoutMs, stdoutBytesMax: packedBytesMax },
  );
  if (outcome === 'succeeded') return renameSync(part, file);
  rmSync(part, { force: true });
  throw new CommandFault(`${file} cannot be written: ${lastWords.trim() || outcome}`);
};

export const diagnostics: Command = {
  name: 'diagnostics',
  usage: '[FILE] [--json]',
  summary: 'Packs what a helper needs to know of this box, without names, addresses and keys',
  help: [
    'FILE    encore-diagnostics-TIME.tar.gz in this folder when left out',
    '--json  {"file", "bytes", "parts"}',
    'In it: versions, the configuration without secrets, what doctor finds, counts of events, the last log',
    'lines. Names of people, addresses, links, tokens and names of files are taken out: its README.txt says how.',
  ],
  options: { json: { type: 'boolean' } },
  positionalsMax: 1,
  async run({ positionals: [given], values, config, print }) {
    const name = `encore-diagnostics-${new Date().toISOString().slice(0, 19).replaceAll(':', '')}Z`;
    const file = resolve(given ?? `${name}.tar.gz`);
    const work = mkdtempSync(join(tmpdir(), 'encore-diagnostics-'));
    try {
      const folder = join(work, name);
      mkdirSync(folder);
      const parts = await writeParts(config, folder);
      await pack(work, name, file);
      const bytes = statSync(file).size;
      if (values['json'] === true) print(JSON.stringify({ file, bytes, parts }));
      else print(`${file} (${sizeWord(bytes)}): look through it before you send it`);
      return exitCodes.ok;
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  },
};
