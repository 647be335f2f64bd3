import type { ManagedUser } from '../../server/users/contract.ts';
import { everyPage } from '../api/every-page.ts';
import type { Http } from '../api/http.ts';

type Named = { id: string; name: string };

const byId = (items: readonly Named[]): Map<string, string> =>
  new Map(items.map(({ id, name }) => [id, name]));

/** User id → name, of everybody who has an account. */
export const loadPeople = async (http: Http): Promise<ReadonlyMap<string, string>> =>
  byId(await everyPage<ManagedUser>(http, '/admin/users'));

/** Playlist id → name. */
export const loadPlaylists = async (http: Http): Promise<ReadonlyMap<string, string>> =>
  byId(await everyPage<Named>(http, '/playlists/'));
