import { randomInt } from 'node:crypto';
import { done, refuse, type CommandRequest, type Outcome } from '../kernel/command-bus.ts';
import type { Identity } from '../kernel/door.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Problem } from '../kernel/problem.ts';
import type { PlayerMode, SleepBody } from './contract.ts';
import { playerDecider, type PlayerCommand } from './decider.ts';
import { playerStream } from './events.ts';
import type { FoundPlaylist } from './find-playlist.ts';
import type { LivePlace } from './live-place.ts';
import type { Loudness } from './loudness.ts';
import type { ListEntry } from './next-track.ts';
import type { PlayerState } from './player-state.ts';
import { jukeboxProblem, playerAway, type JukeboxRefusal } from './problems.ts';

/** What every door says of a command. */
export type Asked = {
  readonly command: CommandRequest;
  /** Null: the house itself. */
  readonly identity: Identity | null;
  /** An alarm passes quiet hours where the household lets it. */
  readonly alarm?: boolean;
};

/** `volume` null: as it is. `fade_in_ms`: how long the music rises from silence. */
export type PlaylistPlay = { readonly volume: number | null; readonly fade_in_ms: number };

type Unaddressed<C> = C extends PlayerCommand ? Omit<C, 'room'> : never;
type Command = Unaddressed<PlayerCommand>;
type Answered<Result> = Promise<Outcome<Result, Problem>>;

