import { backupsState } from '../../backups/contract.ts';
import type { Config } from '../../config.ts';
import { exitCodes, type Command } from '../command.ts';
import { askServer, callServer, NotRunning } from '../server-call.ts';
import { readiness } from '../status.ts';
import type { Check, CheckResult, DoctorInput, Running } from './check.ts';
import { clock, database, disk, folders, secrets } from './files.ts';
import { backups, server } from './house.ts';
import { httpPort, mqtt } from './network.ts';
import { audio, ffmpeg, node, ytDlp } from './programs.ts';

const checks: readonly Check[] = [
  node,
  server,
  folders,
  secrets,
  disk,
  database,
  clock,
  httpPort,
  mqtt,
  audio,
  ffmpeg,
  ytDlp,
  backups,
];

const marks: Record<CheckResult['state'], string> = {
  ok: 'ok    ',
  look: 'look  ',
  broken: 'BROKEN',
};

/** Null: nobody runs on the data folder. @throws CommandFault where this user may not ask */
export const askRunning = async (config: Config): Promise<Running | null> => {
  try {
    const { body } = await callServer(config, { path: '/readyz' });
    const state = await askServer(config, { path: '/admin/backups' }, backupsState);
    return { parts: readiness.parse(body).parts, backups: state };
  } catch (error) {
    if (error instanceof NotRunning) return null;
    throw error;
  }
};

/** A check that fails itself is a finding too. */
const lookAt = async (check: Check, input: DoctorInput): Promise<CheckResult> => {
  try {
    return await check.look(input);
  } catch (error) {
    return {
      state: 'broken',
      said: `This could not be looked at: ${(error as Error).message}.`,
      fix: 'Run this as the user that Encore runs as, or as root.',
    };
  }
};

/** Every check's finding, in the order of the list. */
export async function* examine(
  config: Config,
): AsyncGenerator<CheckResult & { readonly check: string }> {
  const input = { config, running: await askRunning(config), nowMs: Date.now() };
  for (const check of checks) yield { check: check.name, ...(await lookAt(check, input)) };
}

export const doctor: Command = {
  name: 'doctor',
  usage: '[--json]',
  summary: 'Looks at all that a box needs, and says what helps',
  help: [
    `It looks at: ${checks.map(({ name }) => name).join(', ')}.`,
    '--json  one line of JSON for each: {"check", "state": ok, look or broken, "said", "fix"}',
    'Ends with 1 when something is broken.',
  ],
  options: { json: { type: 'boolean' } },
  positionalsMax: 0,
  async run({ values, config, print }) {
    let isBroken = false;
    for await (const { check, state, said, fix } of examine(config)) {
      isBroken ||= state === 'broken';
      if (values['json'] === true) print(JSON.stringify({ check, state, said, fix }));
      else {
        print(`${marks[state]}  ${check}: ${said}`);
        if (fix !== null) print(`        → ${fix}`);
      }
    }
    return isBroken ? exitCodes.failed : exitCodes.ok;
  },
};
