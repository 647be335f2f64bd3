/** What goes wrong in real life, done to the real player process. */
import { copyFile, mkdir, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { buildMixer } from './build-mixer.mjs';
import { type Clip, makeTone } from './testing/clips.ts';
import {
  hasOutput,
  openRoom,
  outputOf,
  type Room,
  type RoomOptions,
} from './testing/player-room.ts';

// Real parts on a machine that may be busy with something else.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 30_000 });

let room: Room;
const open = async (options?: RoomOptions): Promise<void> => {
  room = await openRoom(options);
};
const tone = (lengthMs: number, frequencyHz = 1000): Promise<Clip> =>
  makeTone(room.dir, { frequencyHz, lengthMs });
const failureOf = (playId: string) =>
  room.report('voice_failed', ({ play_id }) => play_id === playId);
const startOf = (playId: string) =>
  room.report('voice_started', ({ play_id }) => play_id === playId);
const endOf = (playId: string) => room.report('voice_ended', ({ play_id }) => play_id === playId);

beforeAll(() => void buildMixer());
afterEach(() => room.dispose());

describe('a file that cannot be played', () => {
  beforeEach(() => open());

  it('fails with the reason, and the next one plays', async () => {
    const at = (name: string): string => join(room.dir, name);
    await writeFile(at('empty.wav'), '');
    await writeFile(at('text.mp3'), 'Dear reader, this is no music at all.\n'.repeat(100));
    await writeFile(at('noise.wav'), Buffer.alloc(20_000, 0x5a));
    await writeFile(at('list.mp3'), '#EXTM3U\nhttp://127.0.0.1:9/never\n');
    await mkdir(at('folder.wav'));
    const good = await tone(200);

    const expected = [
      { path: at('nowhere.wav'), demuxer: 'wav', code: 'file_missing' },
      { path: at('empty.wav'), demuxer: 'wav', code: 'file_corrupt' },
      { path: at('text.mp3'), demuxer: 'mp3', code: 'file_corrupt' },
      { path: at('text.mp3'), demuxer: 'avformat', code: 'file_corrupt' },
      { path: at('noise.wav'), demuxer: 'wav', code: 'file_corrupt' },
      { path: at('list.mp3'), demuxer: 'mp3', code: 'file_corrupt' },
      { path: at('folder.wav'), demuxer: 'wav', code: 'file_unreadable' },
    ] as const;
    const codes: string[] = [];
    for (const file of expected) codes.push((await failureOf(room.play(file).play_id)).code);
    expect(codes).toEqual(expected.map(({ code }) => code));
    expect(await endOf(room.play(good).play_id)).toMatchObject({
      reason: 'finished',
      heard_ms: 200,
    });
  });

  it('or is cut short plays as far as it goes', async () => {
    const whole = await tone(1000);
    const cut = { path: join(room.dir, 'cut.wav'), demuxer: 'wav' } as const;
    await copyFile(whole.path, cut.path);
    await truncate(cut.path, 44 + 48_000 * 4 * 0.5);
    const ended = await endOf(room.play(cut).play_id);
    expect(ended.heard_ms).toBeGreaterThan(400);
    expect(ended.heard_ms).toBeLessThan(600);
  });
});

describe('a machine that is too busy for the buffer', () => {
  beforeEach(() => open({ env: { PLAYER_BUFFER_MS: '40' } }));

  it('gets a larger one, and the sound goes on', async () => {
    const clip = await tone(2000);
    const command = room.play(clip);
    await startOf(command.play_id);
    await room.sink.stall(300);
    const larger = await room.report('heartbeat', ({ buffer_ms }) => buffer_ms > 40);
    expect(larger.buffer_ms).toBeLessThanOrEqual(200);
    expect(await endOf(command.play_id)).toMatchObject({ reason: 'finished', heard_ms: 2000 });
    expect(room.player.log()).toContain('the machine is too busy for the sound buffer');
  });
});

describe('a command', () => {
  beforeEach(() => open());

  it('that comes too late is refused as stale', async () => {
    const clip = await tone(200);
    const late = room.play(clip, { pressed_at_ms: Number(process.hrtime.bigint()) / 1e6 - 4000 });
    expect((await failureOf(late.play_id)).code).toBe('stale');
  });

  it('that is repeated plays once', async () => {
    const clip = await tone(300);
    const recorder = await room.sink.record();
    const command = room.play(clip);
    room.link.send(command);
    await endOf(command.play_id);
    room.link.send(command);
    await sleep(600);
    const heard = await recorder.stop();
    expect(heard.sounds()).toHaveLength(1);
    expect(room.reports.filter(({ type }) => type === 'voice_started')).toHaveLength(1);
  });
});

describe('the sound server', () => {
  it('is killed and comes back: the same sound goes on', async () => {
    await open();
    const clip = await tone(6000);
    const { play_id } = room.play(clip);
    await startOf(play_id);
    await room.sink.kill();
    await room.report('output', ({ output }) => output.state === 'lost');
    await room.sink.start();
    await room.until(() => hasOutput(room.reports), 'the output');
    const recorder = await room.sink.record();
    await endOf(play_id);
    await sleep(300);
    const heard = await recorder.stop();
    const [sound, ...more] = heard.sounds();
    expect(more).toEqual([]);
    expect(sound?.lengthMs).toBeGreaterThan(500);
    expect(heard.level(1000, 200, 400)).toBeCloseTo(0.3, 1);
  });

  it.each(['auto', 'pulse'])(
    'is not there (%s): plays end when they would have, unheard, and the room says so',
    async (output) => {
      await open();
      await room.player.end();
      await room.sink.kill();
      room.reports.length = 0;
      room.startPlayer({ env: { PLAYER_AUDIO_OUTPUT: output, ALSA_CONFIG_PATH: '/dev/null' } });
      const hello = await room.report('hello');
      expect(hello.output).toMatchObject({ kind: 'none', state: 'lost' });
      const clip = await tone(700);
      const from = performance.now();
      const ended = await endOf(room.play(clip).play_id);
      expect(ended).toMatchObject({ reason: 'finished', heard_ms: 700 });
      expect(performance.now() - from).toBeGreaterThan(600);
      await room.sink.start();
      expect(await room.report('output', (report) => report.output.state === 'ok')).toMatchObject({
        output: { kind: 'pulse' },
      });
    },
  );

  it('is not wanted: a machine without sound is in order', async () => {
    await open({ env: { PLAYER_AUDIO_OUTPUT: 'dummy' } });
    expect((await room.report('hello')).output).toEqual({ kind: 'none', state: 'ok', detail: '' });
    expect(await endOf(room.play(await tone(300)).play_id)).toMatchObject({
      reason: 'finished',
      heard_ms: 300,
    });
  });
});

describe('ALSA', () => {
  it('plays whole clips where it is chosen', async () => {
    // ALSA's plugin for PulseAudio stands in for a sound card.
    await open({ env: { PLAYER_AUDIO_OUTPUT: 'alsa', PLAYER_AUDIO_DEVICE: 'pulse' } });
    expect(outputOf(room.reports)).toEqual({ kind: 'alsa', state: 'ok', detail: '' });
    const clip = await tone(400);
    const recorder = await room.sink.record();
    await endOf(room.play(clip).play_id);
    await sleep(400);
    const lengths = (await recorder.stop()).sounds().map(({ lengthMs }) => Math.round(lengthMs));
    expect(lengths).toEqual([400]);
  });
});

describe('the player process', () => {
  it('whose event loop stalls plays on without a gap', async () => {
    const stall =
      'setInterval(() => { const end = Date.now() + 300; while (Date.now() < end); }, 500)';
    await open({ nodeArgs: ['--import', `data:text/javascript,${encodeURIComponent(stall)}`] });
    const clip = await tone(2500);
    const recorder = await room.sink.record();
    const { play_id } = room.play(clip, { fresh_ms: 10_000 });
    await endOf(play_id);
    await sleep(400);
    const sounds = (await recorder.stop()).sounds({ gapMs: 2 });
    expect(sounds.map(({ lengthMs }) => Math.round(lengthMs))).toEqual([2500]);
  });

  it('that is killed is lost at once; the next one is welcome', async () => {
    await open();
    room.play(await tone(5000));
    await room.report('voice_started');
    await room.player.end('SIGKILL');
    await room.until(() => room.losses.length === 1, 'the loss');
    expect(room.link.connected).toBe(false);
    expect(room.link.send({ type: 'stop', command_id: 'x', play_id: null, fade_ms: 0 })).toBe(
      false,
    );
    room.reports.length = 0;
    room.startPlayer();
    expect((await room.report('hello')).voices).toEqual([]);
    expect(await endOf(room.play(await tone(200)).play_id)).toMatchObject({ reason: 'finished' });
  });

  it('that hangs is lost, and comes back when it goes on', async () => {
    await open();
    room.player.process.kill('SIGSTOP');
    await room.until(() => room.losses.length === 1, 'the loss');
    expect(room.losses[0]).toContain('silent');
    room.reports.length = 0;
    room.player.process.kill('SIGCONT');
    await room.report('hello');
  });

  it('finds a restarted server again, and tells it what sounds', async () => {
    await open();
    const { play_id } = room.play(await tone(4000));
    await startOf(play_id);
    room.reports.length = 0;
    await room.restartServer();
    const hello = await room.report('hello');
    expect(hello.voices.map((voice) => voice.play_id)).toEqual([play_id]);
    expect(await endOf(play_id)).toMatchObject({ reason: 'finished', heard_ms: 4000 });
  });

  it('ends in order on a signal, however often it is sent', async () => {
    await open();
    room.play(await tone(3000));
    await room.report('voice_started');
    room.player.process.kill('SIGINT');
    room.player.process.kill('SIGTERM');
    await room.player.end('SIGTERM');
    expect(room.player.process.exitCode).toBe(0);
    expect(room.player.log().match(/player ends/g)).toHaveLength(1);
  });

  it('ends by itself when the server is gone, unless systemd keeps it', async () => {
    await open();
    await room.link.stop();
    await room.until(() => room.player.process.exitCode !== null, 'the end of the player');
    expect(room.player.process.exitCode).toBe(0);
  });
});
