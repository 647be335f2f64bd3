import type { Board } from '../../server/boards/contract.ts';

/** A board for tests: Mira's own, with two pads. Only what matters there is named. */
export const aBoard = (part: Partial<Board> = {}): Board => {
  const sounds = part.sounds ?? ['horn', 'coin'];
  return {
    id: 'kitchen',
    name: 'Kitchen',
    hue: 52,
    shared: false,
    owner_id: 'mira',
    owner_name: 'Mira',
    pads: sounds.length,
    revision: 3,
    may_edit: true,
    created_at: '2026-11-20T07:56:00.000Z',
    updated_at: '2026-11-20T07:56:00.000Z',
    keys: [],
    ...part,
    sounds,
  };
};

/** One's own keys, before any is pinned. */
export const ownKeysBoard = (part: Partial<Board> = {}): Board =>
  aBoard({ id: 'own', name: '', hue: null, sounds: [], revision: 0, ...part });
