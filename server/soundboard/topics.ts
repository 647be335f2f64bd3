import { z } from 'zod';
import { topic, type Announcement, type Identity, type Topic } from '../kernel/door.ts';
import type { Recorded } from '../kernel/event.ts';
import type { Problem } from '../kernel/problem.ts';
import { controlAccess, type Jukebox } from '../player/index.ts';
import type { Board, Press } from './board.ts';
import type { PlayEvent } from './events.ts';
import type { PlayQueries } from './queries.ts';
import { sirenTopic, type SirenEnds } from './siren.ts';
import type { Tones } from './tones.ts';

const access = { role: 'guest', scope: 'play' } as const;

const volume = z.number().min(0).max(100).optional();
const name = z.string().trim().min(1, 'name a sound').max(200);

/**
 * Bare text is a name; JSON names a sound by id or name, or a tag to choose from, and how loud.
 * Unknown keys are ignored.
 */
const playPayload = z.union(
  [
    name.transform((bare) => ({ name: bare, volume: undefined })),
    z.object({ id: z.string().max(64), volume }),
    z.object({ name, volume }),
    z.object({ random: z.object({ tag: z.string().trim().min(1).max(100) }), volume }),
    z.object({
      /** Its id or its name; of the jukebox. */
      playlist: z.string().trim().min(1).max(200),
      /** Of the music from then on; left out: as it is. */
      volume: z.number().int().min(0).max(100).optional(),
    }),
  ],
  'name a sound: its bare name, {"name"}, {"id"} or {"random": {"tag"}}; or a {"playlist"}',
);

const stopPayload = z.preprocess(
  (payload) => (typeof payload === 'object' && payload !== null ? payload : {}),
  z.object({ fade_ms: z.number().min(0).max(10_000).optional() }),
);

export const boardTopics = (
  board: Board,
  ports: { jukebox: Jukebox; tones: Tones; plays: PlayQueries; ends: SirenEnds },
): Topic[] => [
  sirenTopic(board, { ...ports, access }),
  topic({
    topic: 'cmd/play',
    summary:
      'Play a sound: {"id"}, {"name"}, {"random": {"tag"}} or the bare name; {"volume": 40} plays it softer; {"playlist", "volume"} plays a list on the jukebox',
    access,
    payload: playPayload,
    needs: (payload) => ('playlist' in payload ? controlAccess : undefined),
    handle({ payload, ...asked }) {
      if ('playlist' in payload) {
        const { playlist, volume: music = null } = payload;
        return ports.jukebox.playNamedPlaylist(asked, playlist, { volume: music, fade_in_ms: 0 });
      }
      const press: Press =
        payload.volume === undefined ? asked : { ...asked, volume: payload.volume };
      if ('random' in payload) return board.playRandom(press, payload.random.tag);
      return 'id' in payload
        ? board.playById(press, payload.id)
        : board.playByName(press, payload.name);
    },
  }),
  topic({
    topic: 'cmd/stop',
    summary: 'Stop every voice; {"fade_ms"} fades',
    access,
    payload: stopPayload,
    handle: ({ payload, ...press }) =>
      board.stop(press, payload.fade_ms === undefined ? {} : { fade_ms: payload.fade_ms }),
  }),
];

/** `event/play` as Home Assistant's event entity reads it: a failed play counts as refused. */
export const playAnnouncement =
  (plays: PlayQueries) =>
  (event: Recorded<PlayEvent>, eventType: 'started' | 'finished' | 'stopped' | 'refused') => {
    const play = plays.find(event.data.play_id);
    if (!play) return undefined;
    const announcement: Announcement = {
      topic: 'event/play',
      retain: false,
      payload: {
        event_type: eventType,
        id: play.sound_id,
        name: play.sound_name,
        by: play.user_name,
        reason: event.type === 'PlayFailed' ? event.data.message : null,
        play_id: play.id,
      },
    };
    return announcement;
  };

/** A command that is refused is told to everyone who listens, not only to who asked. */
export const commandRefused = ({
  topic: refusedTopic,
  problem,
  identity,
  payload,
}: {
  topic: string;
  problem: Problem;
  identity: Identity | null;
  payload: unknown;
}): Announcement => {
  const named = typeof payload === 'object' && payload !== null ? payload : {};
  const bare = refusedTopic === 'cmd/play' && typeof payload === 'string' ? payload : null;
  const {
    id = null,
    playlist = bare,
    tone = playlist,
    name: asked = tone,
  } = named as {
    id?: string;
    name?: string;
    tone?: string;
    playlist?: string;
  };
  return {
    topic: 'event/play',
    retain: false,
    payload: {
      event_type: 'refused',
      id,
      name: asked,
      by: identity?.name ?? null,
      reason: problem.detail,
      code: problem.code,
    },
  };
};
