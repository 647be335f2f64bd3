import type { Board } from '../../server/boards/contract.ts';

/** What a board will be like once the server has agreed. Pure. */
export const without = (board: Board, soundId: string): Board => ({
  ...board,
  sounds: board.sounds.filter((id) => id !== soundId),
  keys: board.keys.filter(({ sound_id }) => sound_id !== soundId),
});

/** Those that stand there already stay where they are. */
export const put = (board: Board, soundIds: readonly string[], before: string | null): Board => {
  const fresh = [...new Set(soundIds)].filter((id) => !board.sounds.includes(id));
  const at = before === null ? -1 : board.sounds.indexOf(before);
  return {
    ...board,
    sounds: board.sounds.toSpliced(at < 0 ? board.sounds.length : at, 0, ...fresh),
  };
};

export const moved = (board: Board, soundId: string, before: string | null): Board => {
  if (before === soundId || !board.sounds.includes(soundId)) return board;
  return { ...put(without(board, soundId), [soundId], before), keys: board.keys };
};

/** A sound has one key, and a key one sound. */
export const pinned = (board: Board, key: number, soundId: string): Board => {
  const others = board.keys.filter((one) => one.key !== key && one.sound_id !== soundId);
  const keys = [...others, { key, sound_id: soundId }].toSorted((a, b) => a.key - b.key);
  return { ...board, keys };
};

export const unpinned = (board: Board, key: number): Board => ({
  ...board,
  keys: board.keys.filter((one) => one.key !== key),
});

/** The id that follows a place in the order once the sound has left its own; null: none, the end. */
export const beforeAt = (ids: readonly string[], soundId: string, to: number): string | null =>
  ids.filter((id) => id !== soundId)[to] ?? null;
