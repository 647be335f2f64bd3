import { openLedger, type Prices } from '../credits/index.ts';
import type { Household } from '../household/index.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Recorded } from '../kernel/event.ts';
import type { FeedMap } from '../kernel/feed.ts';
import type { Module } from '../kernel/module.ts';
import type { OpenJukebox } from '../player/index.ts';
import type { PlayerLink } from '../player/player-link.ts';
import { createSoundQueries, type SoundSearch, type TrimmedCopies } from '../sounds/index.ts';
import type { Announcement } from '../kernel/door.ts';
import { createBoard, type Board } from './board.ts';
import { createBoardStates } from './board-states.ts';
import { playCharges } from './charges.ts';
import type { PlayEnded, SoundPlayed } from './contract.ts';
import type { PlayEvent } from './events.ts';
import { soundboardMetrics } from './metrics.ts';
import { createFormerNames, formerNamesProjection } from './former-names.ts';
import { createHeardPlays } from './heard-plays.ts';
import { playsProjection } from './projection.ts';
import { createPlayQueries, type PlayQueries } from './queries.ts';
import { boardReactor } from './reactor.ts';
import { boardRoutes } from './routes.ts';
import { boardSocketCommands } from './socket-commands.ts';
import { createSirenEnds } from './siren.ts';
import { createStats } from './stats.ts';
import { statsRoutes } from './stats-routes.ts';
import { createTones } from './tones.ts';
import { boardTopics, playAnnouncement } from './topics.ts';
import { createVoices } from './voices.ts';

export type { Board } from './board.ts';
export { playerUnavailable } from './problems.ts';
export { commandRefused } from './topics.ts';
export { createTones, type Tone } from './tones.ts';

export type SoundboardPorts = {
  readonly link: PlayerLink;
  readonly copies: TrimmedCopies;
  readonly soundsDir: string;
  readonly prices: Prices;
  readonly board: Board;
  readonly jukebox: OpenJukebox;
  readonly household: Household;
  /** Tells MQTT listeners. */
  readonly announce: (announcement: Announcement) => void;
};

/** The board of a room, made once, for its own doors and for whoever plays for the house. */
export const openBoard = (
  kernel: Kernel,
  ports: {
    link: PlayerLink;
    soundsDir: string;
    search: SoundSearch;
    room: string;
    prices: Prices;
    household: Household;
  },
): Board =>
  createBoard(kernel, {
    ...ports,
    sounds: createSoundQueries(kernel.storage, ports.soundsDir),
    plays: createPlayQueries(kernel.storage),
    formerNames: createFormerNames(kernel.storage),
    ledger: openLedger(kernel, ports.prices),
  });

const feedMap = (plays: PlayQueries): FeedMap => {
  const ended = (outcome: PlayEnded['outcome']) => (recorded: Recorded) => {
    const event = recorded as Recorded<PlayEvent>;
    const play = plays.find(event.data.play_id);
    if (!play) return undefined;
    const { id: play_id, sound_id, sound_name: name, reason, message } = play;
    const data: PlayEnded = { play_id, sound_id, name, outcome, reason, message };
    return { type: 'play_ended', data };
  };
  return {
    PlayStarted(recorded) {
      const { data: started } = recorded as Extract<Recorded<PlayEvent>, { type: 'PlayStarted' }>;
      const play = plays.find(started.play_id);
      if (!play) return undefined;
      const { id: play_id, sound_id, sound_name: name, user_id, user_name, origin } = play;
      const { latency_ms } = started;
      const data: SoundPlayed = { play_id, sound_id, name, user_id, user_name, origin, latency_ms };
      return { type: 'sound_played', data };
    },
    PlayFinished: ended('finished'),
    PlayStopped: ended('stopped'),
    PlayFailed: ended('failed'),
  };
};

/** Presses: from any door to the speaker, and what became of each. */
export const soundboard: Module<SoundboardPorts> = {
  name: 'soundboard',
  projections: [playsProjection, formerNamesProjection],
  verify: playCharges,
  setup(kernel, ports) {
    const { link, copies, soundsDir, prices, board, household, announce: tell } = ports;
    const { jukebox } = ports.jukebox;
    const sounds = createSoundQueries(kernel.storage, soundsDir);
    const plays = createPlayQueries(kernel.storage);
    const ledger = openLedger(kernel, prices);
    const voices = createVoices(kernel, plays, ledger);
    link.listen({ report: voices.heard, lost: voices.playerLost });
    const tones = createTones(kernel);
    const ends = createSirenEnds(board, kernel.logger);
    const states = createBoardStates(kernel, { tones, announce: tell });
    const stats = createStats(kernel, createHeardPlays(kernel));
    const announce = playAnnouncement(plays);
    const announced = (eventType: Parameters<typeof announce>[1]) => (event: Recorded) =>
      announce(event as Recorded<PlayEvent>, eventType);
    return {
      routes: [...boardRoutes({ board, plays }), ...statsRoutes(stats)],
      socketCommands: boardSocketCommands(board),
      topics: boardTopics(board, { jukebox, tones, plays, ends }),
      reactors: [boardReactor(kernel, { sounds, copies, link, board, plays, voices, household })],
      feed: feedMap(plays),
      announcements: {
        PlayStarted: announced('started'),
        PlayFinished: announced('finished'),
        PlayStopped: announced('stopped'),
        PlayFailed: announced('refused'),
      },
      standing: states.standing,
      farewell: states.farewell,
      metrics: soundboardMetrics,
      start() {
        voices.expectPlayer();
        states.start();
      },
      async stop() {
        await voices.stop(link);
        states.stop();
        ends.stop();
      },
    };
  },
};
