/** A room to test the player in: a null sink, the server's end of the link, and the real player process. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import type { OutputState, PlayCommand, PlayerReport } from '../../../player/contract.ts';
import type { PlayerLink } from '../../../player/player-link.ts';
import { createPlayerSocket } from '../player-socket.ts';
import type { Clip } from './clips.ts';
import { startNullSink, type NullSink } from './null-sink.ts';

const waitTimeoutMs = 40_000;
const playerMain = fileURLToPath(new URL('../../../player-main.ts', import.meta.url));

export type TestPlayer = {
  process: ChildProcess;
  /** Its log, JSON lines. */
  log(): string;
  /** Ends it and waits for the end. */
  end(signal?: NodeJS.Signals): Promise<void>;
};

export type TestPlayerOptions = { dataDir: string; env?: NodeJS.ProcessEnv; nodeArgs?: string[] };

/** Starts the real player process with an environment of its own. */
export const startTestPlayer = ({
  dataDir,
  env = {},
  nodeArgs = [],
}: TestPlayerOptions): TestPlayer => {
  const child = spawn(process.execPath, [...nodeArgs, playerMain], {
    // A large buffer, for busy machines: these tests ask what is heard. The bench asks how soon, with the default.
    env: {
      PATH: process.env['PATH'],
      HOME: dataDir,
      DATA_DIR: dataDir,
      PLAYER_BUFFER_MS: '80',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data) => (log += String(data)));
  return {
    process: child,
    log: () => log,
    async end(signal = 'SIGTERM') {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.kill(signal);
      await exited;
    },
  };
};

export type Report<Type extends PlayerReport['type']> = Extract<PlayerReport, { type: Type }>;
export type PlayOptions = Partial<Omit<PlayCommand, 'type'>>;

export type Room = {
  dir: string;
  sink: NullSink;
  /** The server's end; replaced by `restartServer`. */
  link: PlayerLink;
  /** Every report since the start, oldest first. */
  reports: PlayerReport[];
  /** Reasons of `lost`. */
  losses: string[];
  player: TestPlayer;
  /** Sends a play command with sensible values; returns it. */
  play(clip: Pick<Clip, 'path' | 'demuxer'>, options?: PlayOptions): PlayCommand;
  stop(playId?: string | null, fadeMs?: number): void;
  /** The first report of a type that fits, from the past or the future. */
  report<Type extends PlayerReport['type']>(
    type: Type,
    fits?: (report: Report<Type>) => boolean,
  ): Promise<Report<Type>>;
  /** Every one of the plays is over, heard or failed. */
  over(playIds: readonly string[]): Promise<void>;
  until(condition: () => boolean, what: string): Promise<void>;
  restartServer(): Promise<void>;
  startPlayer(options?: Omit<TestPlayerOptions, 'dataDir'>): void;
  dispose(): Promise<void>;
};

export type RoomOptions = Omit<TestPlayerOptions, 'dataDir'>;

const monotonicMs = (): number => Number(process.hrtime.bigint()) / 1e6;

const until = async (condition: () => boolean, what: string): Promise<void> => {
  const deadline = performance.now() + waitTimeoutMs;
  while (!condition()) {
    if (performance.now() > deadline)
      throw new Error(`Waited ${waitTimeoutMs} ms in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};

/** The newest word about the output. */
export const outputOf = (reports: readonly PlayerReport[]): OutputState | undefined =>
  reports.findLast((report) => report.type === 'hello' || report.type === 'output')?.output;

export const hasOutput = (reports: readonly PlayerReport[]): boolean =>
  outputOf(reports)?.state === 'ok';

/** Resolves when the player has said hello and its output is open, if it has one. */
export const openRoom = async (options: RoomOptions = {}): Promise<Room> => {
  const dir = await mkdtemp(join(tmpdir(), 'encore-player-'));
  const sink = await startNullSink();
  const reports: PlayerReport[] = [];
  const losses: string[] = [];
  let ids = 0;

  const openLink = async (): Promise<PlayerLink> => {
    const link = createPlayerSocket({
      path: join(dir, 'player.sock'),
      log: pino({ level: 'silent' }),
    });
    link.listen({
      report: (report) => reports.push(report),
      lost: (reason) => losses.push(reason),
    });
    await link.start();
    return link;
  };
  const start = (more: RoomOptions = {}): TestPlayer =>
    startTestPlayer({
      dataDir: dir,
      ...options,
      ...more,
      env: { ...sink.env, ...options.env, ...more.env },
    });
  const isOver = (playId: string): boolean =>
    reports.some(
      ({ type, ...rest }) =>
        (type === 'voice_ended' || type === 'voice_failed') &&
        'play_id' in rest &&
        rest.play_id === playId,
    );

  const room: Room = {
    dir,
    sink,
    link: await openLink(),
    reports,
    losses,
    player: start(),
    until,
    play({ path, demuxer }, playOptions = {}) {
      const id = `play-${++ids}`;
      const command: PlayCommand = {
        type: 'play',
        command_id: `command-${id}`,
        play_id: id,
        path,
        demuxer,
        gain_db: 0,
        sound_id: path,
        policy: 'overlap',
        pressed_at_ms: monotonicMs(),
        fresh_ms: 3000,
        ...playOptions,
      };
      room.link.send(command);
      return command;
    },
    stop(playId = null, fadeMs = 0) {
      room.link.send({
        type: 'stop',
        command_id: `stop-${++ids}`,
        play_id: playId,
        fade_ms: fadeMs,
      });
    },
    async report(type, fits = () => true) {
      type Wanted = Report<typeof type>;
      const find = () =>
        reports.find((report): report is Wanted => report.type === type && fits(report as Wanted));
      await until(
        () => find() !== undefined,
        `a report ${type}; got ${JSON.stringify(reports.slice(-5))}`,
      );
      return find() as Wanted;
    },
    over: (playIds) =>
      until(
        () => playIds.every(isOver),
        `the end of ${playIds.filter((id) => !isOver(id)).join(', ')}`,
      ),
    async restartServer() {
      await room.link.stop();
      room.link = await openLink();
    },
    startPlayer(more) {
      room.player = start(more);
    },
    async dispose() {
      await room.player.end('SIGKILL');
      await room.link.stop();
      await sink.dispose();
      await rm(dir, { recursive: true, force: true });
    },
  };
  try {
    await until(() => room.link.connected, `the player; its log: ${room.player.log()}`);
    if (options.env?.['PLAYER_AUDIO_OUTPUT'] !== 'dummy')
      await until(() => hasOutput(reports), 'the sound output');
  } catch (error) {
    await room.dispose();
    throw error;
  }
  return room;
};
