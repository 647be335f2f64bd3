import { z } from 'zod';
import { topic, type Topic } from '../kernel/door.ts';
import type { Logger } from '../kernel/logger.ts';
import type { Problem } from '../kernel/problem.ts';
import type { Board, Press } from './board.ts';
import type { PlayQueries } from './queries.ts';
import type { Tones } from './tones.ts';

const durationSMax = 3600;

/** What Home Assistant sends of a siren; `volume_level` is 0 to 1. */
const sirenPayload = z.preprocess(
  (payload) => (typeof payload === 'string' ? { state: payload.trim().toUpperCase() } : payload),
  z.object({
    state: z.enum(['ON', 'OFF'], 'must be ON or OFF'),
    tone: z.string().trim().min(1).max(250).optional(),
    duration: z.number().positive().max(durationSMax).optional(),
    volume_level: z.number().min(0).max(1).optional(),
  }),
);

const noTone: Problem = {
  status: 422,
  code: 'tone_needed',
  title: 'Which tone?',
  detail: 'Nothing has been played yet that could be played again: name a tone.',
};

const endFadeMs = 50;

/** Ends plays some time after they began. */
export const createSirenEnds = (board: Board, logger: Logger) => {
  const timers = new Set<NodeJS.Timeout>();
  return {
    endLater(press: Press, play_id: string, afterMs: number): void {
      const { actor } = press.command;
      const off: Press = { ...press, command: { actor, origin: 'mqtt' } };
      const timer = setTimeout(() => {
        timers.delete(timer);
        board.stop(off, { play_id, fade_ms: endFadeMs }).catch((error: unknown) => {
          logger.error({ err: error, play_id }, 'a siren could not be ended');
        });
      }, afterMs).unref();
      timers.add(timer);
    },
    stop(): void {
      for (const timer of timers) clearTimeout(timer);
    },
  };
};
export type SirenEnds = ReturnType<typeof createSirenEnds>;

/** The board as a siren: tones are sounds, off is silence. */
export const sirenTopic = (
  board: Board,
  ports: { tones: Tones; plays: PlayQueries; ends: SirenEnds; access: Topic['access'] },
): Topic => {
  const soundOf = (name: string) =>
    ports.tones.list().find(({ tone }) => tone.toLowerCase() === name.toLowerCase())?.sound_id;

  const ring = (press: Press, tone: string | undefined) => {
    if (tone !== undefined) {
      const soundId = soundOf(tone);
      return soundId === undefined ? board.playByName(press, tone) : board.playById(press, soundId);
    }
    const last = ports.plays.lastSound();
    return last === undefined ? undefined : board.playById(press, last);
  };

  return topic({
    topic: 'cmd/siren',
    summary:
      'Home Assistant\'s siren: {"state": "ON", "tone": "Gong", "duration": 5, "volume_level": 0.4}, {"state": "OFF"}; without a tone the last sound again',
    access: ports.access,
    payload: sirenPayload,
    async handle({ payload, ...asked }) {
      if (payload.state === 'OFF') return board.stop(asked, {});
      const { tone, duration, volume_level } = payload;
      const volume = volume_level === undefined ? {} : { volume: volume_level * 100 };
      const outcome = await ring({ ...asked, ...volume }, tone);
      if (!outcome) return { ok: false, reason: noTone, position: 0, repeated: false };
      if (outcome.ok && duration !== undefined && !outcome.repeated) {
        ports.ends.endLater(asked, outcome.result.play_id, duration * 1000);
      }
      return outcome;
    },
  });
};
