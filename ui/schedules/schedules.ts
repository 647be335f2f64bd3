import { batch, signal, type ReadonlySignal } from '@preact/signals-core';
import type { FeedMessage } from '../../server/adapters/ws/contract.ts';
import type { Playlist } from '../../server/playlists/contract.ts';
import type { Schedule } from '../../server/schedules/contract.ts';
import { everyPage } from '../api/every-page.ts';
import type { Http } from '../api/http.ts';
import { sentenceOf } from '../api/problem.ts';
import type { ScheduleBody } from './schedule-body.ts';

/** `pending`: when it is next is not known before the server has answered. */
export type ShownSchedule = Schedule & { readonly pending?: true };

/** What happens by the clock, and the playlists that can. */
export type Schedules = {
  readonly status: ReadonlySignal<'loading' | 'ready' | 'error'>;
  /** A sentence, when `status` is error. */
  readonly error: ReadonlySignal<string>;
  /** In the order in which they were made. */
  readonly items: ReadonlySignal<readonly ShownSchedule[]>;
  readonly playlists: ReadonlySignal<readonly Playlist[]>;
  load(): Promise<void>;
  hear(message: FeedMessage): void;
  make(body: ScheduleBody): Promise<void>;
  change(id: string, body: ScheduleBody): Promise<void>;
  /** Shows it at once; a refusal puts back what was and rejects. */
  enable(id: string, enabled: boolean): Promise<void>;
  /** Answers how it stands after having been tried out. */
  fire(id: string): Promise<Schedule>;
  remove(id: string): Promise<void>;
};

const reloadAfterMs = 250;

const pathOf = (id: string): string => `/admin/schedules/${encodeURIComponent(id)}`;

export const createSchedules = (http: Http): Schedules => {
  const status = signal<'loading' | 'ready' | 'error'>('loading');
  const error = signal('');
  const items = signal<readonly ShownSchedule[]>([]);
  const playlists = signal<readonly Playlist[]>([]);
  let turn = 0;
  let soon: ReturnType<typeof setTimeout> | undefined;

  const load = async (): Promise<void> => {
    clearTimeout(soon);
    const mine = ++turn;
    if (status.peek() === 'error') status.value = 'loading';
    try {
      const [all, lists] = await Promise.all([
        http.get<{ items: Schedule[] }>('/admin/schedules'),
        everyPage<Playlist>(http, '/playlists/'),
      ]);
      // Something changed meanwhile, here or there: that comes with the next answer.
      if (mine !== turn) return;
      batch(() => {
        items.value = all.items;
        playlists.value = lists;
        status.value = 'ready';
      });
    } catch (cause) {
      // With schedules on screen a failed reload is no reason to take them away.
      if (mine !== turn || status.peek() === 'ready') return;
      error.value = sentenceOf(cause);
      status.value = 'error';
    }
  };

  const loadSoon = (): void => {
    turn++;
    clearTimeout(soon);
    soon = setTimeout(() => void load(), reloadAfterMs);
  };

  const put = (schedule: ShownSchedule): void => {
    turn++;
    const known = items.peek().some(({ id }) => id === schedule.id);
    items.value = known
      ? items.peek().map((one) => (one.id === schedule.id ? schedule : one))
      : [...items.peek(), schedule];
    loadSoon();
  };

  return {
    status,
    error,
    items,
    playlists,
    load,
    hear({ type }) {
      if (['schedule_changed', 'playlist_changed', 'resync'].includes(type)) loadSoon();
    },
    async make(body) {
      put(await http.post<Schedule>('/admin/schedules', body));
    },
    async change(id, body) {
      put(await http.patch<Schedule>(pathOf(id), body));
    },
    async enable(id, enabled) {
      const before = items.peek().find((one) => one.id === id);
      if (!before) return;
      put({ ...before, enabled, next_at: null, ...(enabled ? { pending: true } : {}) });
      try {
        put(await http.patch<Schedule>(pathOf(id), { enabled }));
      } catch (cause) {
        put(before);
        throw cause;
      }
    },
    async fire(id) {
      const fired = await http.post<Schedule>(`${pathOf(id)}/fire`);
      put(fired);
      return fired;
    },
    async remove(id) {
      await http.delete(pathOf(id));
      turn++;
      items.value = items.peek().filter((one) => one.id !== id);
      loadSoon();
    },
  };
};
