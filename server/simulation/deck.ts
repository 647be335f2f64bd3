import {
  duckingDefault,
  type MusicCommand,
  type MusicState,
  type MusicTrack,
  type PlayerReport,
} from '../player/contract.ts';
import type { Random } from './random.ts';
import type { Owner, Task, Timeline } from './timeline.ts';

type Playing = {
  readonly track: MusicTrack;
  readonly commandId: string;
  readonly durationMs: number;
  readonly broken: boolean;
  /** What was played before the last pause. */
  doneMs: number;
  /** Since when it plays; undefined: it stands. */
  since: number | undefined;
  startMs: number;
};

const tickMs = 400;

/** The music half of the player: one track and the one that follows it, counted instead of heard. */
export const createDeck = (
  timeline: Timeline,
  random: Random,
  owner: Owner,
  ports: {
    monotonic(): number;
    report(report: PlayerReport): void;
    isBroken(): boolean;
  },
) => {
  const { report, monotonic } = ports;
  let now: Playing | undefined;
  let next: { after: string; track: MusicTrack; commandId: string } | undefined;
  let paused = false;
  let volume = 100;
  let ending: Task | undefined;
  let ticking: Task | undefined;

  const heardMs = (one: Playing) =>
    one.doneMs + (one.since === undefined ? 0 : timeline.now() - one.since);
  const positionMs = (one: Playing) => Math.min(one.durationMs, one.startMs + heardMs(one));
  const positionOf = (one: Playing) => ({
    track_id: one.track.track_id,
    sound_id: one.track.sound_id,
    position_ms: positionMs(one),
    duration_ms: one.durationMs,
    heard_ms: heardMs(one),
    paused,
    at_ms: monotonic(),
  });

  const hold = (one: Playing) => {
    if (one.since !== undefined) one.doneMs += timeline.now() - one.since;
    one.since = undefined;
    if (ending) ending.cancelled = true;
    if (ticking) ticking.cancelled = true;
  };

  const over = (one: Playing, reason: 'finished' | 'stopped' | 'replaced') => {
    const { track_id } = one.track;
    const heard_ms = heardMs(one);
    const position_ms = positionMs(one);
    hold(one);
    if (now === one) now = undefined;
    report({ type: 'track_ended', track_id, reason, heard_ms, position_ms });
  };

  const tick = () => {
    if (!now) return;
    report({ type: 'track_position', ...positionOf(now) });
    ticking = timeline.after(tickMs, tick, owner);
  };

  const go = (one: Playing) => {
    one.since = timeline.now();
    ending = timeline.after(one.durationMs - positionMs(one), () => ended(one), owner);
    tick();
  };

  const begin = (track: MusicTrack, commandId: string, startMs: number) => {
    const one: Playing = {
      track,
      commandId,
      durationMs: random.between(1500, 9000),
      broken: ports.isBroken(),
      doneMs: 0,
      since: undefined,
      startMs,
    };
    if (one.broken) {
      report({
        type: 'track_failed',
        track_id: track.track_id,
        command_id: commandId,
        code: 'file_corrupt',
        message: 'It cannot be played.',
        heard_ms: 0,
      });
      return;
    }
    now = one;
    if (paused) return;
    start(one);
  };

  const start = (one: Playing) => {
    report({
      type: 'track_started',
      track_id: one.track.track_id,
      command_id: one.commandId,
      at_ms: monotonic(),
      latency_ms: 20,
      position_ms: one.startMs,
    });
    go(one);
  };

  const ended = (one: Playing) => {
    if (now !== one) return;
    const follows = next?.after === one.track.track_id ? next : undefined;
    next = undefined;
    over(one, 'finished');
    if (follows) begin(follows.track, follows.commandId, 0);
  };

  return {
    state: (): MusicState => ({
      track: now ? positionOf(now) : null,
      next_track_id: next?.track.track_id ?? null,
      volume,
      ducking: duckingDefault,
    }),
    execute(command: MusicCommand): void {
      switch (command.type) {
        case 'track_play':
          if (now) over(now, 'replaced');
          next = undefined;
          ({ paused } = command);
          begin(command, command.command_id, command.position_ms);
          return;
        case 'track_next':
          next = undefined;
          if (now?.track.track_id === command.after && command.track) {
            next = { after: command.after, track: command.track, commandId: command.command_id };
          }
          return;
        case 'track_seek':
          if (now?.track.track_id !== command.track_id) return;
          hold(now);
          now.startMs = command.position_ms - now.doneMs;
          if (!paused) go(now);
          return;
        case 'track_pause':
          paused = true;
          if (now) hold(now);
          return;
        case 'track_resume': {
          const was = paused;
          paused = false;
          if (!now || !was) return;
          if (now.doneMs === 0) start(now);
          else go(now);
          return;
        }
        case 'track_stop':
          if (now) over(now, 'stopped');
          return;
        case 'music_volume':
          ({ volume } = command);
          return;
        case 'ducking':
      }
    },
  };
};
