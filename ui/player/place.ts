import { signal, type ReadonlySignal } from '@preact/signals-core';
import type { PlayerSummary } from '../../server/player/contract.ts';
import { wishHeldMs } from './wish.ts';

const tickMs = 250;

type Known = Pick<PlayerSummary, 'status' | 'position' | 'duration'>;

export type Place = {
  readonly position: ReadonlySignal<number>;
  know(state: Known): void;
  /** A message `player_position`. */
  hear(place: { position: number; duration: number }): void;
  /** Shows a place before the server has agreed to it; the answer takes that back. */
  wish(positionMs: number): () => void;
};

/** Where the track is: what the server last said, and from there on the page's own clock. */
export const createPlace = (now: () => number = () => performance.now()): Place => {
  const position = signal(0);
  let anchor = { positionMs: 0, atMs: 0 };
  let [playing, durationMs, heldUntilMs] = [false, 0, 0];
  let timer: ReturnType<typeof setInterval> | undefined;

  const tick = (): void => {
    const sinceMs = playing ? now() - anchor.atMs : 0;
    const end = durationMs > 0 ? durationMs : Number.POSITIVE_INFINITY;
    position.value = Math.min(anchor.positionMs + sinceMs, end);
  };
  const set = (positionMs: number): void => {
    anchor = { positionMs, atMs: now() };
    tick();
  };
  const run = (): void => {
    clearInterval(timer);
    // Nobody sees a hidden page: it catches up when it is looked at.
    timer = playing && !document.hidden ? setInterval(tick, tickMs) : undefined;
    tick();
  };
  document.addEventListener('visibilitychange', run);

  return {
    position,
    know(state) {
      [playing, durationMs] = [state.status === 'playing', state.duration];
      if (now() >= heldUntilMs) set(state.position);
      run();
    },
    hear({ position: positionMs, duration }) {
      if (duration > 0) durationMs = duration;
      // Messages that were on their way when the person chose another place are the past.
      if (now() >= heldUntilMs) set(positionMs);
    },
    wish(positionMs) {
      const before = position.peek();
      heldUntilMs = now() + wishHeldMs;
      set(positionMs);
      return () => {
        heldUntilMs = 0;
        set(before);
      };
    },
  };
};
