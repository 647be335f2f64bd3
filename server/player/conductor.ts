import type { Kernel } from '../kernel/kernel.ts';
import type { MusicState, MusicTrack } from './contract.ts';
import type { TrackChoice } from './events.ts';
import { followingTrack, type Candidate, type ListEntry } from './next-track.ts';
import type { PlayerLink } from './player-link.ts';
import type { PlayerState } from './player-state.ts';

/** What the player opens for a sound. */
export type TrackFile = Pick<MusicTrack, 'path' | 'demuxer' | 'gain_db'>;

export type MusicSettings = {
  readonly crossfade_ms: number;
  readonly ducking: { depth_db: number; attack_ms: number; release_ms: number };
};

export type ConductorPorts = {
  readonly link: PlayerLink;
  /** How the jukebox stands in the read model. */
  readonly state: () => PlayerState;
  readonly entries: (playlistId: string | null) => readonly ListEntry[];
  readonly file: (soundId: string) => TrackFile | undefined;
  /** Where a track goes on that the player does not have any more. */
  readonly placeIn: (trackId: string) => number | undefined;
  readonly settings: () => MusicSettings;
  /** What the speaker is given for a volume that was chosen: the household may cap it. */
  readonly loudness: (volume: number) => number;
  /** The file of a track is not there: the player need not be asked. */
  readonly missing: (trackId: string) => void;
};

/** What follows by the mixer's own clock, once the player has been told. */
export type Cue = { readonly after: string; readonly to: TrackChoice };

type Told = {
  track_id: string | null;
  paused: boolean;
  volume: number | undefined;
  ducking: string;
  /** The word on what follows: after which track, and what. */
  follows: string;
};

const nothingTold: Told = {
  track_id: null,
  paused: false,
  volume: undefined,
  ducking: '',
  follows: '',
};

const pauseFadeMs = 60;
const stopFadeMs = 60;

/**
 * Keeps the player doing what the jukebox's state says. It compares the two and sends the
 * difference, once per turn of the event loop: a thousand changes in a second are one command, and
 * a player that was restarted is brought to where it should be by the same way.
 */
export const createConductor = (kernel: Kernel, ports: ConductorPorts) => {
  const { link } = ports;
  let told: Told = nothingTold;
  let cue: Cue | undefined;
  let seek: { track_id: string; position_ms: number } | undefined;
  let stopFade = stopFadeMs;
  let pauseFade = 0;
  let due = false;
  let met = false;
  let stopped = false;

  const trackOf = (trackId: string, soundId: string): MusicTrack | undefined => {
    const file = ports.file(soundId);
    const { crossfade_ms } = ports.settings();
    return file && { track_id: trackId, sound_id: soundId, crossfade_ms, ...file };
  };

  const tellLevels = ({ volume }: PlayerState): void => {
    const { ducking } = ports.settings();
    const wanted = JSON.stringify(ducking);
    if (wanted !== told.ducking) {
      link.send({ type: 'ducking', command_id: kernel.ids(), ...ducking });
      told.ducking = wanted;
    }
    const loudness = ports.loudness(volume);
    if (loudness === told.volume) return;
    link.send({ type: 'music_volume', command_id: kernel.ids(), volume: loudness });
    told.volume = loudness;
  };

  const tellStop = (fade_ms: number): void => {
    if (told.track_id === null) return;
    link.send({ type: 'track_stop', command_id: kernel.ids(), fade_ms });
    Object.assign(told, { track_id: null, follows: '' });
    cue = undefined;
  };

  const tellTrack = (
    { track_id, sound_id }: { track_id: string; sound_id: string },
    state: PlayerState,
  ): boolean => {
    const track = trackOf(track_id, sound_id);
    if (!track) {
      ports.missing(track_id);
      return false;
    }
    const paused = state.status === 'paused';
    link.send({
      type: 'track_play',
      command_id: kernel.ids(),
      ...track,
      // Somebody waits for this one: no overlapping.
      crossfade_ms: 0,
      // What stands still stands where it was put; what plays has moved on since.
      position_ms: paused ? state.position_ms : (ports.placeIn(track_id) ?? state.position_ms),
      paused,
    });
    told = { ...told, track_id, paused, follows: '' };
    cue = undefined;
    seek = undefined;
    return true;
  };

  const tellChange = (trackId: string, { status }: PlayerState): void => {
    if (seek?.track_id === trackId) {
      const { position_ms } = seek;
      link.send({ type: 'track_seek', command_id: kernel.ids(), track_id: trackId, position_ms });
    }
    seek = undefined;
    const paused = status === 'paused';
    if (paused === told.paused) return;
    const type = paused ? 'track_pause' : 'track_resume';
    const fade_ms = paused ? Math.max(pauseFade, pauseFadeMs) : pauseFadeMs;
    link.send({ type, command_id: kernel.ids(), fade_ms });
    told.paused = paused;
  };

  const tellNext = (after: string, state: PlayerState): void => {
    const candidate: Candidate | null =
      state.sleep?.ends_at === null
        ? null
        : followingTrack(state, ports.entries(state.playlist_id));
    const follows = JSON.stringify([after, candidate]);
    if (follows === told.follows) return;
    told.follows = follows;
    const track_id = kernel.ids();
    const track = candidate && trackOf(track_id, candidate.sound_id);
    cue =
      candidate && track ? { after, to: { ...candidate, track_id, position_ms: 0 } } : undefined;
    link.send({ type: 'track_next', command_id: kernel.ids(), after, track: track ?? null });
  };

  const tell = (): void => {
    due = false;
    const fade = stopFade;
    stopFade = stopFadeMs;
    // What a player that has just come has of its own is not known yet.
    if (stopped || !met || !link.connected) return;
    const state = ports.state();
    tellLevels(state);
    const { track } = state;
    if (!track) return tellStop(fade);
    if (track.track_id !== told.track_id) {
      if (!tellTrack(track, state)) return;
    } else tellChange(track.track_id, state);
    tellNext(track.track_id, state);
  };

  return {
    /** Something may have changed. */
    changed(): void {
      if (due) return;
      due = true;
      setImmediate(tell);
    },
    /** The next stop takes so long. */
    stopWithin: (fadeMs: number): void => void (stopFade = Math.max(fadeMs, stopFadeMs)),
    /** The next pause takes so long. */
    pauseWithin: (fadeMs: number): void => void (pauseFade = fadeMs),
    seekTo: (trackId: string, positionMs: number): void =>
      void (seek = { track_id: trackId, position_ms: positionMs }),
    /** What follows the track, if the player was told and it was not taken back. */
    cueAfter: (trackId: string): Cue | undefined => (cue?.after === trackId ? cue : undefined),
    cueOf: (trackId: string): Cue | undefined => (cue?.to.track_id === trackId ? cue : undefined),
    /** It cannot be played: nothing follows by itself. */
    dropCue: (): void => void (cue = undefined),
    /** The player went on to the track that was told to follow. */
    advanced(to: string): void {
      told = { ...told, track_id: to, follows: '' };
      cue = undefined;
    },
    /** A player said hello: what it has is what it was told. */
    adopt({ track, volume }: MusicState): void {
      met = true;
      const { track_id = null, paused = false } = track ?? {};
      told = { ...nothingTold, track_id, paused, volume };
      cue = undefined;
      seek = undefined;
    },
    /** What is told later finds no read model any more. */
    stop: (): void => void (stopped = true),
    lost(): void {
      met = false;
      told = nothingTold;
      cue = undefined;
    },
  };
};
export type Conductor = ReturnType<typeof createConductor>;
