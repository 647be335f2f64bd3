import { unreachable } from '../kernel/decider.ts';
import type { Place, TrackChoice } from './events.ts';
import type { PlayerState } from './player-state.ts';

/** An entry of the loaded playlist as it is now. `missing`: its file is not there. */
export type ListEntry = {
  readonly entry_id: string;
  readonly sound_id: string;
  readonly missing: boolean;
};

/** A track that could be next, without the id that its start will have. */
export type Candidate = Omit<TrackChoice, 'track_id' | 'position_ms'>;

type Following = Pick<PlayerState, 'mode' | 'seed' | 'picks' | 'played' | 'place' | 'queue'>;

export const entryAt = (
  entries: readonly ListEntry[],
  index: number,
  new_round = false,
): Candidate | null => {
  const entry = entries[index];
  if (!entry) return null;
  const { entry_id, sound_id } = entry;
  return { sound_id, place: { entry_id, sound_id, index }, queue_id: null, new_round };
};

/**
 * A number from 0 up to, but not including, `below`, that depends on nothing but the seed and how
 * many picks came before (the finaliser of MurmurHash3, public domain).
 */
const randomBelow = (below: number, seed: number, picks: number): number => {
  let mixed = (seed + Math.imul(picks + 1, 0x9e3779b9)) >>> 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return ((mixed ^ (mixed >>> 16)) >>> 0) % below;
};

/** A fair bag: every entry has its turn before one comes again, and none twice in a row. */
const pickRandom = (state: Following, entries: readonly ListEntry[]): Candidate | null => {
  const { place, seed, picks } = state;
  const played = new Set(state.played);
  const indexes = entries.map((_, index) => index);
  const left = indexes.filter((index) => !played.has(entries[index]?.entry_id ?? ''));
  const others = indexes.filter((index) => entries[index]?.entry_id !== place?.entry_id);
  const newRound = left.length === 0;
  const bag = newRound ? (others.length > 0 ? others : indexes) : left;
  const index = bag[randomBelow(Math.max(bag.length, 1), seed, picks)];
  return index === undefined ? null : entryAt(entries, index, newRound);
};

const fromQueue = ({ queue, place }: Following): Candidate | null => {
  const [item] = queue;
  if (!item) return null;
  return { sound_id: item.sound_id, place, queue_id: item.queue_id, new_round: false };
};

/** Where the entry of a place is now; -1: not in the list any more. */
const indexOf = (entries: readonly ListEntry[], { entry_id, index }: Place): number =>
  entries[index]?.entry_id === entry_id
    ? index
    : entries.findIndex((entry) => entry.entry_id === entry_id);

/** The entry of a place, or what stands there since it is gone. */
const standing = (entries: readonly ListEntry[], place: Place | null): number => {
  if (place === null) return 0;
  const index = indexOf(entries, place);
  return index < 0 ? place.index : index;
};

/** Where the list goes on after the place it stands at; null: it is through. */
const afterPlace = (
  state: Following,
  entries: readonly ListEntry[],
  wrap: boolean,
): Candidate | null => {
  const { place } = state;
  // Where the entry is gone, the one after it has moved up.
  const stays = place !== null && indexOf(entries, place) >= 0;
  const index = standing(entries, place) + (stays ? 1 : 0);
  return entryAt(entries, index) ?? (wrap ? entryAt(entries, 0) : null);
};

/** What plays when the track ends by itself; null: nothing. */
export const followingTrack = (
  state: Following,
  entries: readonly ListEntry[],
): Candidate | null => {
  const queued = fromQueue(state);
  if (queued) return queued;
  switch (state.mode) {
    case 'continuous':
      return afterPlace(state, entries, false);
    case 'loop':
      return afterPlace(state, entries, true);
    case 'loop_one':
      return entryAt(entries, standing(entries, state.place));
    case 'single':
      return null;
    case 'random':
      return pickRandom(state, entries);
    default:
      return unreachable(state.mode);
  }
};

/** What plays when somebody asks for the next track: modes that stay on one track let go of it. */
export const nextTrack = (state: Following, entries: readonly ListEntry[]): Candidate | null => {
  const queued = fromQueue(state);
  if (queued) return queued;
  if (state.mode === 'random') return pickRandom(state, entries);
  return afterPlace(state, entries, state.mode !== 'continuous');
};

/** The track before: in random mode the one that played before this. Null: there is none. */
export const previousTrack = (
  state: Following & Pick<PlayerState, 'queued'>,
  entries: readonly ListEntry[],
): Candidate | null => {
  const { place, queued, mode, played } = state;
  // A track of the queue came after the place at which the list stands.
  if (queued) return place && entryAt(entries, standing(entries, place));
  if (mode === 'random') {
    const before = played.at(-2);
    const index = entries.findIndex(({ entry_id }) => entry_id === before);
    return index < 0 ? null : entryAt(entries, index);
  }
  const index = standing(entries, place) - 1;
  if (index >= 0) return entryAt(entries, index);
  return mode === 'loop' ? entryAt(entries, entries.length - 1) : null;
};
