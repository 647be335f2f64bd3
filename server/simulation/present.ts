import { createRandom, type Random } from './random.ts';
import { createTimeline, type Timeline } from './timeline.ts';

/**
 * The world that runs now. Stand-ins of Node's own modules have nobody who could hand it to them, so
 * that here alone something is shared by import.
 */
const seeded = createRandom(0);
const present: { random: Random; timeline: Timeline } = {
  random: seeded,
  timeline: createTimeline(seeded),
};

export const presentRandom = (): Random => present.random;
export const presentTimeline = (): Timeline => present.timeline;

export const setPresent = (random: Random, timeline: Timeline): void => {
  present.random = random;
  present.timeline = timeline;
};

/** UUIDv7 in form and order, by the virtual clock. */
export const simulatedId = (): string => {
  const { random, timeline } = present;
  const time = Math.floor(timeline.now()).toString(16).padStart(12, '0');
  const hex = (length: number) => random.word().toString(16).padStart(8, '0').slice(-length);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-8${hex(3)}-${hex(4)}${hex(8)}`;
};
