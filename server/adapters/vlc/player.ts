/** What the player process does with commands: policies, limits, idempotency; the sound itself is the voices'. */
import type { Logger } from 'pino';
import type {
  MusicCommand,
  PlayCommand,
  PlayerCommand,
  PlayerReport,
  StopCommand,
  VoiceFailureCode,
  VoicePosition,
} from '../../player/contract.ts';
import type { FileFault } from './file-fault.ts';
import type { Voice, VoiceOutcome, VoicePool } from './voice-pool.ts';

export const playerLimits = {
  voicesMax: 32,
  /** Plays that wait for their own sound to end (policy `queue`), all sounds together. */
  queuedMax: 256,
  /** Command ids remembered, so that a repeat is recognised. */
  commandIdsMax: 4096,
  /** A voice that hands over no frame for this long is given up. */
  stalledMsMax: 5000,
} as const;

/** A sound that makes room for another goes quickly, but without a click. */
const makeRoomFadeMs = 60;
/** How much may be missing from a stalled voice for it to count as finished. */
const endToleranceMs = 500;

type EndReason = Extract<PlayerReport, { type: 'voice_ended' }>['reason'];

type Play = {
  command: PlayCommand;
  voice: Voice;
  /** Why it will be over; a play that was asked to stop takes no more part in policies. */
  endReason: EndReason;
  stopping: boolean;
  lastHeardMs: number;
  lastProgressAtMs: number;
};

export type PlayerParts = {
  voices: VoicePool;
  report(report: PlayerReport): void;
  music(command: MusicCommand): void;
  faultOf(path: string): Promise<FileFault>;
  /** CLOCK_MONOTONIC, as in the protocol. */
  nowMs(): number;
  log: Logger;
};

export type Player = {
  execute(command: PlayerCommand): void;
  positions(): VoicePosition[];
  /** Play ids that wait for their turn. */
  queued(): string[];
  /** Gives up voices that stand still; to be called about once a second. */
  watch(): void;
};

