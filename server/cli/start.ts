import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { childEnvironment, projectRoot } from '../config.ts';
import { exitCodes, type Command, type ExitCode } from './command.ts';

const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Another program of Encore in the place of this one: its signals, its words, its code. */
const become = async (script: string, args: readonly string[]): Promise<ExitCode> => {
  const child = spawn(process.execPath, [join(projectRoot, 'server', script), ...args], {
    stdio: 'inherit',
    env: childEnvironment(),
  });
  for (const signal of forwarded) process.on(signal, () => child.kill(signal));
  const [code] = (await once(child, 'exit')) as [number | null];
  return (code ?? exitCodes.failed) as ExitCode;
};

export const start: Command = {
  name: 'start',
  usage: '',
  summary: 'Runs server and player until Ctrl-C; under systemd its units do that',
  help: ['Ends with 78 when it cannot start as things are configured.'],
  options: {},
  positionalsMax: 0,
  run: () => become('launcher.ts', []),
};

export const bench: Command = {
  name: 'bench',
  usage: '[NAME]',
  summary: 'The measurements, as tables; NAME is one of them',
  help: ['Takes minutes, and a machine that has nothing else to do.'],
  options: {},
  positionalsMax: 1,
  run: ({ positionals }) => become(join('bench', 'run.ts'), positionals),
};
