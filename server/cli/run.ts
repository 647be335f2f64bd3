import { parseArgs } from 'node:util';
import type { Config } from '../config.ts';
import { StorageUnavailable } from '../kernel/storage.ts';
import { auditReplay } from './audit-replay.ts';
import { auditVerify } from './audit-verify.ts';
import { CommandFault, exitCodes, UsageFault, type Command, type ExitCode } from './command.ts';
import { mqttAcl } from './mqtt-acl.ts';
import { projectionsRebuild } from './projections-rebuild.ts';
import { setupCode } from './setup-code.ts';
import { ytDlpUpdate } from './yt-dlp-update.ts';

const commands: readonly Command[] = [
  auditVerify,
  auditReplay,
  projectionsRebuild,
  setupCode,
  ytDlpUpdate,
  mqttAcl,
];

const line = ({ name, usage }: Command) => `encore ${name} ${usage}`.trimEnd();

const allHelp = (): string =>
  [
    'Usage:',
    ...commands.flatMap((command) => [`  ${line(command)}`, `      ${command.summary}`]),
    '',
    'All of them work while Encore runs, but for rebuild and update. The data folder is that of the server: DATA_DIR, from the environment or .env.',
  ].join('\n');

const helpOf = (command: Command): string =>
  [`Usage: ${line(command)}`, '', command.summary, ...command.help.map((one) => `  ${one}`)].join(
    '\n',
  );

const find = (args: readonly string[]): { command: Command; rest: string[] } | undefined => {
  for (const command of commands) {
    const words = command.name.split(' ');
    if (words.every((word, index) => args[index] === word)) {
      return { command, rest: args.slice(words.length) };
    }
  }
  return undefined;
};

const parse = ({ options, positionalsMax }: Command, args: string[]) => {
  try {
    const parsed = parseArgs({
      args,
      options: { ...options, help: { type: 'boolean', short: 'h' } },
      allowPositionals: positionalsMax > 0,
    });
    if (parsed.positionals.length <= positionalsMax) return parsed;
  } catch (error) {
    throw new UsageFault((error as Error).message, { cause: error });
  }
  throw new UsageFault(`more than ${positionalsMax} argument`);
};

export type Console = {
  readonly loadConfig: () => Config;
  readonly print: (line: string) => void;
  readonly complain: (line: string) => void;
};

/** Runs one command line, `node` and script left out. @throws what is a bug */
export const runCommandLine = async (
  args: readonly string[],
  { loadConfig, print, complain }: Console,
): Promise<ExitCode> => {
  const found = find(args);
  if (!found) {
    const asked = args.some((one) => one === '--help' || one === '-h' || one === 'help');
    (asked ? print : complain)(allHelp());
    return asked ? exitCodes.ok : exitCodes.usage;
  }
  const { command, rest } = found;
  try {
    const { values, positionals } = parse(command, rest);
    if (values['help'] === true) {
      print(helpOf(command));
      return exitCodes.ok;
    }
    return await command.run({ values, positionals, config: loadConfig(), print });
  } catch (error) {
    if (error instanceof UsageFault) {
      complain(`encore: ${error.message}\nUsage: ${line(command)}`);
      return exitCodes.usage;
    }
    if (error instanceof CommandFault || error instanceof StorageUnavailable) {
      complain(`encore: ${error.message}`);
      return exitCodes.failed;
    }
    throw error;
  }
};
