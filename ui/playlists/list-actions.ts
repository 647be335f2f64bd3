import { msg, str } from '@lit/localize';
import type { Playlist } from '../../server/playlists/contract.ts';
import type { Http } from '../api/http.ts';
import { ToastEvent } from '../design/toast-event.ts';
import { attempt } from '../player/attempt.ts';
import { pathOf } from './playlists.ts';

type Ports = {
  /** Says what came of it; its parent does once it has gone with its list. */
  host: HTMLElement;
  http: Http;
  reload: () => Promise<void>;
  go: (href: string) => void;
};

const exportList = (path: string, format: string): void => {
  const link = document.createElement('a');
  link.href = `/api/v1${path}/export?format=${format}`;
  link.download = '';
  link.click();
};

/** What the menu of a whole list does, beside its dialogs. */
export const doWithList = async (choice: string, list: Playlist, ports: Ports): Promise<void> => {
  const { host, http, reload, go } = ports;
  const path = pathOf(list.id);
  const change = async (work: Promise<unknown>): Promise<void> => {
    if (await attempt(host, work)) await reload();
  };
  switch (choice) {
    case 'household':
    case 'private':
      return change(http.patch(path, { visibility: choice }));
    case 'freeze':
      return change(http.post(`${path}/materialise`));
    case 'm3u8':
    case 'json':
      return exportList(path, choice);
    case 'delete': {
      if (!(await attempt(host, http.delete(path)))) return;
      // The element goes away now; what is around it can still say that the undo failed.
      const around = host.parentElement ?? host;
      const run = (): void => void attempt(around, http.post(`${path}/restore`));
      const undo = { label: msg('Undo'), run };
      host.dispatchEvent(new ToastEvent(msg(str`${list.name} is deleted.`), undo, 'done'));
      go('/playlists');
    }
  }
};
