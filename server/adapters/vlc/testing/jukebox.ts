/** Music commands with sensible values, sent to a room's player. */
import type {
  MusicTrack,
  PlayCommand,
  TrackNextCommand,
  TrackPlayCommand,
} from '../../../player/contract.ts';
import type { Report, Room } from './player-room.ts';

type File = { path: string; demuxer: PlayCommand['demuxer'] };

export type Jukebox = {
  /** Each returns the track's id. */
  play(file: File, options?: Partial<TrackPlayCommand>): string;
  next(after: string, file: File, options?: Partial<MusicTrack>): string;
  takeNextBack(after: string): TrackNextCommand;
  pause(fadeMs?: number): void;
  resume(fadeMs?: number): void;
  seek(trackId: string, positionMs: number): void;
  stop(fadeMs?: number): void;
  volume(volume: number): void;
  ducking(depthDb: number, attackMs: number, releaseMs: number): void;
  started(trackId: string): Promise<Report<'track_started'>>;
  ended(trackId: string): Promise<Report<'track_ended'>>;
  failed(trackId: string): Promise<Report<'track_failed'>>;
  /** The position, reported from now on, passes this. */
  reaches(trackId: string, positionMs: number): Promise<Report<'track_position'>>;
};

let ids = 0;
const newId = (of: string): string => `${of}-${++ids}`;

export const jukeboxOf = (room: () => Room): Jukebox => {
  const trackOf = ({ path, demuxer }: File): MusicTrack => ({
    track_id: newId('track'),
    sound_id: path,
    path,
    demuxer,
    gain_db: 0,
    crossfade_ms: 0,
  });
  const command_id = (): string => newId('music');
  const send: Room['link']['send'] = (command) => room().link.send(command);
  return {
    play(file, options = {}) {
      const track = trackOf(file);
      send({
        type: 'track_play',
        command_id: command_id(),
        ...track,
        position_ms: 0,
        paused: false,
        ...options,
      });
      return track.track_id;
    },
    next(after, file, options = {}) {
      const track = { ...trackOf(file), ...options };
      send({ type: 'track_next', command_id: command_id(), after, track });
      return track.track_id;
    },
    takeNextBack(after) {
      const command: TrackNextCommand = {
        type: 'track_next',
        command_id: command_id(),
        after,
        track: null,
      };
      send(command);
      return command;
    },
    pause: (fade_ms = 0) => void send({ type: 'track_pause', command_id: command_id(), fade_ms }),
    resume: (fade_ms = 0) => void send({ type: 'track_resume', command_id: command_id(), fade_ms }),
    seek: (track_id, position_ms) =>
      void send({ type: 'track_seek', command_id: command_id(), track_id, position_ms }),
    stop: (fade_ms = 0) => void send({ type: 'track_stop', command_id: command_id(), fade_ms }),
    volume: (volume) => void send({ type: 'music_volume', command_id: command_id(), volume }),
    ducking: (depth_db, attack_ms, release_ms) =>
      void send({ type: 'ducking', command_id: command_id(), depth_db, attack_ms, release_ms }),
    started: (id) => room().report('track_started', ({ track_id }) => track_id === id),
    ended: (id) => room().report('track_ended', ({ track_id }) => track_id === id),
    failed: (id) => room().report('track_failed', ({ track_id }) => track_id === id),
    async reaches(id, positionMs) {
      const from = room().reports.length;
      return room().report(
        'track_position',
        (report) =>
          report.track_id === id &&
          report.position_ms >= positionMs &&
          room().reports.indexOf(report) >= from,
      );
    },
  };
};
