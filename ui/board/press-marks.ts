import { signal, type ReadonlySignal } from '@preact/signals-core';

const latencyShownMs = 1_600;
const shakeMs = 360;
/** A press whose sound never comes (the play_ended got lost) must not glow for ever. */
const pendingMaxMs = 3_000;

export type PressMarks = {
  readonly pending: ReadonlySignal<ReadonlySet<string>>;
  readonly refused: ReadonlySignal<ReadonlySet<string>>;
  /** Sound id → press-to-sound, ms, while it shows. */
  readonly latencies: ReadonlySignal<ReadonlyMap<string, number>>;
  press(soundId: string): void;
  settle(soundId: string): void;
  refuse(soundId: string): void;
  heard(soundId: string, latencyMs: number): void;
};

const without = (set: ReadonlySet<string>, id: string): ReadonlySet<string> =>
  set.has(id) ? new Set([...set].filter((one) => one !== id)) : set;

/** The short-lived marks that presses leave on pads. */
export const createPressMarks = (): PressMarks => {
  const pending = signal<ReadonlySet<string>>(new Set());
  const refused = signal<ReadonlySet<string>>(new Set());
  const latencies = signal<ReadonlyMap<string, number>>(new Map());
  const timers = new Map<string, ReturnType<typeof setTimeout>>();

  const after = (key: string, ms: number, then: () => void): void => {
    clearTimeout(timers.get(key));
    timers.set(key, setTimeout(then, ms));
  };
  const settle = (id: string): void => {
    pending.value = without(pending.peek(), id);
  };

  return {
    pending,
    refused,
    latencies,
    press(id) {
      pending.value = new Set([...pending.peek(), id]);
      after(`pending ${id}`, pendingMaxMs, () => settle(id));
    },
    settle,
    refuse(id) {
      settle(id);
      refused.value = new Set([...refused.peek(), id]);
      after(`refused ${id}`, shakeMs, () => (refused.value = without(refused.peek(), id)));
    },
    heard(id, latencyMs) {
      settle(id);
      latencies.value = new Map(latencies.peek()).set(id, latencyMs);
      after(`heard ${id}`, latencyShownMs, () => {
        const rest = new Map(latencies.peek());
        rest.delete(id);
        latencies.value = rest;
      });
    },
  };
};
