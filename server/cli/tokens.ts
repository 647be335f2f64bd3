import { z } from 'zod';
import { apiToken, issuedApiToken, scope, scopes } from '../users/contract.ts';
import { CommandFault, exitCodes, UsageFault, type Command } from './command.ts';
import { askServer } from './server-call.ts';
import { table } from './tables.ts';
import { findUser } from './users.ts';

const owner = { user: { type: 'string' }, json: { type: 'boolean' } } as const;
const ownerHelp = '--user    whose: name, e-mail address or id';
const tokens = z.object({ items: z.array(apiToken) });

export const tokenList: Command = {
  name: 'token list',
  usage: '--user WHO [--json]',
  summary: "Somebody's API tokens, without their secrets; Encore must run",
  help: [ownerHelp, '--json    as the API gives them, in one line'],
  options: owner,
  positionalsMax: 0,
  async run({ values, config, print }) {
    const { name: as } = await findUser(config, values['user'] as string | undefined);
    const { items } = await askServer(config, { path: '/auth/tokens', as }, tokens);
    if (values['json'] === true) print(JSON.stringify(items));
    else {
      const rows = items.map((one) => [
        one.name,
        one.scopes.join(','),
        one.kind,
        one.expires_at ?? 'never',
        one.id,
      ]);
      for (const line of table(['name', 'scopes', 'kind', 'expires', 'id'], rows)) print(line);
    }
    return exitCodes.ok;
  },
};

export const tokenCreate: Command = {
  name: 'token create',
  usage: 'NAME --user WHO --scope SCOPE… [--expires TIME] [--json]',
  summary: 'Makes an API token and prints it, this once',
  help: [
    ownerHelp,
    `--scope   one of ${scopes.join(', ')}; give it again for more`,
    '--expires such as 2027-01-01T00:00:00Z; never when left out',
    '--json    the token with its secret, as one line of JSON',
  ],
  options: {
    ...owner,
    scope: { type: 'string', multiple: true },
    expires: { type: 'string' },
  },
  positionalsMax: 1,
  async run({ positionals: [name], values, config, print }) {
    if (name === undefined) throw new UsageFault('NAME is missing');
    const wanted = z
      .array(scope)
      .min(1)
      .safeParse(values['scope'] ?? []);
    if (!wanted.success) throw new UsageFault(`--scope takes one of ${scopes.join(', ')}`);
    const { name: as } = await findUser(config, values['user'] as string | undefined);
    const { expires } = values as { expires?: string };
    const body = {
      name,
      scopes: wanted.data,
      ...(expires === undefined ? {} : { expires_at: expires }),
    };
    const call = { method: 'POST', path: '/auth/tokens', body, as } as const;
    const made = await askServer(config, call, issuedApiToken);
    print(values['json'] === true ? JSON.stringify(made) : made.token);
    return exitCodes.ok;
  },
};

export const tokenRevoke: Command = {
  name: 'token revoke',
  usage: 'ID --user WHO [--json]',
  summary: 'Ends an API token, and what it has opened, at once',
  help: [
    'ID        as `token list` shows it, or its name where no other has it',
    ownerHelp,
    '--json    {"id", "name"}',
  ],
  options: owner,
  positionalsMax: 1,
  async run({ positionals: [text], values, config, print }) {
    if (text === undefined) throw new UsageFault('ID is missing');
    const { name: as } = await findUser(config, values['user'] as string | undefined);
    const { items } = await askServer(config, { path: '/auth/tokens', as }, tokens);
    const [found, ...others] = items.filter(({ id, name }) => id === text || name === text);
    if (!found) throw new CommandFault(`${as} has no token "${text}"`);
    if (others.length > 0) throw new CommandFault(`${as} has several tokens "${text}": give an id`);
    await askServer(config, { method: 'DELETE', path: `/auth/tokens/${found.id}`, as }, z.null());
    const { id, name } = found;
    print(values['json'] === true ? JSON.stringify({ id, name }) : `${name} is revoked`);
    return exitCodes.ok;
  },
};
