import { msg, str } from '@lit/localize';
import type { FeedMessage } from '../../server/adapters/ws/contract.ts';
import type { PlayEnded, SoundPlayed } from '../../server/soundboard/contract.ts';
import { CommandRefused, sentenceOf } from '../api/problem.ts';
import type { ToastLink } from '../design/toast-event.ts';
import type { Feed } from '../feed/feed.ts';
import { saidWords } from '../languages/server-words.ts';
import type { PressMarks } from './press-marks.ts';

export type Presses = {
  play(soundId: string): Promise<void>;
  stop(playId?: string): Promise<void>;
  /** A message of the feed, for what it says about presses. */
  hear(message: FeedMessage): void;
};

const toCredits: ToastLink = { href: '/credits', label: msg('See your credits') };

const wayOut = (error: unknown): ToastLink | null =>
  error instanceof CommandRefused && error.code === 'not_enough_credits' ? toCredits : null;

/**
 * From a press to its end: marks on the pad, and a sentence when it comes to nothing.
 *
 * @param explain shows a sentence to the person, and where it leads to
 */
export const createPresses = (
  feed: Feed,
  marks: PressMarks,
  explain: (text: string, link?: ToastLink | null) => void,
): Presses => {
  const ended = ({ play_id, sound_id, name, outcome, message }: PlayEnded): void => {
    const own = feed.isOwn(play_id) || marks.pending.peek().has(sound_id);
    marks.settle(sound_id);
    // Somebody else's press that failed is told to them.
    if (outcome !== 'failed' || !own) return;
    marks.refuse(sound_id);
    explain(
      `${msg(str`${name} did not play.`)} ${message ? saidWords(message) : msg('The player gave no reason.')}`,
    );
  };

  return {
    async play(soundId) {
      marks.press(soundId);
      try {
        await feed.play(soundId);
      } catch (error) {
        marks.refuse(soundId);
        explain(sentenceOf(error), wayOut(error));
      }
    },
    async stop(playId) {
      try {
        await feed.stopSounds(playId);
      } catch (error) {
        explain(sentenceOf(error));
      }
    },
    hear(message) {
      if (message.type === 'play_ended') ended(message.data as PlayEnded);
      if (message.type !== 'sound_played') return;
      const { sound_id, latency_ms } = message.data as SoundPlayed;
      marks.heard(sound_id, latency_ms);
    },
  };
};