/** The commands of the jukebox, the same behind every door. */
export const createJukebox = (
  kernel: Kernel,
  ports: {
    room: string;
    live: LivePlace;
    state: () => PlayerState;
    entries: (playlistId: string | null) => readonly ListEntry[];
    /** Whether this person sees the list. */
    seesPlaylist: (identity: Identity | null, playlistId: string) => boolean;
    findPlaylist: (identity: Identity | null, wish: string) => FoundPlaylist;
    /** Whether rules fill the list. */
    followsRules: (playlistId: string) => boolean;
    soundExists: (soundId: string) => boolean;
    durationOf: (soundId: string) => number;
    /** Whether a player is there. */
    connected: () => boolean;
    /** Why music must not begin now. */
    quiet: (asked: Asked) => Problem | undefined;
    loudness: Pick<Loudness, 'begins' | 'chosen'>;
  },
) => {
  const { room, live } = ports;

  const ask = <Result>(
    { command: request }: Pick<Asked, 'command'>,
    commandOf: (state: PlayerState) => { command: Command; result: Result } | JukeboxRefusal,
    refusal: (state: PlayerState) => Problem | undefined = () => undefined,
  ): Answered<Result> =>
    kernel.bus.execute<Result, Problem>(request, (tx) => {
      const stream = playerStream(room);
      const state = tx.state(playerDecider, stream);
      const problem = refusal(state);
      if (problem) return refuse(problem);
      const asked = commandOf(state);
      if ('code' in asked) return refuse(jukeboxProblem(asked));
      const decision = tx.decide(playerDecider, stream, { ...asked.command, room });
      return decision.accepted ? done(asked.result) : refuse(jukeboxProblem(decision.reason));
    });

  const simply = (asked: Asked, commandOf: (state: PlayerState) => Command) =>
    ask(asked, (state) => ({ command: commandOf(state), result: {} }));

  const quietFor = (asked: Asked, { status }: PlayerState): Problem | undefined =>
    status === 'playing' ? undefined : ports.quiet(asked);

  /** What brings music into a silent room, which quiet hours may refuse. What plays goes on. */
  const begin = (asked: Asked, commandOf: (state: PlayerState) => Command) =>
    ask(
      asked,
      (state) => ({ command: commandOf(state), result: {} }),
      (state) => (ports.connected() ? quietFor(asked, state) : playerAway),
    );

  const withList = (
    asked: Asked,
    make: (context: {
      entries: readonly ListEntry[];
      track_id: string;
      position_ms: number;
    }) => Command,
  ) =>
    begin(asked, (state) =>
      make({
        entries: ports.entries(state.playlist_id),
        track_id: kernel.ids(),
        position_ms: placeOf(state),
      }),
    );

  /** A track that a person chooses is no alarm any more. */
  const choose = async (asked: Asked, made: ReturnType<typeof withList>) => {
    const outcome = await made;
    if (outcome.ok && !outcome.repeated && asked.identity) ports.loudness.chosen();
    return outcome;
  };

  const placeOf = ({ track, position_ms }: PlayerState): number =>
    track ? (live.of(track.track_id)?.position_ms ?? position_ms) : 0;

  const durationOf = ({ track }: PlayerState): number => {
    if (!track) return 0;
    // 0 until the player knows.
    const heard = live.of(track.track_id)?.duration_ms ?? 0;
    return heard > 0 ? heard : ports.durationOf(track.sound_id);
  };

  /** A list from where it stands, all of it or nothing. */
  const playList = async (
    asked: Asked,
    { volume, fade_in_ms }: PlaylistPlay,
    find: () => FoundPlaylist,
  ): Answered<{ playlist_id: string }> => {
    const outcome = await kernel.bus.execute<{ playlist_id: string }, Problem>(
      asked.command,
      (tx) => {
        const found = find();
        if ('problem' in found) return refuse(found.problem);
        const stream = playerStream(room);
        const state = tx.state(playerDecider, stream);
        const problem = ports.connected() ? quietFor(asked, state) : playerAway;
        if (problem) return refuse(problem);
        const { playlist_id } = found;
        const entries = ports.entries(playlist_id);
        const commands: Command[] = [
          { type: 'LoadPlaylist', playlist_id, entries },
          ...(volume === null ? [] : [{ type: 'SetVolume', volume } as const]),
          { type: 'Play', index: null, entries, track_id: tx.newId() },
        ];
        for (const command of commands) {
          const decision = tx.decide(playerDecider, stream, { ...command, room });
          if (!decision.accepted) return refuse(jukeboxProblem(decision.reason));
        }
        return done(found);
      },
    );
    if (outcome.ok && !outcome.repeated) ports.loudness.begins(asked.alarm ?? false, fade_in_ms);
    return outcome;
  };

  return {
    play(asked: Asked, index: number | null) {
      const playing = withList(asked, ({ entries, track_id }) => ({
        type: 'Play',
        index,
        entries,
        track_id,
      }));
      // Without an index what stands there plays, or goes on.
      return index === null ? playing : choose(asked, playing);
    },

    pause: (asked: Asked) =>
      simply(asked, (state) => ({ type: 'Pause', position_ms: placeOf(state), reason: 'asked' })),

    resume: (asked: Asked) => begin(asked, () => ({ type: 'Resume' })),
    stop: (asked: Asked) => simply(asked, () => ({ type: 'Stop' })),

    next: (asked: Asked) =>
      choose(
        asked,
        withList(asked, ({ entries, track_id }) => ({ type: 'Next', entries, track_id })),
      ),

    previous: (asked: Asked) =>
      choose(
        asked,
        withList(asked, (context) => ({ type: 'Previous', ...context })),
      ),

    seek: (asked: Asked, position_ms: number) =>
      simply(asked, (state) => ({ type: 'Seek', position_ms, duration_ms: durationOf(state) })),

    setVolume: (asked: Asked, volume: number) =>
      simply(asked, () => ({ type: 'SetVolume', volume })),

    /** By so much louder or quieter, within 0 to 100. */
    turnVolume: (asked: Asked, delta: number) =>
      simply(asked, (state) => ({
        type: 'SetVolume',
        volume: Math.max(0, Math.min(100, state.volume + delta)),
      })),

    setMode: (asked: Asked, mode: PlayerMode) =>
      simply(asked, () => ({ type: 'SetMode', mode, seed: randomInt(2 ** 31) })),

    loadPlaylist: (asked: Asked, playlist_id: string) =>
      ask(asked, () => {
        if (!ports.seesPlaylist(asked.identity, playlist_id)) return { code: 'unknown_playlist' };
        const entries = ports.entries(playlist_id);
        return { command: { type: 'LoadPlaylist', playlist_id, entries }, result: {} };
      }),

    playPlaylist: (asked: Asked, { playlist_id, ...how }: PlaylistPlay & { playlist_id: string }) =>
      playList(asked, how, () =>
        ports.seesPlaylist(asked.identity, playlist_id)
          ? { playlist_id }
          : { problem: jukeboxProblem({ code: 'unknown_playlist' }) },
      ),

    /** By id or name; where it is not sure which is meant, nothing plays. */
    playNamedPlaylist: (asked: Asked, wish: string, how: PlaylistPlay) =>
      playList(asked, how, () => ports.findPlaylist(asked.identity, wish)),

    /** `forced`: somebody asked; otherwise only what changed is kept. */
    reloadPlaylist: (asked: Pick<Asked, 'command'>, forced: boolean) =>
      ask(asked, (state) => {
        if (state.playlist_id === null) return { code: 'no_playlist' };
        const { playlist_id, place } = state;
        const entries = ports.entries(playlist_id);
        // Rules that let go of a sound, since nobody likes it any more, are no wish for silence.
        const plays_on =
          !forced &&
          ports.followsRules(playlist_id) &&
          place !== null &&
          ports.soundExists(place.sound_id);
        return { command: { type: 'ReloadPlaylist', entries, forced, plays_on }, result: {} };
      }),

    queue: (asked: Asked, sound_id: string, where: 'next' | 'end') =>
      ask(asked, (state) => {
        if (!ports.soundExists(sound_id)) return { code: 'unknown_sound' };
        const queue_id = kernel.ids();
        const before = where === 'next' ? (state.queue[0]?.queue_id ?? null) : null;
        const command: Command = { type: 'QueueTrack', queue_id, sound_id, before };
        return { command, result: { queue_id } };
      }),

    unqueue: (asked: Asked, queue_id: string) =>
      simply(asked, () => ({ type: 'UnqueueTrack', queue_id })),

    orderQueue: (asked: Asked, queue_ids: readonly string[]) =>
      simply(asked, () => ({ type: 'OrderQueue', queue_ids })),

    setSleepTimer: (asked: Asked, timer: SleepBody) =>
      simply(asked, () => {
        if ('at_end_of_track' in timer) return { type: 'SetSleepTimer', ends_at: null, fade_ms: 0 };
        const ends_at = new Date(kernel.clock.now() + timer.after_ms).toISOString();
        return { type: 'SetSleepTimer', ends_at, fade_ms: timer.fade_ms };
      }),

    clearSleepTimer: (asked: Asked) => simply(asked, () => ({ type: 'ClearSleepTimer' })),

    placeOf,
    durationOf,
  };
};
export type Jukebox = ReturnType<typeof createJukebox>;
