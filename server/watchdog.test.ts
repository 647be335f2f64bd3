import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openNotifySocket, type NotifySocket } from './adapters/system/testing/notify-socket.ts';
import { compileCache, projectRoot } from './config.ts';

/** A check each second: the mixer's thread sleeps as long where nothing is to be heard. */
const watchdogMs = 4_000;

let dir: string;
let running: ChildProcess[];
let sockets: NotifySocket[];
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'encore-watchdog-'));
  [running, sockets] = [[], []];
});
afterEach(async () => {
  for (const child of running.filter((one) => one.exitCode === null && one.signalCode === null)) {
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }
  sockets.forEach((socket) => socket.close());
  rmSync(dir, { recursive: true, force: true });
});

/** A program as systemd would start it, with a watchdog. */
const start = (program: string, env: Record<string, string> = {}) => {
  const socket = openNotifySocket();
  sockets.push(socket);
  const child = spawn(process.execPath, [join(projectRoot, 'server', program)], {
    env: {
      ...compileCache,
      PATH: process.env['PATH'],
      HOST: '127.0.0.1',
      PORT: '0',
      MQTT_MODE: 'off',
      DATA_DIR: dir,
      SOUNDS_DIR: join(dir, 'sounds'),
      PLAYER_AUDIO_OUTPUT: 'dummy',
      INVOCATION_ID: 'a-test',
      NOTIFY_SOCKET: socket.path,
      WATCHDOG_USEC: String(watchdogMs * 1000),
      ...env,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  running.push(child);
  return { child, socket };
};

it('server and player tell systemd that they are ready, alive and stopping', async () => {
  const server = start('main.ts');
  const player = start('player-main.ts');
  await player.socket.next(/^READY=1$/);
  await server.socket.next(/^STATUS=Reading the event log$/);
  await server.socket.next(/^READY=1$/);
  expect(await server.socket.next(/^STATUS=Ready/)).toMatch(/^STATUS=Ready on port \d+$/);
  for (const { socket } of [server, player]) await socket.next(/^WATCHDOG=1$/);
  for (const { socket, child } of [server, player]) {
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    await socket.next(/^STOPPING=1$/);
    expect(await exited).toEqual([0, null]);
    expect(socket.received().slice(-2)).toEqual(['STOPPING=1', 'STATUS=Stopping']);
  }
}, 60_000);

it('a player whose mixer hangs in the sound card feeds the watchdog no more, until it goes on', async () => {
  const fifo = join(dir, 'card');
  const alsa = join(dir, 'asound.conf');
  await execa('mkfifo', [fifo]);
  // A card that takes what comes at once, as long as somebody empties the pipe behind it.
  writeFileSync(
    alsa,
    `pcm.card { type file slave.pcm "null" file "${fifo}" format "raw" }\npcm.null { type null }\n`,
  );
  const listener = spawn('cat', [fifo], { stdio: ['ignore', 'ignore', 'inherit'] });
  running.push(listener);
  const { socket } = start('player-main.ts', {
    ALSA_CONFIG_PATH: alsa,
    PLAYER_AUDIO_OUTPUT: 'alsa',
    PLAYER_AUDIO_DEVICE: 'card',
  });
  await socket.next(/^STATUS=Sound goes to alsa$/);
  await socket.next(/^WATCHDOG=1$/);
  listener.kill('SIGSTOP');
  await socket.next(/^STATUS=The self-check fails: the mixer stands still$/);
  const fed = socket.received().length;
  await socket.next(/^STATUS=The self-check fails/);
  await socket.next(/^STATUS=The self-check fails/);
  expect(socket.received().slice(fed)).not.toContain('WATCHDOG=1');
  listener.kill('SIGCONT');
  await socket.next(/^WATCHDOG=1$/);
}, 60_000);
