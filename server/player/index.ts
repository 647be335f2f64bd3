import type { Announcement } from '../kernel/door.ts';
import type { Recorded } from '../kernel/event.ts';
import type { HealthPart, Module } from '../kernel/module.ts';
import type { Household } from '../household/index.ts';
import { mainPlaylistId } from '../playlists/index.ts';
import type { PlaylistEvent } from '../playlists/events.ts';
import { createSoundQueries, type DerivedFiles } from '../sounds/index.ts';
import { createConductor } from './conductor.ts';
import type { OutputState } from './contract.ts';
import type { PlayerEvent } from './events.ts';
import { playerMetrics, type Heartbeat } from './metrics.ts';
import type { OpenJukebox } from './open-jukebox.ts';
import { createPlaceKeeper } from './place-keeper.ts';
import type { PlayerLink } from './player-link.ts';
import { createPlayerReports } from './player-reports.ts';
import { playersProjection } from './projection.ts';
import { createQuietMusic } from './quiet-music.ts';
import { queueRoutes } from './queue-routes.ts';
import { playerRoutes } from './routes.ts';
import { playerSideTables } from './side-tables.ts';
import { createSleepTimer } from './sleep-timer.ts';
import { playerSocketCommands } from './socket-commands.ts';
import { createSummaries } from './summary.ts';
import { playerAnnouncements, playerTopics } from './topics.ts';

export type { Jukebox } from './jukebox.ts';
export { controlAccess } from './routes.ts';
export { openJukebox, type OpenJukebox } from './open-jukebox.ts';
export { evolvePlayer, initialPlayerState, type PlayerState } from './player-state.ts';

export type PlayerPorts = {
  readonly link: PlayerLink;
  readonly room: string;
  readonly soundsDir: string;
  readonly derived: DerivedFiles;
  readonly jukebox: OpenJukebox;
  readonly household: Household;
  /** Tells MQTT listeners. */
  readonly announce: (announcement: Announcement) => void;
};

/** What the rules of a list look at. */
const movesRules = /^(?:Sound|PlayStarted$|TrackCounted$|UserForgotten$)/;
/** An edit is many events: the list is taken anew when they pause for this long. */
const reloadAfterMs = 50;
/** Retained messages are told at most so often. */
const announceEveryMs = 500;
/** Music that quiet hours silence goes gently. */
const quietFadeMs = 5000;
/** How long a restarted server waits for a player that kept on playing. */
const playerReturnMs = 5000;

const isOfPlayer = (event: Recorded): event is Recorded<PlayerEvent> =>
  event.streamId.startsWith('player-');
const isOfPlaylist = (event: Recorded): event is Recorded<PlaylistEvent> =>
  event.streamId.startsWith('playlist-');

