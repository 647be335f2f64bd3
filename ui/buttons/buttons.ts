import { batch, signal, type ReadonlySignal } from '@preact/signals-core';
import type { FeedMessage } from '../../server/adapters/ws/contract.ts';
import type { Binding, BindingHeard, LearnSession } from '../../server/bindings/contract.ts';
import type { Playlist } from '../../server/playlists/contract.ts';
import type { ManagedUser } from '../../server/users/contract.ts';
import type { Http } from '../api/http.ts';
import { sentenceOf } from '../api/problem.ts';
import { allOf } from '../playlists/playlists.ts';

export type Buttons = {
  readonly status: ReadonlySignal<'loading' | 'ready' | 'error'>;
  /** A sentence, when `status` is error. */
  readonly error: ReadonlySignal<string>;
  readonly bindings: ReadonlySignal<readonly Binding[]>;
  readonly people: ReadonlySignal<readonly ManagedUser[]>;
  readonly playlists: ReadonlySignal<readonly Playlist[]>;
  /** The session that learns, or the last one; null: none is known. */
  readonly session: ReadonlySignal<LearnSession | null>;
  /** Id of the binding that was pressed a moment ago. */
  readonly pressed: ReadonlySignal<string | null>;
  load(): Promise<void>;
  hear(message: FeedMessage): void;
  learn(): Promise<void>;
  stopLearning(): Promise<void>;
  /** Makes one, or changes the one with this id. */
  save(id: string | null, body: object): Promise<void>;
  /** Answers what brings it back. */
  remove(binding: Binding): Promise<() => Promise<void>>;
  test(id: string): Promise<void>;
  /** Lets one go on that was paused. */
  resume(id: string): Promise<void>;
};

const reloadAfterMs = 250;
const pressedForMs = 1600;

/** A definition without what the server adds to it. */
const bodyOf = ({ name, enabled, filter, match, extract, command, ...rest }: Binding): object => {
  const { debounce_ms, edge, ignore_retained, owner_id, order } = rest;
  const how = { debounce_ms, edge, ignore_retained, owner_id, order };
  return { name, enabled, filter, match, extract, command, ...how };
};

const pathOf = (id: string): string => `/admin/bindings/${encodeURIComponent(id)}`;

/** What the buttons of the house do. */
export const createButtons = (http: Http): Buttons => {
  const status = signal<'loading' | 'ready' | 'error'>('loading');
  const error = signal('');
  const bindings = signal<readonly Binding[]>([]);
  const people = signal<readonly ManagedUser[]>([]);
  const playlists = signal<readonly Playlist[]>([]);
  const session = signal<LearnSession | null>(null);
  const pressed = signal<string | null>(null);
  let turn = 0;
  let soon: ReturnType<typeof setTimeout> | undefined;
  let calm: ReturnType<typeof setTimeout> | undefined;

  const list = async (): Promise<readonly Binding[]> =>
    (await http.get<{ items: Binding[] }>('/admin/bindings')).items;

  const load = async (): Promise<void> => {
    const mine = ++turn;
    if (status.peek() === 'error') status.value = 'loading';
    try {
      const [all, everybody, lists] = await Promise.all([
        list(),
        allOf<ManagedUser>(http, '/admin/users'),
        allOf<Playlist>(http, '/playlists/'),
      ]);
      if (mine !== turn) return;
      batch(() => {
        bindings.value = all;
        people.value = everybody;
        playlists.value = lists;
        status.value = 'ready';
      });
    } catch (cause) {
      if (mine !== turn || status.peek() === 'ready') return;
      error.value = sentenceOf(cause);
      status.value = 'error';
    }
  };

  const reload = (): void => {
    clearTimeout(soon);
    soon = setTimeout(() => void load(), reloadAfterMs);
  };

  const refresh = async (): Promise<void> => {
    const mine = ++turn;
    const all = await list();
    if (mine === turn) bindings.value = all;
  };

  return {
    status,
    error,
    bindings,
    people,
    playlists,
    session,
    pressed,
    load,
    hear({ type, data }) {
      if (type === 'binding_changed' || type === 'resync') reload();
      if (type !== 'binding_heard') return;
      const heard = data as BindingHeard;
      if (heard.kind === 'learn') {
        session.value = heard.session;
        return;
      }
      pressed.value = heard.binding_id;
      clearTimeout(calm);
      calm = setTimeout(() => (pressed.value = null), pressedForMs);
      reload();
    },
    async learn() {
      session.value = await http.post<LearnSession>('/admin/bindings/learn', {});
    },
    async stopLearning() {
      await http.delete('/admin/bindings/learn');
      session.value = null;
    },
    async save(id, body) {
      if (id === null) await http.post('/admin/bindings', body);
      else await http.patch(pathOf(id), body);
      await refresh();
    },
    async remove(binding) {
      await http.delete(pathOf(binding.id));
      await refresh();
      return async () => {
        await http.post('/admin/bindings', bodyOf(binding));
        await refresh();
      };
    },
    async test(id) {
      await http.post(`${pathOf(id)}/test`, {});
    },
    async resume(id) {
      await http.post(`${pathOf(id)}/resume`);
      await refresh();
    },
  };
};
