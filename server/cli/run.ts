import { parseArgs } from 'node:util';
import type { Config, Environment } from '../config.ts';
import { StorageUnavailable } from '../kernel/storage.ts';
import { BackupFault } from '../adapters/backup/backup-fault.ts';
import { SourceUnreadable } from '../adapters/backup/whole-files.ts';
import { auditExport } from './audit-export.ts';
import { auditImport } from './audit-import.ts';
import { auditReplay } from './audit-replay.ts';
import { auditVerify } from './audit-verify.ts';
import { backup } from './backup.ts';
import { CommandFault, exitCodes, UsageFault, type Command, type ExitCode } from './command.ts';
import { diagnostics } from './diagnostics/diagnostics.ts';
import { doctor } from './doctor/doctor.ts';
import { mqttAcl } from './mqtt-acl.ts';
import { projectionsRebuild } from './projections-rebuild.ts';
import { restore, verifyBackupCommand } from './restore.ts';
import { setupCode } from './setup-code.ts';
import { soundsImport, soundsScan } from './sounds.ts';
import { bench, start } from './start.ts';
import { status } from './status.ts';
import { tokenCreate, tokenList, tokenRevoke } from './tokens.ts';
import { userAdd, userDisable, userEnable, userList, userResetPassword } from './users.ts';
import { ytDlpUpdate } from './yt-dlp-update.ts';

const commands: readonly Command[] = [
  start,
  status,
  doctor,
  diagnostics,
  setupCode,
  userList,
  userAdd,
  userDisable,
  userEnable,
  userResetPassword,
  tokenList,
  tokenCreate,
  tokenRevoke,
  soundsScan,
  soundsImport,
  backup,
  verifyBackupCommand,
  restore,
  auditVerify,
  auditReplay,
  auditExport,
  auditImport,
  projectionsRebuild,
  ytDlpUpdate,
  mqttAcl,
  bench,
];

const line = ({ name, usage }: Command) => `encore ${name} ${usage}`.trimEnd();

const allHelp = (): string =>
  [
    'Usage:',
    ...commands.flatMap((command) => [`  ${line(command)}`, `      ${command.summary}`]),
    '',
    'encore COMMAND --help says more of one. The data folder is that of the server: DATA_DIR, from the environment or .env.',
    'Accounts, tokens and sounds are asked of the running server, by its socket in that folder; rebuild, restore, import and update want it stopped.',
    'Ends with 0 when all went well, 1 when it did not, 2 for a command in a form it does not have, 3 when status finds nobody.',
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
  throw new UsageFault(`more than ${positionalsMax} argument${positionalsMax === 1 ? '' : 's'}`);
};

export type Console = {
  readonly loadConfig: (overrides?: Environment) => Config;
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
    const config = loadConfig(command.overrides?.(values));
    return await command.run({ values, positionals, config, print, remark: complain });
  } catch (error) {
    if (error instanceof UsageFault) {
      complain(`encore: ${error.message}\nUsage: ${line(command)}`);
      return exitCodes.usage;
    }
    const known = [CommandFault, BackupFault, SourceUnreadable, StorageUnavailable];
    if (known.some((kind) => error instanceof kind)) {
      complain(`encore: ${(error as Error).message}`);
      return exitCodes.failed;
    }
    throw error;
  }
};
