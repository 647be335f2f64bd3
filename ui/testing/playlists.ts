import type { Playlist } from '../../server/playlists/contract.ts';

/** A playlist of three for tests; only what matters there is named. */
export const aPlaylist = (part: Partial<Playlist> = {}): Playlist => ({
  id: 'list',
  name: 'Friday night',
  description: '',
  visibility: 'household',
  owner_id: 'u',
  owner_name: 'Mira',
  main: false,
  rules: null,
  length: 3,
  duration: 9_000,
  may_edit: true,
  may_manage: true,
  created_at: '2026-11-20T10:00:00.000Z',
  updated_at: '2026-11-20T10:00:00.000Z',
  ...part,
});
