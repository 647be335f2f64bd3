import { createPersonHistory } from '../audit/index.ts';
import { houseUpcast } from '../house-kernel.ts';
import type { Ledger, LedgerReplay, LedgerValue } from '../kernel/log-check.ts';
import { createLogReader } from '../kernel/log-reader.ts';
import type { Storage } from '../kernel/storage.ts';
import { modules } from '../modules.ts';
import { findAccounts } from '../users/index.ts';
import { CommandFault, exitCodes, reading, UsageFault, type Command } from './command.ts';

const pageSize = 5000;

const time = (text: string | undefined): number => {
  if (text === undefined) return Date.now();
  const known = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?$/;
  const at = Date.parse(text);
  if (known.test(text) && !Number.isNaN(at)) return at;
  throw new UsageFault(`--until takes a time such as 2026-03-01T20:15:00Z, not "${text}"`);
};

/** The one account that is meant; who was forgotten is known by the id alone. */
const accountOf = (storage: Storage, text: string): string => {
  const [user, ...others] = findAccounts(storage, text);
  if (user === undefined) {
    throw new CommandFault(`no account has the id, name or e-mail address "${text}"`);
  }
  if (others.length === 0) return user;
  const ids = [user, ...others].join(', ');
  throw new CommandFault(`"${text}" may be any of several accounts; give the id of one: ${ids}`);
};

/** Events up to the moment, folded by every module that keeps a ledger. */
const replayLedgers = (storage: Storage, user: string, until: number): Record<string, Ledger> => {
  const folds = modules
    .flatMap(({ ledger }): LedgerReplay[] => (ledger ? [ledger] : []))
    .map((ledger) => ({ ...ledger, types: new Set(ledger.on), fold: ledger.open(user) }));
  const types = { has: (type: string) => folds.some((one) => one.types.has(type)) };
  const reader = createLogReader(storage, houseUpcast());
  const last = storage.prepare('SELECT max(global_position) FROM events').pluck().get();
  for (let after = 0; folds.length > 0 && after < Number(last); after += pageSize) {
    for (const event of reader.readAll(after, pageSize, types)) {
      if (event.recordedAt > until) continue;
      for (const one of folds) if (one.types.has(event.type)) one.fold.see(event);
    }
  }
  return Object.fromEntries(folds.map(({ name, fold }) => [name, fold.end()]));
};

const cells = (values: readonly LedgerValue[]) =>
  values.map((value) => String(value ?? '')).join('  ');

export const auditReplay: Command = {
  name: 'audit replay',
  usage: '--user WHO [--until TIME] [--json]',
  summary: "A person's history and ledger, from events alone",
  help: [
    '--user   name, e-mail address or id of the account',
    '--until  up to and with this moment, such as 2026-03-01T20:15:00Z; now when left out',
    '--json   {"user" (the id), "until", "events", "ledgers"}',
  ],
  options: { user: { type: 'string' }, until: { type: 'string' }, json: { type: 'boolean' } },
  positionalsMax: 0,
  run: ({ values, config, print }) =>
    reading(config, (storage) => {
      const { user: who, until: asked } = values as { user?: string; until?: string };
      if (who === undefined) throw new UsageFault('--user is missing');
      const until = time(asked);
      // One moment for both, while the server goes on.
      storage.exec('BEGIN');
      const user = accountOf(storage, who);
      const events = createPersonHistory(storage)(user, until);
      if (events.length === 0) {
        const moment = new Date(until).toISOString();
        throw new CommandFault(`the log has no event of ${who} until ${moment}`);
      }
      const ledgers = replayLedgers(storage, user, until);
      if (values['json'] === true) {
        print(JSON.stringify({ user, until: new Date(until).toISOString(), events, ledgers }));
        return exitCodes.ok;
      }
      for (const { recorded_at, global_position, type, stream, data } of events) {
        print(cells([recorded_at, global_position, type, stream, JSON.stringify(data)]));
      }
      for (const [name, { rows, summary }] of Object.entries(ledgers)) {
        print(`\n${name}`);
        if (rows[0]) print(cells(Object.keys(rows[0])));
        for (const row of rows) print(cells(Object.values(row)));
        for (const [key, value] of Object.entries(summary)) print(`${key}: ${String(value)}`);
      }
      return exitCodes.ok;
    }),
};
