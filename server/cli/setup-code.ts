import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readOrMakeSecret } from '../adapters/system/secrets.ts';
import { isNewBox, makeSetupCode } from '../users/index.ts';
import { CommandFault, databasePath, exitCodes, reading, type Command } from './command.ts';

export const setupCode: Command = {
  name: 'setup-code',
  usage: '[--json]',
  summary: 'The code that makes the first account',
  help: ['--json  {"setup_code"}', 'Ends with 1 when the first account has been made.'],
  options: { json: { type: 'boolean' } },
  positionalsMax: 0,
  run({ values, config, print }) {
    const isNew = !existsSync(databasePath(config)) || reading(config, isNewBox);
    if (!isNew) throw new CommandFault('the first account is made: no setup code is needed');
    const file = join(config.paths.dataDir, 'setup-code');
    const setup_code = config.auth.setupCode ?? readOrMakeSecret(file, makeSetupCode);
    print(values['json'] === true ? JSON.stringify({ setup_code }) : setup_code);
    return exitCodes.ok;
  },
};
