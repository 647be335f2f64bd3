/** The player process, put together: mixer, libvlc, voices, player and the connection to the server. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { OutputState, PlayerReport } from '../../player/contract.ts';
import { buildMixer } from './build-mixer.mjs';
import { faultOf } from './file-fault.ts';
import { openLibvlc } from './libvlc.ts';
import { openMixer, type OutputChoice } from './mixer.ts';
import { createDeckPool } from './deck-pool.ts';
import { createMusic } from './music.ts';
import { createPlayer, playerLimits } from './player.ts';
import { createServerConnection } from './server-connection.ts';
import { createVoicePool } from './voice-pool.ts';
import { warmUp } from './warm-up.ts';

export const processLimits = {
  heartbeatMs: 1000,
  voicesMs: 250,
  /** Without a server for this long the player ends, unless systemd keeps it. */
  closedMsMax: 2000,
  /** At the start the server may still be migrating or rebuilding. */
  firstConnectionMsMax: 30_000,
  /** What still sounds at the end of the process fades out. */
  goodbyeFadeMs: 50,
} as const;

export type PlayerConfig = {
  readonly socketPath: string;
  readonly output: OutputChoice;
  readonly device: string;
  readonly bufferMs: number;
  /** systemd restarts the server and keeps the player: it waits for as long as it takes. */
  readonly underSystemd: boolean;
};

export type PlayerProcess = {
  start(): void;
  /** A sentence when the mixer's thread has not gone round since the last look; for a watchdog. */
  selfCheck(): string | undefined;
  /** What is heard where, for a person. */
  outputWords(): string;
  stop(): Promise<void>;
};

export type PlayerProcessParts = {
  config: PlayerConfig;
  version: string;
  log: Logger;
  /** The server is gone for good; the process should end. */
  abandoned(): void;
};

/** What the mixer says until it has tried; not worth a line in the log. */
const unopened: OutputState = { kind: 'none', state: 'lost', detail: 'not opened yet' };

const monotonicMs = (): number => Number(process.hrtime.bigint()) / 1e6;

/** Throws one clear sentence if the mixer cannot be built or libvlc not be loaded. */
export const createPlayerProcess = ({
  config,
  version,
  log,
  abandoned,
}: PlayerProcessParts): PlayerProcess => {
  const { path: binaryPath } = buildMixer();
  const mixer = openMixer({
    binaryPath,
    output: config.output,
    device: config.device,
    bufferMs: config.bufferMs,
  });
  const libvlc = openLibvlc();
  const report = (line: PlayerReport): void => connection.send(line);
  const voices = createVoicePool({ mixer, libvlc, log });
  const { music: musicMixer, callbacks } = mixer;
  const decks = createDeckPool({ music: musicMixer, callbacks, libvlc, log });
  const music = createMusic({
    mixer: musicMixer,
    decks,
    report,
    faultOf,
    nowMs: monotonicMs,
    log,
  });
  const player = createPlayer({
    voices,
    report,
    music: music.execute,
    faultOf,
    nowMs: monotonicMs,
    log,
  });
  let output = unopened;
  let { bufferMs } = config;

  const hello = (): PlayerReport => ({
    type: 'hello',
    pid: process.pid,
    version,
    vlc_version: libvlc.version,
    voices_max: playerLimits.voicesMax,
    output: mixer.status().output,
    voices: player.positions(),
    queued: player.queued(),
    music: music.state(),
  });
  const connection = createServerConnection({
    path: config.socketPath,
    hello,
    execute: player.execute,
    log,
  });

  const noticeOutput = (): void => {
    const now = mixer.status().output;
    if (now.kind === output.kind && now.state === output.state && now.detail === output.detail)
      return;
    output = now;
    if (now.state === 'ok') log.info({ output: now }, 'sound output ready');
    else log.error({ output: now }, 'no sound output; trying again each 500 ms');
    report({ type: 'output', output: now });
  };

  const noticeBuffer = (nowMs: number, underruns: number): void => {
    if (nowMs > bufferMs)
      log.warn(
        { bufferMs: nowMs, underruns },
        'the machine is too busy for the sound buffer: it is larger now',
      );
    if (nowMs < bufferMs) log.info({ bufferMs: nowMs }, 'the sound buffer is smaller again');
    bufferMs = nowMs;
  };

  const checkServer = (): void => {
    if (config.underSystemd) return;
    const { closedMsMax, firstConnectionMsMax } = processLimits;
    const patienceMs = connection.everConnected() ? closedMsMax : firstConnectionMsMax;
    if (connection.closedForMs() > patienceMs) abandoned();
  };

  const heartbeat = (): void => {
    const { underruns, outputLatencyMs, bufferMs } = mixer.status();
    noticeBuffer(bufferMs, underruns);
    const voiceCount = player.positions().length;
    report({
      type: 'heartbeat',
      underruns,
      voices: voiceCount,
      output_latency_ms: outputLatencyMs,
      buffer_ms: bufferMs,
    });
    player.watch();
    checkServer();
  };

  const reportPositions = (): void => {
    const positions = player.positions();
    if (positions.length > 0) report({ type: 'voices', voices: positions });
    decks.pace(monotonicMs());
    music.tick();
  };

  const notePriority = (): void => {
    if (mixer.isRealTime()) return;
    log.warn('the mixer may not have real-time priority: a busy machine can be heard');
  };

  let lastHeartbeat = mixer.heartbeat();
  const selfCheck = (): string | undefined => {
    const now = mixer.heartbeat();
    const stands = now === lastHeartbeat;
    lastHeartbeat = now;
    return stands ? 'the mixer stands still' : undefined;
  };

  const timers: NodeJS.Timeout[] = [];
  let stopped = false;

  const connectWarm = async (): Promise<void> => {
    await warmUp(voices, log);
    if (!stopped) connection.start();
  };

  return {
    selfCheck,
    outputWords: () => {
      const { kind, state, detail } = mixer.status().output;
      return state === 'ok' ? `Sound goes to ${kind}` : `No sound output: ${detail}`;
    },
    start() {
      mixer.listen(noticeOutput);
      mixer.listen(decks.takeEvents);
      noticeOutput();
      void connectWarm();
      timers.push(setTimeout(notePriority, processLimits.heartbeatMs));
      timers.push(setInterval(heartbeat, processLimits.heartbeatMs));
      timers.push(setInterval(reportPositions, processLimits.voicesMs));
    },
    async stop() {
      stopped = true;
      timers.forEach((timer) => clearInterval(timer));
      const sounding = player.positions().length > 0 || music.state().track !== null;
      player.execute({
        type: 'stop',
        command_id: 'goodbye',
        play_id: null,
        fade_ms: processLimits.goodbyeFadeMs,
      });
      player.execute({
        type: 'track_stop',
        command_id: 'goodbye-music',
        fade_ms: processLimits.goodbyeFadeMs,
      });
      if (sounding) await sleep(processLimits.goodbyeFadeMs + config.bufferMs * 2);
      connection.stop();
      mixer.close();
    },
  };
};
