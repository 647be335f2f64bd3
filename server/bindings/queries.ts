import type { Storage } from '../kernel/storage.ts';
import type { Binding, Vendor } from './contract.ts';
import type { Pause, Terms } from './events.ts';
import type { Notes } from './notes.ts';
import { pausedWords } from './problems.ts';
import { deviceOf } from './vendors.ts';

type Row = {
  id: string;
  terms: string;
  triggered_at: number | null;
  triggers: number;
  problem: string | null;
  paused: string | null;
  owner_name: string | null;
};
export type KnownBinding = Omit<Row, 'terms' | 'paused'> & {
  readonly terms: Terms;
  readonly paused: (Pause & { since: number }) | null;
};

const known = (row: Row): KnownBinding => ({
  ...row,
  terms: JSON.parse(row.terms) as Terms,
  paused: row.paused === null ? null : (JSON.parse(row.paused) as KnownBinding['paused']),
});

const iso = (ms: number | string): string => new Date(Number(ms)).toISOString();
const time = (ms: number | string | null | undefined): string | null =>
  ms === null || ms === undefined ? null : iso(ms);

/** Under which the notes keep when a device was last heard of. */
export const deviceSubject = (vendor: Vendor, device: string): string => `${vendor} ${device}`;

const lastDevice = (
  { id, terms }: KnownBinding,
  notes: Notes,
): { vendor: Vendor; device: string } => {
  const noted = notes.get(id, '', 'device');
  return noted === undefined
    ? deviceOf(terms.filter)
    : (JSON.parse(noted) as { vendor: Vendor; device: string });
};

export const present = (row: KnownBinding, notes: Notes): Binding => {
  const { id, terms, owner_name, triggered_at, triggers, problem, paused } = row;
  const { vendor, device } = lastDevice(row, notes);
  return {
    id,
    ...terms,
    owner_name,
    device: {
      name: device,
      vendor,
      seen_at: time(notes.get(deviceSubject(vendor, device), '', 'seen')),
    },
    heard_at: time(notes.get(id, '', 'heard')),
    triggered_at: time(triggered_at),
    triggers,
    problem,
    paused: paused && { ...paused, since: iso(paused.since), detail: pausedWords(paused) },
  };
};

/** Prepared reads over the bindings, in their order. */
export const createBindingQueries = (storage: Storage) => {
  const columns = `SELECT bindings.id, terms, triggered_at, triggers, problem, paused, people.name AS owner_name
    FROM bindings LEFT JOIN people ON people.user_id = terms ->> 'owner_id'`;
  const all = storage.prepare<[], Row>(`${columns} ORDER BY terms ->> 'order', bindings.id`);
  const one = storage.prepare<[string], Row>(`${columns} WHERE bindings.id = ?`);
  const runs = storage
    .prepare<[number], number>('SELECT count(*) FROM house_runs WHERE at >= ?')
    .pluck();
  const tagged = storage
    .prepare<[string], string>(
      `SELECT id FROM sounds WHERE removed_at IS NULL AND missing = 0
         AND EXISTS (SELECT 1 FROM json_each(tags) WHERE value = ?) ORDER BY id`,
    )
    .pluck();
  return {
    all: (): KnownBinding[] => all.all().map(known),
    find(id: string): KnownBinding | undefined {
      const row = one.get(id);
      return row && known(row);
    },
    /** How often the house has given something away since a moment. */
    houseRunsSince: (ms: number): number => runs.get(ms) ?? 0,
    /** Sounds that can be played and have this tag. */
    soundsTagged: (tag: string): string[] => tagged.all(tag),
  };
};
export type BindingQueries = ReturnType<typeof createBindingQueries>;
