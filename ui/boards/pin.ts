import type { Board } from '../../server/boards/contract.ts';
import type { Boards } from './boards.ts';

export const pinKeys = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const;

/** What plays on a key, by id. */
export const onKey = ({ keys }: Board, key: number): string | undefined =>
  keys.find((one) => one.key === key)?.sound_id;

export const keyOf = ({ keys }: Board, soundId: string): number | undefined =>
  keys.find(({ sound_id }) => sound_id === soundId)?.key;

/** Pins a sound to a key; the result pins everything as it was before. */
export const pinSound = async (
  boards: Boards,
  board: Board,
  key: number,
  soundId: string,
): Promise<() => Promise<void>> => {
  const { id } = board;
  const oldKey = keyOf(board, soundId);
  const displaced = onKey(board, key);
  await boards.pin(id, key, soundId);
  return async () => {
    await (oldKey === undefined ? boards.unpin(id, key) : boards.pin(id, oldKey, soundId));
    if (displaced !== undefined) await boards.pin(id, key, displaced);
  };
};

/** Takes a sound off its key; the result pins it again. */
export const unpinSound = async (
  boards: Boards,
  { id }: Board,
  key: number,
  soundId: string,
): Promise<() => Promise<void>> => {
  await boards.unpin(id, key);
  return () => boards.pin(id, key, soundId);
};

/** Where a person may pin what is in view: on a board they may change, else on keys of their own. */
export const mayPin = ({ shown, keyed }: Boards): boolean =>
  keyed.value !== null && (shown.value === null || keyed.value.may_edit);
