import { done, type CommandRequest } from '../kernel/command-bus.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Conductor } from './conductor.ts';
import type { MusicState, PlayerReport } from './contract.ts';
import { playerDecider, type PlayerCommand } from './decider.ts';
import { playerStream, type PauseReason } from './events.ts';
import type { LivePlace } from './live-place.ts';
import type { ListEntry } from './next-track.ts';
import type { PlaceKeeper } from './place-keeper.ts';
import type { PlayerState } from './player-state.ts';

/** How long a track that ended waits for the one that was told to follow. */
const followedWithinMs = 1500;

type Unaddressed<C> = C extends PlayerCommand ? Omit<C, 'room'> : never;

/** Turns what the player says of music into commands. */
export const createPlayerReports = (
  kernel: Kernel,
  ports: {
    room: string;
    conductor: Conductor;
    live: LivePlace;
    keeper: PlaceKeeper;
    state: () => PlayerState;
    entries: (playlistId: string | null) => readonly ListEntry[];
    /** Of the track under way, in ms; 0: not known. */
    duration: () => number;
    /** Whether music goes on by itself after a loss of power or of the player. */
    goesOn: () => boolean;
    /** What a report follows from. */
    cause: () => Pick<CommandRequest, 'correlationId' | 'causationId'>;
  },
) => {
  const { room, conductor, live, keeper } = ports;
  let counted = '';
  /** What was heard of the track that ended last. */
  let whole: { track_id: string; heard_ms: number } | undefined;
  let waiting: NodeJS.Timeout | undefined;

  const run = async (command: Unaddressed<PlayerCommand>): Promise<void> => {
    const request = { actor: 'system', origin: 'system', ...ports.cause() } as const;
    try {
      await kernel.bus.execute(request, (tx) => {
        tx.decide(playerDecider, playerStream(room), { ...command, room });
        return done(null);
      });
    } catch (error) {
      kernel.logger.error({ err: error }, `${command.type} could not be kept`);
    }
  };

  const entries = () => ports.entries(ports.state().playlist_id);

  const finished = (track_id: string, heard_ms: number): Promise<void> => {
    clearTimeout(waiting);
    return run({
      type: 'ReportFinished',
      ended: track_id,
      heard_ms: Math.round(heard_ms),
      duration_ms: ports.duration(),
      entries: entries(),
      track_id: kernel.ids(),
    });
  };

  const failed = (track_id: string, code: string, message: string): Promise<void> =>
    run({
      type: 'ReportFailed',
      failed: track_id,
      code,
      message,
      entries: entries(),
      track_id: kernel.ids(),
    });

  const started = (track_id: string): Promise<void> => {
    const cue = conductor.cueOf(track_id);
    if (!cue) return run({ type: 'ReportStarted', track_id });
    clearTimeout(waiting);
    const { after: from, to } = cue;
    const last = whole?.track_id === from ? whole : live.of(from);
    const heard_ms = Math.round(last?.heard_ms ?? 0);
    conductor.advanced(track_id);
    return run({ type: 'ReportAdvanced', from, heard_ms, duration_ms: ports.duration(), to });
  };

  const ended = (report: Extract<PlayerReport, { type: 'track_ended' }>): void => {
    const { track_id, reason, heard_ms } = report;
    whole = { track_id, heard_ms };
    if (reason !== 'finished') return;
    if (!conductor.cueAfter(track_id)) return void finished(track_id, heard_ms);
    // What follows begins on the next frame; should it never, the list goes on all the same.
    waiting = setTimeout(() => void finished(track_id, heard_ms), followedWithinMs).unref();
  };

  const position = (report: Extract<PlayerReport, { type: 'track_position' }>): void => {
    const { track_id, position_ms, duration_ms, heard_ms, paused } = report;
    live.hear(report);
    if (!paused) keeper.keep(track_id, position_ms);
    kernel.publish({
      type: 'player_position',
      data: { position: Math.round(position_ms), duration: Math.round(duration_ms) },
    });
    // Asked once per start; the decider knows how much is enough.
    if (counted === track_id || duration_ms === 0 || heard_ms < duration_ms / 5) return;
    counted = track_id;
    void run({ type: 'ReportHeard', track_id, heard_ms, duration_ms });
  };

  const pause = async (reason: Exclude<PauseReason, 'asked'>): Promise<void> => {
    const { status, track, position_ms } = ports.state();
    if (status !== 'playing' || !track) return;
    const kept = live.of(track.track_id)?.position_ms ?? keeper.placeIn(track.track_id);
    await run({ type: 'Pause', position_ms: kept ?? position_ms, reason });
  };

  return {
    hear(report: PlayerReport): void {
      switch (report.type) {
        case 'track_started':
          return void started(report.track_id);
        case 'track_ended':
          return ended(report);
        case 'track_failed':
          if (conductor.cueOf(report.track_id)) return conductor.dropCue();
          return void failed(report.track_id, report.code, report.message);
        case 'track_position':
          return position(report);
        case 'track_refused':
          kernel.logger.info({ report }, 'the player could not follow a command');
          return;
        case 'hello':
        case 'voice_started':
        case 'voice_ended':
        case 'voice_failed':
        case 'voices':
        case 'output':
        case 'heartbeat':
          return;
      }
    },

    /** A player is there: either it has the track still, or the room is not surprised by it. */
    async met(music: MusicState): Promise<void> {
      // A pause that comes before its first report holds it where it is.
      if (music.track) live.hear(music.track);
      const { status, track } = ports.state();
      const goesOn = music.track?.track_id === track?.track_id || ports.goesOn();
      // Kept before the player is told anything: it would begin to play, and stop again.
      if (status === 'playing' && !goesOn) await pause('restart');
      conductor.adopt(music);
      conductor.changed();
    },

    lost(): void {
      conductor.lost();
      if (!ports.goesOn()) void pause('player_lost');
      live.forget();
    },

    /** No player came back after a restart of the server. */
    absent(): void {
      if (!ports.goesOn()) void pause('restart');
    },

    failed,
    pause,
    run,
    stop: (): void => clearTimeout(waiting),
  };
};
