import type { Recorded } from '../kernel/event.ts';
import { sounds } from './furnishing.ts';
import type { Timeline } from './timeline.ts';
import type { Verdict } from './verdict.ts';
import { hold } from './violation.ts';
import type { Witness } from './witness.ts';

/** How late a sound may begin after its press: what is promised, and a moment for the way. */
const freshMs = 3000 + 100;
const queuedFreshMs = 60_000 + 100;

const queueing: ReadonlySet<string> = new Set(
  sounds.filter(([, policy]) => policy === 'queue').map(([id]) => id),
);

/** Who listens in the room: each sound once, of a press that is on the log and not long ago. */
export const createAir = (timeline: Timeline, witness: Witness, verdict: Verdict) => {
  const presses = new Map<string, { at: number; freshMs: number }>();
  return {
    requested(event: Recorded): void {
      const { play_id, sound_id } = event.data as { play_id: string; sound_id: string };
      const fresh = queueing.has(sound_id) ? queuedFreshMs : freshMs;
      presses.set(play_id, { at: timeline.now(), freshMs: fresh });
    },
    /** Found on the disk: the server was killed before it could tell. */
    found(playIds: Iterable<string>): void {
      for (const id of playIds) {
        if (!presses.has(id)) presses.set(id, { at: timeline.now(), freshMs: queuedFreshMs });
      }
    },
    begins(playId: string): void {
      const press = presses.get(playId);
      verdict.watch(() => {
        hold('no sound without its event', press !== undefined, () => `${playId} is not recorded`);
        const ageMs = timeline.now() - (press?.at ?? 0);
        hold('no stale sound', ageMs <= (press?.freshMs ?? 0), () => {
          return `${playId} begins ${Math.round(ageMs)} ms after its press`;
        });
      });
    },
    heard(playId: string): void {
      witness.hear(playId);
      verdict.watch(() => {
        hold('no sound twice', witness.sounded.get(playId) === 1, () => `${playId} sounds again`);
      });
    },
  };
};
