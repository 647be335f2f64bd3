import type { PlaylistCommand } from './decider.ts';

type AddEntry = Extract<PlaylistCommand, { type: 'AddEntry' }>;

/**
 * Sounds that stay together in this order, before an entry of the list or (null) at its end. At the
 * end they are added from the first to the last; elsewhere from the last to the first, each before
 * the one just added, so that no two are put before the same entry.
 */
export const additions = (
  soundIds: readonly string[],
  before: string | null,
  newId: () => string,
): AddEntry[] => {
  const add = (sound_id: string, place: string | null): AddEntry => ({
    type: 'AddEntry',
    entry_id: newId(),
    sound_id,
    before: place,
    known: true,
  });
  if (before === null) return soundIds.map((sound_id) => add(sound_id, null));
  let next = before;
  return soundIds.toReversed().map((sound_id) => {
    const command = add(sound_id, next);
    next = command.entry_id;
    return command;
  });
};
