import type { Identity } from '../kernel/door.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Problem } from '../kernel/problem.ts';
import type { QuietHours, QuietState, Setting, SettingName, Settings } from './contract.ts';
import { quietHoursProblem } from './problems.ts';
import { quietAt, type Quiet } from './quiet-hours.ts';
import { registry, settingNames } from './registry.ts';

/** Who wants to make a sound. `identity` null: the house. */
export type Sounding = { readonly identity: Identity | null; readonly alarm?: boolean };

type Row = { name: SettingName; value: string; chosen_at: number; chosen_by: string };

const time = (ms: number | null): string | null =>
  ms === null ? null : new Date(ms).toISOString();

/** The household's settings as other rooms ask for them, and what its quiet hours say. */
export const createHousehold = ({ storage, clock }: Pick<Kernel, 'storage' | 'clock'>) => {
  const row = storage.prepare<[string], Row>('SELECT * FROM settings WHERE name = ?');
  const listeners: (() => void)[] = [];

  const get = <Name extends SettingName>(name: Name): Settings[Name] => {
    const chosen = row.get(name);
    // Valid when it was chosen.
    return chosen ? (JSON.parse(chosen.value) as Settings[Name]) : registry[name].default;
  };

  const quietNow = (): Quiet => quietAt(get('quiet_hours'), clock.now());

  const passes = (hours: QuietHours, { identity, alarm = false }: Sounding): boolean =>
    (alarm && hours.alarms_pass) || (identity?.role === 'admin' && hours.admins_pass);

  return {
    get,

    list: (): Setting[] =>
      settingNames.map((name) => {
        const chosen = row.get(name);
        return {
          name,
          value: get(name),
          default: registry[name].default,
          explanation: registry[name].explanation,
          chosen_at: time(chosen?.chosen_at ?? null),
          chosen_by: chosen?.chosen_by ?? null,
        };
      }),

    quietNow,

    quietState(): QuietState {
      const { board, jukebox, admins_pass } = get('quiet_hours');
      const now = quietNow();
      return {
        quiet: now.quiet,
        until: time(now.quiet ? now.until : null),
        next_at: time(now.quiet ? null : now.next),
        board,
        jukebox,
        admins_pass,
      };
    },

    /** Why this must not begin to sound now; undefined: it may. */
    refusal(where: 'board' | 'jukebox', who: Sounding): Problem | undefined {
      const hours = get('quiet_hours');
      if (hours[where] !== 'refuse' || passes(hours, who)) return undefined;
      const now = quietNow();
      return now.quiet ? quietHoursProblem(now.until) : undefined;
    },

    /** The gain in dB that a press gets at most now; null: no cap. */
    gainCapDb(who: Sounding): number | null {
      const hours = get('quiet_hours');
      if (hours.board !== 'lower' || passes(hours, who)) return null;
      return quietNow().quiet ? hours.gain_cap_db : null;
    },

    /** How loud the music is at most now, 0 to 100. An alarm may pass quiet hours, never `volume_max`. */
    volumeCap(alarm: boolean): number {
      const max = get('volume_max');
      const hours = get('quiet_hours');
      if (hours.jukebox === 'allow' || passes(hours, { identity: null, alarm })) return max;
      return quietNow().quiet ? Math.min(max, hours.volume_cap) : max;
    },

    /** Called when a setting was chosen, and when quiet hours begin or end. */
    onChanged: (listener: () => void): void => void listeners.push(listener),
    tellChanged(): void {
      for (const listener of listeners) listener();
    },
  };
};
export type Household = ReturnType<typeof createHousehold>;
