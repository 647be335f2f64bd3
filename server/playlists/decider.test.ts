import { describe, it } from 'vitest';
import { specification } from '../kernel/testing/specification.ts';
import { playlistDecider, type PlaylistCommand } from './decider.ts';
import { entriesMax, mainPlaylistId, type PlaylistEvent } from './events.ts';

const spec = specification(playlistDecider);
const list = {
  playlist_id: 'p1',
  name: 'Friday night',
  description: '',
  visibility: 'private',
  owner_id: 'mira',
  rules: null,
} as const;
const rules = { sort: 'plays', entries_max: 10 } as const;
const created: PlaylistEvent = { type: 'PlaylistCreated', data: list };
const main: PlaylistEvent = {
  type: 'PlaylistCreated',
  data: { ...list, playlist_id: mainPlaylistId, owner_id: null, visibility: 'household' },
};
const ruled: PlaylistEvent = { type: 'PlaylistCreated', data: { ...list, rules } };
const added = (entry_id: string): PlaylistEvent => ({
  type: 'EntryAdded',
  data: { playlist_id: 'p1', entry_id, sound_id: 's1', before: null },
});
const add: PlaylistCommand = {
  type: 'AddEntry',
  entry_id: 'e1',
  sound_id: 's1',
  before: null,
  known: true,
};
const deleted: PlaylistEvent = { type: 'PlaylistDeleted', data: { playlist_id: 'p1' } };

describe('a playlist', () => {
  it('is made once', () => {
    spec
      .given()
      .when({ type: 'CreatePlaylist', ...list })
      .thenAccepted(created);
    spec
      .given(created)
      .when({ type: 'CreatePlaylist', ...list })
      .thenAccepted();
  });

  it('keeps only what is new in a change', () => {
    spec.given(created).when({ type: 'RenamePlaylist', name: 'Friday night' }).thenAccepted();
    spec
      .given(created)
      .when({ type: 'RenamePlaylist', name: 'Saturday' })
      .thenAccepted({ type: 'PlaylistRenamed', data: { playlist_id: 'p1', name: 'Saturday' } });
    spec.given(created).when({ type: 'SharePlaylist', visibility: 'private' }).thenAccepted();
  });

  it('holds a sound twice, each under an entry of its own', () => {
    spec
      .given(created, added('e1'))
      .when({ ...add, entry_id: 'e2', before: 'e1' })
      .thenAccepted({
        type: 'EntryAdded',
        data: { playlist_id: 'p1', entry_id: 'e2', sound_id: 's1', before: 'e1' },
      });
  });

  it('is full one day', () => {
    const many = Array.from({ length: entriesMax }, (_, at) => added(`e${at}`));
    spec
      .given(created, ...many)
      .when(add)
      .thenRefused({ code: 'playlist_full' });
  });

  it('knows no order of other entries', () => {
    const order = { type: 'OrderEntries', entry_ids: ['e1'] } as const;
    spec
      .given(created, added('e1'))
      .when({ ...order, known: true })
      .thenAccepted({
        type: 'EntriesOrdered',
        data: { playlist_id: 'p1', entry_ids: ['e1'] },
      });
    spec
      .given(created, added('e1'))
      .when({ ...order, known: false })
      .thenRefused({ code: 'order_stale' });
    spec
      .given(created, added('e1'), added('e2'))
      .when({ ...order, entry_ids: ['e1', 'e1'], known: true })
      .thenRefused({ code: 'order_stale' });
  });

  it('comes back when deleted, and till then is nowhere', () => {
    spec.given(created, deleted).when(add).thenRefused({ code: 'unknown_playlist' });
    spec
      .given(created, deleted)
      .when({ type: 'RestorePlaylist' })
      .thenAccepted({ type: 'PlaylistRestored', data: { playlist_id: 'p1' } });
    spec.given(created).when({ type: 'RestorePlaylist' }).thenAccepted();
  });

  it('loses a removed sound also while it is deleted', () => {
    spec
      .given(created, added('e1'), deleted)
      .when({ type: 'RemoveEntry', entry_id: 'e1', sound_id: 's1', spare: true })
      .thenAccepted({
        type: 'EntryRemoved',
        data: { playlist_id: 'p1', entry_id: 'e1', sound_id: 's1' },
      });
  });
});

describe('a playlist with rules', () => {
  it('has no entries of its own', () => {
    const refusal = { code: 'follows_rules' } as const;
    spec.given(ruled).when(add).thenRefused(refusal);
    spec
      .given(ruled)
      .when({ type: 'RemoveEntry', entry_id: 'e', sound_id: 's', spare: false })
      .thenRefused(refusal);
    spec
      .given(ruled)
      .when({ type: 'MoveEntry', entry_id: 'e', before: null, known: true })
      .thenRefused(refusal);
  });

  it('becomes an ordinary one, and only then takes entries', () => {
    const materialised: PlaylistEvent = {
      type: 'PlaylistMaterialised',
      data: { playlist_id: 'p1' },
    };
    spec.given(ruled).when({ type: 'MaterialisePlaylist' }).thenAccepted(materialised);
    spec
      .given(ruled, materialised)
      .when({ type: 'MaterialisePlaylist' })
      .thenRefused({ code: 'follows_no_rules' });
    spec.given(ruled, materialised).when(add).thenAccepted(added('e1'));
  });

  it('takes other rules, an ordinary one none', () => {
    const other = { ...rules, entries_max: 20 };
    spec
      .given(ruled)
      .when({ type: 'SetRules', rules: other })
      .thenAccepted({ type: 'PlaylistRulesSet', data: { playlist_id: 'p1', rules: other } });
    spec.given(ruled).when({ type: 'SetRules', rules }).thenAccepted();
    spec.given(created).when({ type: 'SetRules', rules }).thenRefused({ code: 'follows_no_rules' });
  });
});

describe('the main playlist', () => {
  it('stays what it is', () => {
    const refusal = { code: 'main_playlist' } as const;
    spec.given(main).when({ type: 'DeletePlaylist' }).thenRefused(refusal);
    spec.given(main).when({ type: 'RenamePlaylist', name: 'x' }).thenRefused(refusal);
    spec.given(main).when({ type: 'SharePlaylist', visibility: 'private' }).thenRefused(refusal);
  });

  it('loses a sound only when the library does, but a second entry of it at any time', () => {
    const remove = { type: 'RemoveEntry', entry_id: 'e1', sound_id: 's1' } as const;
    spec
      .given(main)
      .when({ ...remove, spare: false })
      .thenRefused({ code: 'main_playlist' });
    spec
      .given(main)
      .when({ ...remove, spare: true })
      .thenAccepted({
        type: 'EntryRemoved',
        data: { playlist_id: mainPlaylistId, entry_id: 'e1', sound_id: 's1' },
      });
  });
});