export const createPlayer = ({
  voices,
  report,
  music,
  faultOf,
  nowMs,
  log,
}: PlayerParts): Player => {
  const plays = new Map<string, Play>();
  const queued: PlayCommand[] = [];
  const commandIds = new Set<string>();
  let voicesReportDue = false;

  const positions = (): VoicePosition[] =>
    [...plays.values()].map(({ command, voice }) => ({
      play_id: command.play_id,
      sound_id: command.sound_id,
      position_ms: Math.round(voice.heardMs()),
      duration_ms: voice.durationMs(),
    }));

  /** Once for however many voices came and went in this turn of the event loop. */
  const reportVoicesSoon = (): void => {
    if (voicesReportDue) return;
    voicesReportDue = true;
    setImmediate(() => {
      voicesReportDue = false;
      report({ type: 'voices', voices: positions() });
    });
  };

  const fail = (command: PlayCommand, code: VoiceFailureCode, message: string): void => {
    const { command_id, play_id, path } = command;
    log.warn({ command_id, play_id, path, code }, message);
    report({ type: 'voice_failed', command_id, play_id, code, message });
  };

  const failForFile = async (command: PlayCommand): Promise<void> => {
    const { code, message } = await faultOf(command.path);
    fail(command, code, message);
  };

  const reportEnded = (playId: string, reason: EndReason, heardMs: number): void => {
    log.info({ play_id: playId, reason, heard_ms: Math.round(heardMs) }, 'voice ended');
    report({ type: 'voice_ended', play_id: playId, reason, heard_ms: heardMs });
  };

  const sounding = (): Play[] => [...plays.values()].filter(({ stopping }) => !stopping);
  const soundingOf = (soundId: string): Play[] =>
    sounding().filter(({ command }) => command.sound_id === soundId);

  const stopPlay = (play: Play, reason: EndReason, fadeMs: number): void => {
    if (!play.stopping) play.endReason = reason;
    play.stopping = true;
    play.voice.stop(fadeMs);
  };

  const isStale = (command: PlayCommand): boolean =>
    nowMs() - command.pressed_at_ms > command.fresh_ms;
  const failStale = (command: PlayCommand): void =>
    fail(command, 'stale', `The press was ${Math.round(nowMs() - command.pressed_at_ms)} ms ago`);

  const startNextOf = (soundId: string): void => {
    while (soundingOf(soundId).length === 0) {
      const at = queued.findIndex((command) => command.sound_id === soundId);
      const [next] = at < 0 ? [] : queued.splice(at, 1);
      if (next === undefined) return;
      if (isStale(next)) failStale(next);
      else start(next);
    }
  };

  const over = (play: Play, outcome: VoiceOutcome, heardMs: number): void => {
    const { play_id, sound_id } = play.command;
    // The watchdog may have reported this one already.
    if (plays.get(play_id) !== play) return;
    plays.delete(play_id);
    if (outcome === 'failed' && !play.stopping) void failForFile(play.command);
    else reportEnded(play_id, play.endReason, heardMs);
    reportVoicesSoon();
    startNextOf(sound_id);
  };

  const makeRoom = (): void => {
    const open = sounding();
    const [oldest] = open;
    if (open.length >= playerLimits.voicesMax && oldest !== undefined)
      stopPlay(oldest, 'voice_limit', makeRoomFadeMs);
  };

  const start = (command: PlayCommand): void => {
    makeRoom();
    const { command_id, play_id, pressed_at_ms } = command;
    const voice = voices.start(command, command.gain_db, {
      started(atMs, latencyMs) {
        const latency = atMs + latencyMs - pressed_at_ms;
        log.info(
          { play_id, path: command.path, latency_ms: Math.round(latency * 10) / 10 },
          'voice started',
        );
        report({ type: 'voice_started', command_id, play_id, at_ms: atMs, latency_ms: latency });
      },
      over: (outcome, heardMs) => over(play, outcome, heardMs),
    });
    if (voice === null) {
      fail(command, 'player_busy', 'Every voice is taken');
      return;
    }
    const play: Play = {
      command,
      voice,
      endReason: 'finished',
      stopping: false,
      lastHeardMs: 0,
      lastProgressAtMs: nowMs(),
    };
    plays.set(play_id, play);
    reportVoicesSoon();
  };

  const enqueue = (command: PlayCommand): void => {
    if (queued.length < playerLimits.queuedMax) queued.push(command);
    else fail(command, 'player_busy', 'Too many plays wait already');
  };

  const play = (command: PlayCommand): void => {
    if (isStale(command)) return failStale(command);
    const same = soundingOf(command.sound_id);
    if (same.length > 0 && command.policy === 'ignore')
      return fail(command, 'ignored', 'The same sound still sounds');
    const waiting = queued.some(({ sound_id }) => sound_id === command.sound_id);
    if ((same.length > 0 || waiting) && command.policy === 'queue') return enqueue(command);
    if (command.policy === 'restart')
      for (const one of same) stopPlay(one, 'restarted', makeRoomFadeMs);
    start(command);
  };

  const stop = ({ play_id: playId, fade_ms: fadeMs }: StopCommand): void => {
    const meant = (id: string): boolean => playId === null || playId === id;
    // The queue first: otherwise the end of a voice would start what is to be stopped.
    for (const command of queued.filter(({ play_id }) => meant(play_id))) {
      queued.splice(queued.indexOf(command), 1);
      reportEnded(command.play_id, 'stopped', 0);
    }
    for (const one of plays.values())
      if (meant(one.command.play_id)) stopPlay(one, 'stopped', fadeMs);
  };

  const isRepeat = (commandId: string): boolean => {
    if (commandIds.has(commandId)) return true;
    commandIds.add(commandId);
    const [oldest] = commandIds;
    if (commandIds.size > playerLimits.commandIdsMax && oldest !== undefined)
      commandIds.delete(oldest);
    return false;
  };

  const giveUp = (play: Play, heardMs: number): void => {
    const { play_id } = play.command;
    const durationMs = play.voice.durationMs();
    plays.delete(play_id);
    play.voice.stop(0);
    // A clip can be shorter than what may be missing: of silence nothing was whole.
    const wasWhole = heardMs > 0 && durationMs > 0 && heardMs >= durationMs - endToleranceMs;
    if (play.stopping || wasWhole) reportEnded(play_id, play.endReason, heardMs);
    else
      fail(
        play.command,
        'timeout',
        `No sound for ${playerLimits.stalledMsMax} ms, ${Math.round(heardMs)} ms in`,
      );
    reportVoicesSoon();
    startNextOf(play.command.sound_id);
  };

  return {
    positions,
    queued: () => queued.map(({ play_id }) => play_id),
    execute(command) {
      if (isRepeat(command.command_id))
        log.debug({ command_id: command.command_id }, 'repeated command ignored');
      else if (command.type === 'play') play(command);
      else if (command.type === 'stop') stop(command);
      else music(command);
    },
    watch() {
      const now = nowMs();
      for (const one of plays.values()) {
        const heardMs = one.voice.heardMs();
        if (heardMs !== one.lastHeardMs) {
          one.lastHeardMs = heardMs;
          one.lastProgressAtMs = now;
        } else if (now - one.lastProgressAtMs > playerLimits.stalledMsMax) giveUp(one, heardMs);
      }
    },
  };
};
