/** What the player process does with music: which track plays, which follows, and what the server is told. */
import type { Logger } from 'pino';
import type {
  Ducking,
  MusicCommand,
  MusicState,
  MusicTrack,
  PlayerReport,
  TrackNextCommand,
  TrackPlayCommand,
  TrackPosition,
  TrackRefusalCode,
  TrackSeekCommand,
} from '../../player/contract.ts';
import { duckingDefault } from '../../player/contract.ts';
import { unreachable } from '../../kernel/decider.ts';
import type { Deck, DeckPool } from './deck-pool.ts';
import type { FileFault } from './file-fault.ts';
import type { DeckOutcome, MusicMixer } from './music-mixer.ts';
import { createTrack, type Track } from './track.ts';

export type MusicParts = {
  mixer: Pick<
    MusicMixer,
    | 'start'
    | 'seek'
    | 'next'
    | 'withdraw'
    | 'end'
    | 'giveUp'
    | 'pause'
    | 'resume'
    | 'stop'
    | 'setVolume'
    | 'setDucking'
  >;
  decks: DeckPool;
  report(report: PlayerReport): void;
  faultOf(path: string): Promise<FileFault>;
  /** CLOCK_MONOTONIC, as in the protocol. */
  nowMs(): number;
  log: Logger;
};

export type Music = {
  execute(command: MusicCommand): void;
  state(): MusicState;
  /** Reports the position if it moved; about four times a second. */
  tick(): void;
};

/** Volume 0–100 as the ear takes it → gain; documented at `musicVolumeCommand`. */
const gainOf = (volume: number): number => (volume / 100) ** 3;

