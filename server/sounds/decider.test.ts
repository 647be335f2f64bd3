import { describe, it } from 'vitest';
import { specification } from '../kernel/testing/specification.ts';
import { soundDecider } from './decider.ts';
import type { SoundEvent, SoundFile } from './events.ts';

const spec = specification(soundDecider);
const file: SoundFile = {
  type: 'SDB',
  filename: 'alerts/Air horn.wav',
  hash: 'a'.repeat(64),
  size: 1000,
  duration_ms: 1900,
  format: 'wav',
  codec: 'pcm_s16le',
  channels: 2,
  sample_rate: 48_000,
  demuxer: 'wav',
};
const added: SoundEvent = {
  type: 'SoundAdded',
  data: { sound_id: 's1', name: 'Air horn', tags: ['alerts'], ...file },
};
const missing: SoundEvent = { type: 'SoundMissing', data: { sound_id: 's1' } };
const found: SoundEvent = { type: 'SoundFound', data: { sound_id: 's1' } };

describe('a sound', () => {
  const add = {
    type: 'AddSound',
    sound_id: 's1',
    file,
    name: 'Air horn',
    tags: ['alerts'],
  } as const;

  it('is added once', () => {
    spec
      .given()
      .when({ ...add, tags: ['alerts'], known: false })
      .thenAccepted(added);
  });

  it('with known content is not added again', () => {
    spec
      .given()
      .when({ ...add, tags: ['alerts'], known: true })
      .thenRefused({ code: 'sound_exists' });
  });

  it('goes missing once and comes back', () => {
    spec.given(added).when({ type: 'MarkMissing' }).thenAccepted(missing);
    spec.given(added, missing).when({ type: 'MarkMissing' }).thenAccepted();
    spec.given(added, missing).when({ type: 'MarkFound' }).thenAccepted(found);
    spec.given(added).when({ type: 'MarkFound' }).thenAccepted();
  });

  it('that was missing is found by its new place or content', () => {
    const place = { type: 'SDB', filename: 'house/Air horn.wav' } as const;
    spec
      .given(added, missing)
      .when({ type: 'MoveFile', place })
      .thenAccepted({ type: 'SoundFileMoved', data: { sound_id: 's1', ...place } }, found);
    spec
      .given(added, missing)
      .when({ type: 'ReplaceFile', file })
      .thenAccepted({ type: 'SoundFileReplaced', data: { sound_id: 's1', ...file } }, found);
  });

  it('that is unknown cannot change', () => {
    spec.given().when({ type: 'MarkMissing' }).thenRefused({ code: 'unknown_sound' });
  });
});

const removed: SoundEvent = { type: 'SoundRemoved', data: { sound_id: 's1' } };
const trashed: SoundEvent = { type: 'SoundFileTrashed', data: { sound_id: 's1', kept: true } };
const restored: SoundEvent = { type: 'SoundRestored', data: { sound_id: 's1' } };
const purged: SoundEvent = { type: 'SoundPurged', data: { sound_id: 's1' } };
const place = { type: 'SDB', filename: 'alerts/Air horn.wav' } as const;
const trim = { start_ms: 100, end_ms: 900 };
const trimmed: SoundEvent = { type: 'SoundTrimmed', data: { sound_id: 's1', trim } };

describe('what people say of a sound', () => {
  it('is one fact each, in one command', () => {
    spec
      .given(added)
      .when({
        type: 'DescribeSound',
        changes: { name: 'Horn', tags: ['loud'], gain_db: -6, policy: 'queue', trim },
      })
      .thenAccepted(
        { type: 'SoundRenamed', data: { sound_id: 's1', name: 'Horn' } },
        { type: 'SoundTagged', data: { sound_id: 's1', tags: ['loud'] } },
        { type: 'SoundGainSet', data: { sound_id: 's1', gain_db: -6 } },
        { type: 'SoundPolicySet', data: { sound_id: 's1', policy: 'queue' } },
        trimmed,
      );
  });

  it('that is so already appends nothing', () => {
    const changes = {
      name: 'Air horn',
      tags: ['alerts'],
      gain_db: 0,
      policy: 'overlap',
      trim: null,
    } as const;
    spec.given(added).when({ type: 'DescribeSound', changes }).thenAccepted();
    spec.given(added, trimmed).when({ type: 'DescribeSound', changes: { trim } }).thenAccepted();
  });

  it('may give the whole sound back', () => {
    const whole: SoundEvent = { type: 'SoundTrimmed', data: { sound_id: 's1', trim: null } };
    for (const all of [null, { start_ms: 0, end_ms: 1900 }]) {
      spec
        .given(added, trimmed)
        .when({ type: 'DescribeSound', changes: { trim: all } })
        .thenAccepted(whole);
    }
  });

  it('cannot cut behind the end, and then says nothing at all', () => {
    spec
      .given(added)
      .when({
        type: 'DescribeSound',
        changes: { name: 'Horn', trim: { start_ms: 0, end_ms: 1901 } },
      })
      .thenRefused({ code: 'trim_beyond_end', duration_ms: 1900 });
  });

  it('loses a trim that new content is too short for, and only then', () => {
    const replaced = (duration_ms: number): SoundEvent => ({
      type: 'SoundFileReplaced',
      data: { sound_id: 's1', ...file, duration_ms },
    });
    spec
      .given(added, trimmed)
      .when({ type: 'ReplaceFile', file: { ...file, duration_ms: 899 } })
      .thenAccepted(replaced(899), { type: 'SoundTrimmed', data: { sound_id: 's1', trim: null } });
    spec
      .given(added, trimmed)
      .when({ type: 'ReplaceFile', file: { ...file, duration_ms: 900 } })
      .thenAccepted(replaced(900));
  });

  it('needs a sound that is there', () => {
    const command = { type: 'DescribeSound', changes: { name: 'Horn' } } as const;
    spec.given().when(command).thenRefused({ code: 'unknown_sound' });
    spec.given(added, removed).when(command).thenRefused({ code: 'unknown_sound' });
  });
});

