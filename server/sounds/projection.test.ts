import { describe, it } from 'vitest';
import { projectionSpec } from '../kernel/testing/projection-spec.ts';
import type { UserEvent } from '../users/events.ts';
import type { SoundEvent } from './events.ts';
import { soundsProjection } from './projection.ts';

const on = (event: SoundEvent, actor = 'mira') => ({ stream: 'sound-s1', event, actor });
const sound_id = 's1';
const added: SoundEvent = {
  type: 'SoundAdded',
  data: {
    sound_id,
    name: 'Air horn',
    tags: ['alerts'],
    type: 'SDB',
    filename: 'alerts/Air horn.wav',
    hash: 'a'.repeat(64),
    size: 1000,
    duration_ms: 1900,
    format: 'wav',
    codec: 'pcm_s16le',
    channels: 1,
    sample_rate: 48_000,
    demuxer: 'wav',
  },
};
const spec = projectionSpec<SoundEvent | UserEvent>(soundsProjection);

describe('sounds', () => {
  it('remember who brought them; what the house found belongs to nobody', async () => {
    const mine = await spec.given(on(added));
    mine.thenRows('SELECT added_by, channels, gain_db, policy, trim_start_ms FROM sounds', [
      { added_by: 'mira', channels: 1, gain_db: 0, policy: 'overlap', trim_start_ms: null },
    ]);
    const found = await spec.given(on(added, 'system'));
    found.thenRows('SELECT added_by FROM sounds', [{ added_by: null }]);
  });

  it('are as people said last', async () => {
    const rows = await spec.given(
      on(added),
      on({ type: 'SoundRenamed', data: { sound_id, name: 'Horn' } }),
      on({ type: 'SoundTagged', data: { sound_id, tags: ['loud', 'sea'] } }),
      on({ type: 'SoundGainSet', data: { sound_id, gain_db: -6.5 } }),
      on({ type: 'SoundPolicySet', data: { sound_id, policy: 'ignore' } }),
      on({ type: 'SoundTrimmed', data: { sound_id, trim: { start_ms: 5, end_ms: 900 } } }),
    );
    rows.thenRows('SELECT name, tags, gain_db, policy, trim_start_ms, trim_end_ms FROM sounds', [
      {
        name: 'Horn',
        tags: '["loud","sea"]',
        gain_db: -6.5,
        policy: 'ignore',
        trim_start_ms: 5,
        trim_end_ms: 900,
      },
    ]);
  });

  it('that are removed keep their row, and say where their file is', async () => {
    const removed = [
      on(added),
      on({ type: 'SoundRemoved', data: { sound_id } }, 'ada'),
      on({ type: 'SoundFileTrashed', data: { sound_id, kept: true } }, 'system'),
    ] as const;
    const sql = 'SELECT removed_by, removed_at IS NULL AS listed, trashed FROM sounds';
    const gone = await spec.given(...removed);
    gone.thenRows(sql, [{ removed_by: 'ada', listed: 0, trashed: 1 }]);
    const back = await spec.given(
      ...removed,
      on({ type: 'SoundPurged', data: { sound_id } }, 'system'),
      on({ type: 'SoundRestored', data: { sound_id } }, 'system'),
    );
    back.thenRows(sql, [{ removed_by: null, listed: 1, trashed: 0 }]);
    back.thenRows('SELECT purged_at, updated_at - created_at AS changed_after FROM sounds', [
      { purged_at: null, changed_after: 4 * 60_000 },
    ]);
  });
});

describe('favourites', () => {
  it('are kept per person, and go with the person', async () => {
    const favourite = (user_id: string) =>
      on({ type: 'SoundFavourited', data: { sound_id, user_id } });
    const rows = await spec.given(
      on(added),
      favourite('mira'),
      favourite('ben'),
      favourite('cem'),
      on({ type: 'SoundUnfavourited', data: { sound_id, user_id: 'ben' } }),
      { stream: 'user-cem', event: { type: 'UserForgotten', data: { user_id: 'cem' } } },
    );
    rows.thenRows('SELECT user_id, sound_id FROM favourites', [{ user_id: 'mira', sound_id }]);
  });
});
