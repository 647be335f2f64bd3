/**
 * A room without a loudspeaker: a private PulseAudio with one null sink, whose monitor is recorded.
 * What a recording has is what somebody in the room would have heard.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Recording, recordingRate } from './recording.ts';

const serverStartTimeoutMs = 10_000;

export type NullSink = {
  /** What a client needs in its environment to play here, and nowhere else. */
  env: { PULSE_SERVER: string };
  /** Resolves when the recording runs. */
  record(): Promise<Recorder>;
  /** kill -9, as a crash would. */
  kill(): Promise<void>;
  /** The server does nothing for so long, as on a machine with too much to do. */
  stall(ms: number): Promise<void>;
  /** Starts the server again after `kill`. */
  start(): Promise<void>;
  dispose(): Promise<void>;
};

export type Recorder = {
  /** Everything heard so far. */
  heard(): Recording;
  /** Ends the recording; its pieces' arrivals are on the clock of `performance.now()`. */
  stop(): Promise<Recording>;
};

const answers = (path: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => (socket.destroy(), resolve(true)));
    socket.once('error', () => resolve(false));
  });

const endOf = async (child: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
};

const startServer = async (dir: string, socketPath: string): Promise<ChildProcess> => {
  await rm(socketPath, { force: true });
  const args = [
    '-n',
    '--daemonize=no',
    '--exit-idle-time=-1',
    '--use-pid-file=no',
    '--disable-shm=yes',
  ];
  const modules = [
    // Without `norewinds` it renders up to 2 s ahead while nobody plays, and a first sound comes after that.
    `module-null-sink sink_name=room norewinds=1 rate=${recordingRate} channels=2 format=s16le`,
    `module-native-protocol-unix auth-anonymous=1 socket=${socketPath}`,
  ];
  const child = spawn('pulseaudio', [...args, ...modules.flatMap((module) => ['-L', module])], {
    // A home of its own: no configuration, cookie or running server of this machine is touched.
    env: {
      PATH: process.env['PATH'],
      HOME: dir,
      XDG_RUNTIME_DIR: dir,
      PULSE_RUNTIME_PATH: dir,
      LC_ALL: 'C',
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (data) => (stderr += String(data)));
  const deadline = performance.now() + serverStartTimeoutMs;
  while (!(await answers(socketPath))) {
    if (child.exitCode !== null || performance.now() > deadline) {
      await endOf(child, 'SIGKILL');
      throw new Error(`The private PulseAudio did not start: ${stderr}`);
    }
    await sleep(20);
  }
  // On a busy machine the server's main thread would stall for longer than any buffer, and tests
  // would hear the machine instead of the player. Where that is not allowed, they are less robust.
  spawnSync('chrt', ['--rr', '--pid', '5', String(child.pid)]);
  return child;
};

const startRecorder = async (env: NullSink['env']): Promise<Recorder> => {
  const child = spawn(
    'parec',
    [
      '--device=room.monitor',
      '--format=s16le',
      `--rate=${recordingRate}`,
      '--channels=2',
      '--latency-msec=10',
      '--raw',
    ],
    { env: { PATH: process.env['PATH'], ...env }, stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const recording = new Recording();
  child.stdout.on('data', (data: Buffer) => recording.append(data, performance.now()));
  await once(child.stdout, 'data');
  return {
    heard: () => recording,
    async stop() {
      await endOf(child, 'SIGTERM');
      return recording;
    },
  };
};

export const startNullSink = async (): Promise<NullSink> => {
  const dir = await mkdtemp(join(tmpdir(), 'encore-room-'));
  const socketPath = join(dir, 'native');
  const env = { PULSE_SERVER: `unix:${socketPath}` };
  let server = await startServer(dir, socketPath);
  const recorders = new Set<Recorder>();
  return {
    env,
    async record() {
      const recorder = await startRecorder(env);
      recorders.add(recorder);
      return recorder;
    },
    kill: () => endOf(server, 'SIGKILL'),
    async stall(ms) {
      server.kill('SIGSTOP');
      await sleep(ms);
      server.kill('SIGCONT');
    },
    async start() {
      server = await startServer(dir, socketPath);
    },
    async dispose() {
      for (const recorder of recorders) await recorder.stop();
      await endOf(server, 'SIGKILL');
      await rm(dir, { recursive: true, force: true });
    },
  };
};
