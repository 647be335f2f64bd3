import type { FeedMessage, Hello } from '../../server/adapters/ws/contract.ts';
import type { PlayEnded, SoundPlayed, Voices } from '../../server/soundboard/contract.ts';

/** A press that sounds now. */
export type Voice = {
  playId: string;
  soundId: string;
  positionMs: number;
  durationMs: number;
  /** Press to first audible frame; null when this page came too late to hear of it. */
  latencyMs: number | null;
};

export type FeedState = {
  /** Global position of the last durable message, where a reconnect goes on. */
  position: number | null;
  /** Global position of the log when the server last said hello. */
  head: number | null;
  /** Where it sounds, as a slug: "living-room"; null until the server said hello. */
  room: string | null;
  /** Of the box, as it last said. */
  version: string | null;
  /** In the order in which they started. */
  voices: readonly Voice[];
};

export const initialFeed: FeedState = {
  position: null,
  head: null,
  room: null,
  version: null,
  voices: [],
};

/** What sounds is the snapshot's to say; it knows neither the order nor what was measured. */
const fromSnapshot = (known: readonly Voice[], data: Voices): Voice[] => {
  const before = new Map(known.map((voice) => [voice.playId, voice]));
  const now = data.voices.map((voice) => ({
    playId: voice.play_id,
    soundId: voice.sound_id,
    positionMs: voice.position_ms,
    durationMs: voice.duration_ms,
    latencyMs: before.get(voice.play_id)?.latencyMs ?? null,
  }));
  const order = new Map(known.map((voice, index) => [voice.playId, index]));
  const rank = (voice: Voice): number => order.get(voice.playId) ?? known.length;
  return now.toSorted((a, b) => rank(a) - rank(b));
};

const withPlayed = (voices: readonly Voice[], data: SoundPlayed): readonly Voice[] => {
  const latencyMs = data.latency_ms;
  if (voices.some((voice) => voice.playId === data.play_id)) {
    return voices.map((voice) => (voice.playId === data.play_id ? { ...voice, latencyMs } : voice));
  }
  const { play_id: playId, sound_id: soundId } = data;
  return [...voices, { playId, soundId, positionMs: 0, durationMs: 0, latencyMs }];
};

/** Whether it happened before the server said hello: a resume tells it late. */
export const isPast = ({ head }: FeedState, { position }: FeedMessage): boolean =>
  head !== null && position !== undefined && position <= head;

/** What the page knows of the room after one more message. Pure; unknown types change nothing. */
export const reduceFeed = (state: FeedState, message: FeedMessage): FeedState => {
  const position = message.position ?? state.position;
  const next = position === state.position ? state : { ...state, position };
  switch (message.type) {
    case 'hello': {
      const hello = message.data as Hello;
      // The first hello says where we start; later ones must not skip what is still to be resumed.
      const head = hello.position;
      const { room, version } = hello;
      return { ...state, position: state.position ?? head, head, room, version };
    }
    case 'resync':
      // Too far behind to resume: go on from the head, or every reconnect would end here again.
      return { ...state, position: message.position ?? state.head, voices: [] };
    case 'sound_played':
      // Whether it still sounds, the next snapshot tells.
      if (isPast(state, message)) return next;
      return { ...next, voices: withPlayed(state.voices, message.data as SoundPlayed) };
    case 'play_ended': {
      const { play_id } = message.data as PlayEnded;
      return { ...next, voices: state.voices.filter((voice) => voice.playId !== play_id) };
    }
    case 'voices':
      return { ...next, voices: fromSnapshot(state.voices, message.data as Voices) };
    default:
      return next;
  }
};