/** The process that makes sound, and the jukebox that it plays. */
export const player: Module<PlayerPorts> = {
  name: 'player',
  projections: [playersProjection],
  sideTables: playerSideTables,
  setup(kernel, { link, room, soundsDir, derived, announce, household, ...ports }) {
    const { storage, clock, logger } = kernel;
    const { jukebox, live, loudness, state, loadedList, entries, followsRules } = ports.jukebox;
    const sounds = createSoundQueries(storage, soundsDir);
    const keeper = createPlaceKeeper(storage, { clock, logger, room });
    let cause: { correlationId?: string; causationId?: string } = {};
    let output: OutputState | undefined;
    let heartbeat: Heartbeat | undefined;
    let seen = false;
    let stopping = false;

    const conductor = createConductor(kernel, {
      link,
      state,
      entries,
      file(soundId) {
        const sound = sounds.playable(soundId);
        if (!sound || sound.missing) return undefined;
        return { ...derived.boardFile(sound), gain_db: sound.gain_db };
      },
      placeIn: (trackId) => live.of(trackId)?.position_ms ?? keeper.placeIn(trackId),
      settings: () => ({
        crossfade_ms: household.get('crossfade_ms'),
        ducking: {
          depth_db: household.get('ducking_depth_db'),
          attack_ms: household.get('ducking_attack_ms'),
          release_ms: household.get('ducking_release_ms'),
        },
      }),
      loudness: loudness.of,
      missing: (trackId) =>
        void reports.failed(trackId, 'file_missing', 'The file is not there now.'),
    });
    const reports = createPlayerReports(kernel, {
      room,
      conductor,
      live,
      keeper,
      state,
      entries,
      duration: () => Math.round(jukebox.durationOf(state())),
      goesOn: () =>
        household.get('resume_after_power_cut') &&
        household.refusal('jukebox', { identity: null }) === undefined,
      cause: () => cause,
    });
    const summaries = createSummaries(storage, { clock, state, loadedList, jukebox });
    const sleep = createSleepTimer(clock, () => void reports.run({ type: 'SleepNow' }));

    let reloading: NodeJS.Timeout | undefined;
    const reloadSoon = () => {
      if (stopping) return;
      reloading ??= setTimeout(() => {
        reloading = undefined;
        const command = { actor: 'system', origin: 'system' } as const;
        jukebox
          .reloadPlaylist({ command }, false)
          .then(changed)
          .catch((error: unknown) => logger.error({ err: error }, 'the playlist was not reloaded'));
      }, reloadAfterMs);
    };

    let announcing: NodeJS.Timeout | undefined;
    const announceSoon = () => {
      announcing ??= setTimeout(() => {
        announcing = undefined;
        for (const announcement of playerAnnouncements(summaries)) announce(announcement);
      }, announceEveryMs).unref();
    };

    let telling = false;
    const tellScreens = () => {
      if (telling) return;
      telling = true;
      setImmediate(() => {
        telling = false;
        if (stopping) return;
        kernel.publish({ type: 'player_state', data: summaries.summary() });
      });
    };

    const isPlaying = () => state().status === 'playing';
    const quiet = createQuietMusic({
      household,
      isAlarm: loudness.isAlarm,
      isPlaying,
      pause: () => void reports.pause('quiet_hours'),
    });
    loudness.onStep(conductor.changed);
    household.onChanged(() => {
      if (stopping) return;
      quiet.look();
      loudness.capMoved(isPlaying());
      conductor.changed();
    });

    const changed = () => {
      if (stopping) return;
      if (!isPlaying()) loudness.ended();
      conductor.changed();
      tellScreens();
      announceSoon();
    };

    const notice = (event: Recorded<PlayerEvent>) => {
      if (event.type === 'TrackChosen') {
        cause = { correlationId: event.correlationId, causationId: event.eventId };
      }
      if (event.type === 'Seeked') {
        const { track_id, position_ms } = event.data;
        conductor.seekTo(track_id, position_ms);
        keeper.keepNow(track_id, position_ms);
      }
      if (event.type === 'PlaybackPaused') {
        const { track } = state();
        if (track) keeper.keepNow(track.track_id, event.data.position_ms);
        conductor.pauseWithin(event.data.reason === 'quiet_hours' ? quietFadeMs : 0);
      }
      if (event.type === 'PlaybackStopped') conductor.stopWithin(event.data.fade_ms);
    };

    kernel.bus.onCommitted((events) => {
      const ours = events.filter(isOfPlayer);
      ours.forEach(notice);
      if (ours.length > 0) {
        sleep.set(state().sleep?.ends_at ?? null);
        changed();
      }
      const edits = events.filter(isOfPlaylist);
      const moves = events.some(({ type }) => movesRules.test(type));
      const { playlist_id } = edits.length > 0 || moves ? state() : { playlist_id: null };
      if (playlist_id === null) return;
      const edited = edits.some(({ data }) => data.playlist_id === playlist_id);
      if (edited || (moves && followsRules(playlist_id))) reloadSoon();
    });

    let expecting: NodeJS.Timeout | undefined;
    link.listen({
      report(report) {
        if (report.type === 'hello') {
          ({ output } = report);
          seen = true;
          clearTimeout(expecting);
          const { version, vlc_version } = report;
          const facts = { version, vlc_version, output: report.output.kind };
          void reports.run({ type: 'ReportConnected', ...facts });
          void reports.met(report.music);
        }
        if (report.type === 'output') ({ output } = report);
        if (report.type === 'heartbeat') heartbeat = report;
        reports.hear(report);
      },
      lost(reason) {
        output = undefined;
        heartbeat = undefined;
        void reports.run({ type: 'ReportLost', reason });
        // A server that stops hangs up itself: what plays is where it was when it comes back.
        if (!stopping) reports.lost();
      },
    });

    const linkHealth = (): HealthPart => {
      if (link.connected) return { state: 'ok', detail: 'the player is connected' };
      return seen
        ? { state: 'degraded', detail: 'the player is gone; it is being restarted' }
        : { state: 'starting', detail: 'waiting for the player' };
    };
    const outputHealth = (): HealthPart => {
      if (!output) return { state: 'degraded', detail: 'no player has reported its output yet' };
      if (output.kind === 'none') {
        return { state: 'degraded', detail: output.detail || 'this machine has no sound device' };
      }
      return output.state === 'ok'
        ? { state: 'ok', detail: output.kind }
        : { state: 'degraded', detail: output.detail };
    };

    return {
      routes: [...playerRoutes(jukebox, summaries), ...queueRoutes(jukebox, summaries)],
      socketCommands: playerSocketCommands(jukebox),
      // Four a second while music plays: nothing for a page that nobody looks at.
      watches: [{ command: 'player_watch', type: 'player_position' }],
      topics: playerTopics(jukebox),
      standing: () => playerAnnouncements(summaries),
      health: () => ({ player: linkHealth(), sound_output: outputHealth() }),
      metrics: playerMetrics({ heartbeat: () => heartbeat, state }),
      async start() {
        if (state().playlist_id === null) {
          await reports.run({
            type: 'LoadPlaylist',
            playlist_id: mainPlaylistId,
            entries: entries(mainPlaylistId),
          });
        } else reloadSoon();
        sleep.set(state().sleep?.ends_at ?? null);
        quiet.start();
        expecting = setTimeout(reports.absent, playerReturnMs).unref();
        await link.start();
      },
      stop() {
        stopping = true;
        for (const timer of [reloading, announcing, expecting]) clearTimeout(timer);
        sleep.set(null);
        reports.stop();
        conductor.stop();
        loudness.ended();
        return link.stop();
      },
    };
  },
};
