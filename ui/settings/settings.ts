import { batch, signal, type ReadonlySignal } from '@preact/signals-core';
import type { FeedMessage } from '../../server/adapters/ws/contract.ts';
import type {
  QuietState,
  Setting,
  SettingName,
  Settings,
  SettingsChanged,
} from '../../server/household/contract.ts';
import type { Http } from '../api/http.ts';
import { sentenceOf } from '../api/problem.ts';

/** What the household has chosen, and whether it is quiet now. */
export type HouseSettings = {
  readonly status: ReadonlySignal<'loading' | 'ready' | 'error'>;
  /** A sentence, when `status` is error. */
  readonly error: ReadonlySignal<string>;
  /** By name, in the order in which the server lists them. */
  readonly settings: ReadonlySignal<ReadonlyMap<SettingName, Setting>>;
  readonly quiet: ReadonlySignal<QuietState | null>;
  load(): Promise<void>;
  hear(message: FeedMessage): void;
  /** Shows it at once; a refusal puts back what was and rejects. */
  choose<Name extends SettingName>(name: Name, value: Settings[Name]): Promise<void>;
};

export const createSettings = (http: Http): HouseSettings => {
  const status = signal<'loading' | 'ready' | 'error'>('loading');
  const error = signal('');
  const settings = signal<ReadonlyMap<SettingName, Setting>>(new Map());
  const quiet = signal<QuietState | null>(null);
  /** How many choices of a setting are on their way: until they are answered its answers are the past. */
  const onTheWay = new Map<SettingName, number>();
  let turn = 0;

  const isSettled = ({ name }: { name: SettingName }): boolean => (onTheWay.get(name) ?? 0) === 0;

  const put = (name: SettingName, value: unknown): void => {
    const known = settings.peek().get(name);
    if (known) settings.value = new Map(settings.peek()).set(name, { ...known, value });
  };

  const know = (items: readonly Setting[]): void => {
    settings.value = new Map(
      items.map((item) => [
        item.name,
        isSettled(item) ? item : (settings.peek().get(item.name) ?? item),
      ]),
    );
  };

  const load = async (): Promise<void> => {
    const mine = ++turn;
    if (status.peek() === 'error') status.value = 'loading';
    try {
      const [{ items }, now] = await Promise.all([
        http.get<{ items: Setting[] }>('/admin/settings'),
        http.get<QuietState>('/settings/quiet'),
      ]);
      if (mine !== turn) return;
      batch(() => {
        know(items);
        quiet.value = now;
        status.value = 'ready';
      });
    } catch (cause) {
      // With settings on screen a failed reload is no reason to take them away.
      if (mine !== turn || status.peek() === 'ready') return;
      error.value = sentenceOf(cause);
      status.value = 'error';
    }
  };

  return {
    status,
    error,
    settings,
    quiet,
    load,
    hear({ type, data }) {
      if (type === 'quiet_changed') quiet.value = data as QuietState;
      if (type === 'settings_changed') {
        const { name, value } = data as SettingsChanged;
        if (isSettled({ name })) put(name, value);
      }
      if (type === 'resync') void load();
    },
    async choose(name, value) {
      const before = settings.peek().get(name)?.value;
      onTheWay.set(name, (onTheWay.get(name) ?? 0) + 1);
      put(name, value);
      const arrived = (): void => void onTheWay.set(name, (onTheWay.get(name) ?? 1) - 1);
      try {
        const { items } = await http.patch<{ items: Setting[] }>('/admin/settings', {
          [name]: value,
        });
        arrived();
        know(items);
      } catch (cause) {
        arrived();
        if (isSettled({ name })) put(name, before);
        throw cause;
      }
    },
  };
};
