import type { Sound } from '../../server/sounds/contract.ts';
import { aSound } from './sounds.ts';

/** A sound with all its facts, for tests; only what matters there is named. */
export const wholeSound = (part: Partial<Sound> = {}): Sound => {
  const { id, type, name, duration, play_count, tags } = aSound();
  return {
    id,
    type,
    name,
    duration,
    play_count,
    tags,
    filename: 'alerts/air-horn.ogg',
    size: 1,
    hash: '',
    is_normalized: false,
    normalized_filename: null,
    normalized_duration: null,
    normalized_size: null,
    normalized_hash: null,
    thumbnail: null,
    gain: 0,
    policy: 'overlap',
    trim: null,
    added_by: 'u',
    favourite: false,
    created_at: '2026-11-20T07:56:00.000Z',
    updated_at: '2026-11-20T07:56:00.000Z',
    ...part,
  };
};
