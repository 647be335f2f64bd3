import { msg } from '@lit/localize';
import type { PlayerMode, PlayerSummary, TrackSound } from '../../server/player/contract.ts';

/** A track that follows: one of the queue, or a place in the loaded list. */
export type Following = {
  id: string;
  sound: TrackSound;
  from: { queueId: string } | { index: number };
};

type Known = Pick<PlayerSummary, 'queue' | 'index' | 'mode'>;

const placesAfter = (mode: PlayerMode, index: number | null, count: number): number[] => {
  const here = index ?? -1;
  const all = Array.from({ length: count }, (_, at) => at);
  switch (mode) {
    case 'single':
    case 'loop_one':
      return [];
    case 'continuous':
      return all.slice(here + 1);
    case 'loop':
      return [...all.slice(here + 1), ...all.slice(0, Math.max(0, here))];
    case 'random':
      return all.filter((at) => at !== here);
  }
};

/** What plays after the track of now: the queue first, then what the mode takes from the list. */
export const upNext = (
  { queue, index, mode }: Known,
  tracks: readonly TrackSound[],
): readonly Following[] => [
  ...queue.map(({ queue_id, sound }) => ({
    id: `q${queue_id}`,
    sound,
    from: { queueId: queue_id },
  })),
  ...placesAfter(mode, index, tracks.length).flatMap((at) => {
    const sound = tracks[at];
    return sound ? [{ id: `l${at}`, sound, from: { index: at } }] : [];
  }),
];

/** In one word what the mode does to the order; empty when the list is simply gone through. */
export const orderWord: Record<PlayerMode, string> = {
  continuous: '',
  loop: msg('repeating'),
  loop_one: msg('this track repeats'),
  random: msg('in random order'),
  single: msg('stops after this track'),
};
