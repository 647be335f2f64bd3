import { z } from 'zod';
import type { Config } from '../config.ts';
import { madePassword, managedUser, role, roles, type ManagedUser } from '../users/contract.ts';
import { pageOf } from '../kernel/lists.ts';
import { CommandFault, exitCodes, UsageFault, type Command } from './command.ts';
import { askServer } from './server-call.ts';
import { secretFrom } from './secret-input.ts';
import { table } from './tables.ts';

const json = { json: { type: 'boolean' } } as const;
const isSame = (a: string, b: string) =>
  a.normalize('NFKC').toLowerCase() === b.normalize('NFKC').toLowerCase();

const allUsers = async (config: Config): Promise<ManagedUser[]> => {
  const users: ManagedUser[] = [];
  const page = pageOf(managedUser);
  for (let cursor = ''; ;) {
    const path = `/admin/users?limit=500&cursor=${encodeURIComponent(cursor)}`;
    const { items, next_cursor } = await askServer(config, { path }, page);
    users.push(...items);
    if (next_cursor === null) return users;
    cursor = next_cursor;
  }
};

/** By id, name or e-mail address. @throws CommandFault where nobody, or UsageFault where no one is named */
export const findUser = async (config: Config, who: string | undefined): Promise<ManagedUser> => {
  if (who === undefined) throw new UsageFault('say who: a name, an e-mail address or an id');
  const users = await allUsers(config);
  const found =
    users.find(({ id }) => id === who) ??
    users.find(({ name, email }) => isSame(name, who) || (email !== null && isSame(email, who)));
  if (found) return found;
  throw new CommandFault(`no account has the id, name or e-mail address "${who}"`);
};

export const userList: Command = {
  name: 'user list',
  usage: '[--json]',
  summary: 'All accounts; Encore must run',
  help: ['--json  as the API gives them, in one line'],
  options: json,
  positionalsMax: 0,
  async run({ values, config, print }) {
    const users = await allUsers(config);
    if (values['json'] === true) print(JSON.stringify(users));
    else {
      const rows = users.map((user) => [
        user.name,
        user.email ?? '',
        user.role,
        user.plan,
        user.disabled ? 'disabled' : '',
        user.last_seen_at ?? '',
        user.id,
      ]);
      for (const line of table(['name', 'e-mail', 'role', 'plan', '', 'last seen', 'id'], rows)) {
        print(line);
      }
    }
    return exitCodes.ok;
  },
};

export const userAdd: Command = {
  name: 'user add',
  usage: 'NAME [--role admin|user|guest] [--email ADDRESS] [--plan CODE] [--json]',
  summary: 'Makes an account; the password is read from standard input, or typed unseen',
  help: [
    '--role   user when left out',
    '--plan   the one that goes with the role when left out',
    '--json   the account, as one line of JSON',
  ],
  options: {
    role: { type: 'string' },
    email: { type: 'string' },
    plan: { type: 'string' },
    ...json,
  },
  positionalsMax: 1,
  async run({ positionals: [name], values, config, print }) {
    if (name === undefined) throw new UsageFault('NAME is missing');
    const wanted = role.safeParse(values['role'] ?? 'user');
    if (!wanted.success) throw new UsageFault(`--role is one of ${roles.join(', ')}`);
    const { email, plan } = values as { email?: string; plan?: string };
    // Asked first, so that nobody types a password for nothing.
    await askServer(config, { path: '/auth/providers' }, z.unknown());
    const password = await secretFrom('Password: ');
    const body = {
      name,
      password,
      role: wanted.data,
      ...(email === undefined ? {} : { email }),
      ...(plan === undefined ? {} : { plan }),
    };
    const user = await askServer(
      config,
      { method: 'POST', path: '/admin/users', body },
      managedUser,
    );
    print(
      values['json'] === true ? JSON.stringify(user) : `${user.name} is ${user.role}: ${user.id}`,
    );
    return exitCodes.ok;
  },
};

const switched = (name: 'disable' | 'enable', summary: string): Command => ({
  name: `user ${name}`,
  usage: 'WHO [--json]',
  summary,
  help: ['WHO     name, e-mail address or id', '--json  the account, as one line of JSON'],
  options: json,
  positionalsMax: 1,
  async run({ positionals: [who], values, config, print }) {
    const { id } = await findUser(config, who);
    const call = {
      method: 'PATCH',
      path: `/admin/users/${id}`,
      body: { disabled: name === 'disable' },
    } as const;
    const user = await askServer(config, call, managedUser);
    print(values['json'] === true ? JSON.stringify(user) : `${user.name} is ${name}d`);
    return exitCodes.ok;
  },
});

export const userDisable = switched(
  'disable',
  'Takes all sessions, tokens and connections of an account at once',
);
export const userEnable = switched('enable', 'Lets somebody in again');

export const userResetPassword: Command = {
  name: 'user reset-password',
  usage: 'WHO [--stdin] [--json]',
  summary: 'Makes a new password and prints it; all sessions of the account end',
  help: [
    'WHO      name, e-mail address or id; also the only admin, who cannot get in',
    '--stdin  read the password from standard input instead of making one',
    '--json   {"password"} of the one that was made',
  ],
  options: { stdin: { type: 'boolean' }, ...json },
  positionalsMax: 1,
  async run({ positionals: [who], values, config, print }) {
    const { id, name } = await findUser(config, who);
    const body = values['stdin'] === true ? { password: await secretFrom('New password: ') } : {};
    const made = await askServer(
      config,
      { method: 'POST', path: `/admin/users/${id}/password`, body },
      madePassword.nullable(),
    );
    if (values['json'] === true) print(JSON.stringify(made ?? {}));
    else print(made ? `${name}'s new password: ${made.password}` : `${name} has the new password`);
    return exitCodes.ok;
  },
};
