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