describe('a removed sound', () => {
  it('is removed once, and leaves the folders once', () => {
    spec.given(added).when({ type: 'RemoveSound' }).thenAccepted(removed);
    spec.given(added, removed).when({ type: 'RemoveSound' }).thenAccepted();
    spec.given(added, removed).when({ type: 'ConfirmTrashed', kept: true }).thenAccepted(trashed);
    spec.given(added, removed, trashed).when({ type: 'ConfirmTrashed', kept: true }).thenAccepted();
    spec.given(added).when({ type: 'ConfirmTrashed', kept: true }).thenAccepted();
  });

  it('comes back where it was, or beside it', () => {
    spec
      .given(added, removed, trashed)
      .when({ type: 'RestoreSound', place, lies_there: false })
      .thenAccepted(restored);
    const beside = { ...place, filename: 'alerts/Air horn (2).wav' };
    spec
      .given(added, removed, trashed)
      .when({ type: 'RestoreSound', place: beside, lies_there: false })
      .thenAccepted(restored, { type: 'SoundFileMoved', data: { sound_id: 's1', ...beside } });
    spec.given(added).when({ type: 'RestoreSound', place, lies_there: false }).thenAccepted();
  });

  it('that was missing is found only where its file lies there already', () => {
    const restore = { type: 'RestoreSound', place } as const;
    const history = [added, missing, removed, trashed];
    spec
      .given(...history)
      .when({ ...restore, lies_there: true })
      .thenAccepted(restored, found);
    spec
      .given(...history)
      .when({ ...restore, lies_there: false })
      .thenAccepted(restored);
  });

  it('comes back when its file is seen, but not while that is still on its way out', () => {
    const seen = { type: 'MoveFile', place } as const;
    spec.given(added, removed, trashed).when(seen).thenAccepted(restored);
    spec.given(added, removed).when(seen).thenAccepted();
    spec.given(added, removed).when({ type: 'MarkFound' }).thenAccepted();
    spec.given(added, removed, trashed, purged).when(seen).thenAccepted(restored);
  });

  it('is not missed in the folders', () => {
    spec.given(added, removed, trashed).when({ type: 'MarkMissing' }).thenAccepted();
  });

  it('is purged from the trash, and from then on cannot be restored', () => {
    spec.given(added, removed, trashed).when({ type: 'PurgeSound' }).thenAccepted(purged);
    spec.given(added, removed, trashed, restored).when({ type: 'PurgeSound' }).thenAccepted();
    spec
      .given(added, removed, trashed, purged)
      .when({ type: 'RestoreSound', place, lies_there: false })
      .thenRefused({ code: 'sound_purged' });
  });
});

describe('a favourite', () => {
  const favourited: SoundEvent = {
    type: 'SoundFavourited',
    data: { sound_id: 's1', user_id: 'mira' },
  };
  const unfavourited: SoundEvent = {
    type: 'SoundUnfavourited',
    data: { sound_id: 's1', user_id: 'mira' },
  };

  it('is one person’s, once', () => {
    const mira = { type: 'FavouriteSound', user_id: 'mira' } as const;
    spec.given(added).when(mira).thenAccepted(favourited);
    spec.given(added, favourited).when(mira).thenAccepted();
    spec.given(added, favourited, unfavourited).when(mira).thenAccepted(favourited);
    spec.given(added, favourited).when({ type: 'UnfavouriteSound', user_id: 'ben' }).thenAccepted();
    spec
      .given(added, favourited)
      .when({ type: 'UnfavouriteSound', user_id: 'mira' })
      .thenAccepted(unfavourited);
  });

  it('cannot be a sound that is not there', () => {
    spec
      .given(added, removed)
      .when({ type: 'FavouriteSound', user_id: 'mira' })
      .thenRefused({ code: 'unknown_sound' });
  });
});
