import { z } from 'zod';
import { topic, type Announcement, type Topic } from '../kernel/door.ts';
import { playerModes } from './contract.ts';
import type { Jukebox } from './jukebox.ts';
import { controlAccess } from './routes.ts';
import type { Summaries } from './summary.ts';

/** A button sends anything, or nothing. */
const anything = z.unknown();

const level = z.number().int().min(0).max(100);
const volumePayload = z.union(
  [
    // A bare number is text as well; this is how the document shows it.
    level,
    z.string().trim().min(1).transform(Number).pipe(level),
    z.object({ volume: level }),
    z.object({ delta: z.number().int().min(-100).max(100) }),
  ],
  'a whole number from 0 to 100, {"volume": 40} or {"delta": -5}',
);

const mode = z.enum(playerModes);
const modePayload = z.union(
  [mode, z.object({ mode }).transform((payload) => payload.mode)],
  `one of ${playerModes.join(', ')}`,
);

/** The jukebox by MQTT. */
export const playerTopics = (jukebox: Jukebox): Topic[] => [
  ...(['next', 'previous', 'pause', 'resume'] as const).map((action) =>
    topic({
      topic: `cmd/${action}`,
      summary: `The jukebox: ${action}`,
      access: controlAccess,
      payload: anything,
      handle: ({ payload: _, ...asked }) => jukebox[action](asked),
    }),
  ),
  topic({
    topic: 'cmd/volume',
    summary: 'Volume of the music: {"volume": 40}, {"delta": -5} or a bare number',
    access: controlAccess,
    payload: volumePayload,
    handle({ payload, ...asked }) {
      if (typeof payload === 'object' && 'delta' in payload) {
        return jukebox.turnVolume(asked, payload.delta);
      }
      return jukebox.setVolume(asked, typeof payload === 'object' ? payload.volume : payload);
    },
  }),
  topic({
    topic: 'cmd/mode',
    summary: 'What follows a track: {"mode": "loop"} or the bare word',
    access: controlAccess,
    payload: modePayload,
    handle: ({ payload, ...asked }) => jukebox.setMode(asked, payload),
  }),
];

/** The retained state below `state/`. */
export const playerAnnouncements = ({ summary }: Summaries): Announcement[] => {
  const { status, sound, playlist, index, mode: now, volume, queue } = summary();
  const playing = {
    status,
    id: sound?.id ?? null,
    name: sound?.name ?? null,
    playlist: playlist?.name ?? null,
    index,
  };
  const state = (name: string, payload: Announcement['payload']): Announcement => ({
    topic: `state/${name}`,
    payload,
    retain: true,
  });
  return [
    state('playing', playing),
    state('volume', { volume }),
    state('mode', { mode: now }),
    state('queue', { length: queue.length, next: queue[0]?.sound.name ?? null }),
  ];
};