export const createMusic = (parts: MusicParts): Music => {
  const { mixer, decks, report, nowMs, log } = parts;
  /** Plays, or is paused, or fades out by `track_stop`. */
  let now: Track | null = null;
  /** Of `track_play`: takes over as soon as there is sound. */
  let coming: Track | null = null;
  let next: { track: Track; after: Track } | null = null;
  let paused = false;
  let volume = 100;
  let ducking: Ducking = duckingDefault;
  let reportedPositionMs = -1;

  const positionOf = (track: Track): TrackPosition => ({
    track_id: track.track.track_id,
    sound_id: track.track.sound_id,
    position_ms: track.positionMs(),
    duration_ms: track.durationMs(),
    heard_ms: track.heardMs(),
    paused,
    at_ms: nowMs(),
  });

  const reportPosition = (): void => {
    if (now === null) return;
    const position = positionOf(now);
    reportedPositionMs = position.position_ms;
    report({ type: 'track_position', ...position });
  };

  const refuse = (
    command_id: string,
    track_id: string,
    code: TrackRefusalCode,
    message: string,
  ): void => {
    log.warn({ command_id, track_id, code }, message);
    report({ type: 'track_refused', command_id, track_id, code, message });
  };

  const fail = async (one: Track): Promise<void> => {
    const { track_id, path } = one.track;
    const heard_ms = one.heardMs();
    const fault = one.stalled
      ? { code: 'timeout' as const, message: `No sound any more, ${Math.round(heard_ms)} ms in` }
      : await parts.faultOf(path);
    log.warn({ track_id, path, code: fault.code }, fault.message);
    report({ type: 'track_failed', track_id, command_id: one.commandId, heard_ms, ...fault });
  };

  const reportEnded = (one: Track, reason: 'finished' | 'stopped' | 'replaced'): void => {
    const { track_id } = one.track;
    const heard_ms = one.heardMs();
    log.info({ track_id, reason, heard_ms: Math.round(heard_ms) }, 'track ended');
    report({ type: 'track_ended', track_id, reason, heard_ms, position_ms: one.endPositionMs() });
  };

  const tellEnd = (one: Track, outcome: DeckOutcome): void => {
    const { track_id } = one.track;
    switch (outcome) {
      case 'ended':
        if (one.foundNothing()) void fail(one);
        else reportEnded(one, 'finished');
        break;
      case 'failed':
        void fail(one);
        break;
      case 'cut':
        reportEnded(one, 'replaced');
        break;
      case 'stopped':
        if (one.began) reportEnded(one, 'stopped');
        break;
      case 'refused':
        // Unless it was taken back: then nobody waits for it.
        if (next?.track === one)
          refuse(one.commandId, track_id, 'too_late', 'The track before it is over');
        break;
      default:
        unreachable(outcome);
    }
  };

  const over = (one: Track, deck: Deck, outcome: DeckOutcome): void => {
    const end = one.deckOver(deck, outcome);
    if (end === null) return openWaiting();
    tellEnd(one, end);
    if (now === one) now = null;
    if (coming === one) coming = null;
    if (next?.track === one) next = null;
    if (next?.after === one && next.track.deck === null) startLate(next.track);
    openWaiting();
  };

  /** It found no free deck before its turn: better late than never. */
  const startLate = (one: Track): void => {
    next = null;
    coming = one;
  };

  const took = (one: Track, deck: Deck): void => {
    one.deckTook(deck);
    if (one !== now) begin(one);
    reportPosition();
    seekIfWanted(one);
  };

  const begin = (one: Track): void => {
    if (one.withdrawnBy !== null)
      refuse(one.withdrawnBy, one.track.track_id, 'too_late', 'It has begun already');
    if (coming === one) coming = null;
    if (next?.track === one) next = null;
    now = one;
    one.began = true;
  };

  const started = (one: Track, atMs: number, latencyMs: number): void => {
    if (one.started) return;
    one.started = true;
    const { track_id, path } = one.track;
    const latency_ms = one.pressedAtMs === null ? latencyMs : atMs + latencyMs - one.pressedAtMs;
    log.info({ track_id, path, latency_ms: Math.round(latency_ms * 10) / 10 }, 'track started');
    const position_ms = one.startMs;
    const command_id = one.commandId;
    report({ type: 'track_started', track_id, command_id, at_ms: atMs, latency_ms, position_ms });
  };

  const stalled = (one: Track, deck: Deck, nearEnd: boolean): void => {
    if (nearEnd && now === one) return mixer.end(deck.slot);
    if (deck === one.deck) one.stalled = true;
    mixer.giveUp(deck.slot);
  };

  const openDeck = (one: Track, startMs: number): Deck | null => {
    const { path, demuxer, gain_db } = one.track;
    const deck = decks.open({ path, demuxer, startMs }, gain_db, {
      took: () => took(one, opened()),
      started: (atMs, latencyMs) => started(one, atMs, latencyMs),
      over(outcome, handedMs, leftMs) {
        one.deckHanded(opened(), handedMs, leftMs);
        over(one, opened(), outcome);
      },
      stalled: (nearEnd) => stalled(one, opened(), nearEnd),
    });
    const opened = (): Deck => {
      if (deck === null) throw new Error('A deck that was not opened has no events');
      return deck;
    };
    return deck;
  };

  const seekIfWanted = (one: Track): void => {
    const deck = one.deck;
    if (one.wantedMs === null || one.seeking || deck === null || now !== one) return;
    const durationMs = one.durationMs();
    if (durationMs > 0 && one.wantedMs >= durationMs) {
      one.wantedMs = null;
      return mixer.end(deck.slot);
    }
    const opened = openDeck(one, one.wantedMs);
    if (opened === null) return;
    one.wantedMs = null;
    one.seekWith(opened);
    mixer.seek(opened.slot, deck.slot);
  };

  const openComing = (): void => {
    if (coming === null || coming.deck !== null) return;
    const deck = openDeck(coming, coming.startMs);
    if (deck === null) return;
    coming.playWith(deck);
    mixer.start(deck.slot, coming.track.crossfade_ms, paused);
  };

  const openNext = (): void => {
    const after = next?.after.newestDeck() ?? null;
    if (next === null || next.track.deck !== null || after === null) return;
    const deck = openDeck(next.track, 0);
    if (deck === null) return;
    next.track.playWith(deck);
    mixer.next(deck.slot, after.slot, next.track.track.crossfade_ms);
  };

  /** What found every deck taken, most urgent first. */
  const openWaiting = (): void => {
    openComing();
    if (now !== null) seekIfWanted(now);
    openNext();
  };
  decks.onFree(openWaiting);

  const newTrack = (
    track: MusicTrack,
    commandId: string,
    startMs: number,
    pressedAtMs: number | null,
  ) => createTrack({ track, commandId, startMs, pressedAtMs });

  const withdrawNext = (commandId: string | null): void => {
    if (next === null) return;
    const { track } = next;
    next = null;
    track.withdrawnBy = commandId;
    if (track.deck !== null) mixer.withdraw(track.deck.slot);
  };

  const play = (command: TrackPlayCommand): void => {
    const { command_id, position_ms, pressed_at_ms, fresh_ms, track_id } = command;
    const arrivedMs = nowMs();
    const ageMs = arrivedMs - (pressed_at_ms ?? arrivedMs);
    if (fresh_ms !== undefined && ageMs > fresh_ms)
      return refuse(command_id, track_id, 'stale', `The press was ${Math.round(ageMs)} ms ago`);
    withdrawNext(null);
    // One that has a deck is told about when the mixer has let go of it.
    if (coming !== null && coming.deck === null) reportEnded(coming, 'replaced');
    coming = newTrack(command, command_id, position_ms, pressed_at_ms ?? arrivedMs);
    coming.began = true;
    paused = command.paused;
    openWaiting();
  };

  const follow = ({ command_id, after: afterId, track }: TrackNextCommand): void => {
    const after = [coming, now].find((one) => one?.track.track_id === afterId) ?? null;
    if (after === null || (coming !== null && after !== coming))
      return refuse(command_id, track?.track_id ?? afterId, 'too_late', `${afterId} does not play`);
    withdrawNext(track === null ? command_id : null);
    if (track !== null) next = { track: newTrack(track, command_id, 0, null), after };
    openWaiting();
  };

  const seek = ({ command_id, track_id, position_ms }: TrackSeekCommand): void => {
    const one = [coming, now].find((known) => known?.track.track_id === track_id) ?? null;
    if (one === null) return refuse(command_id, track_id, 'too_late', `${track_id} does not play`);
    one.wantedMs = position_ms;
    seekIfWanted(one);
  };

  const setPaused = (value: boolean, fadeMs: number): void => {
    paused = value;
    if (value) mixer.pause(fadeMs);
    else mixer.resume(fadeMs);
    reportPosition();
  };

  const stop = (fadeMs: number): void => {
    if (coming !== null && coming.deck === null) {
      reportEnded(coming, 'stopped');
      coming = null;
    }
    mixer.stop(fadeMs);
  };

  return {
    execute(command) {
      switch (command.type) {
        case 'track_play':
          return play(command);
        case 'track_next':
          return follow(command);
        case 'track_seek':
          return seek(command);
        case 'track_pause':
          return setPaused(true, command.fade_ms);
        case 'track_resume':
          return setPaused(false, command.fade_ms);
        case 'track_stop':
          return stop(command.fade_ms);
        case 'music_volume':
          ({ volume } = command);
          return mixer.setVolume(gainOf(volume));
        case 'ducking': {
          const { depth_db, attack_ms, release_ms } = command;
          ducking = { depth_db, attack_ms, release_ms };
          return mixer.setDucking(ducking);
        }
        default:
          return unreachable(command);
      }
    },
    state() {
      const playing = coming ?? now;
      return {
        track: playing === null ? null : positionOf(playing),
        next_track_id: next?.track.track.track_id ?? null,
        volume,
        ducking,
      };
    },
    tick() {
      if (now !== null && now.positionMs() !== reportedPositionMs) reportPosition();
    },
  };
};
