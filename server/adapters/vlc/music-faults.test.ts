/** What goes wrong in real life while music plays, done to the real player process. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import type { PlayerCommand } from '../../player/contract.ts';
import { makeTone } from './testing/clips.ts';
import { makeNoise, placeOf } from './testing/noise.ts';
import { hasOutput, type Room } from './testing/player-room.ts';
import { onStage } from './testing/stage.ts';

// Real parts on a machine that may be busy with something else.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 60_000 });

const brokenFile = async (room: Room): Promise<{ path: string; demuxer: 'mp3' }> => {
  const path = join(room.dir, 'text.mp3');
  await writeFile(path, 'Dear reader, this is no music at all.\n'.repeat(100));
  return { path, demuxer: 'mp3' };
};

describe.concurrent('a broken file', () => {
  onStage({}, (stage) => {
    const { jukebox } = stage;
    it('as the next track is known long before its turn, and another may follow', async () => {
      const track = await makeNoise(stage.room.dir, { seed: 1, lengthMs: 2500 });
      const other = await makeNoise(stage.room.dir, { seed: 2, lengthMs: 400 });
      const first = jukebox.play(track);
      const broken = jukebox.next(first, await brokenFile(stage.room));
      expect(await jukebox.failed(broken)).toMatchObject({ code: 'file_corrupt', heard_ms: 0 });
      const missing = jukebox.next(first, {
        path: join(stage.room.dir, 'nowhere.wav'),
        demuxer: 'wav',
      });
      expect(await jukebox.failed(missing)).toMatchObject({ code: 'file_missing' });
      expect(stage.room.reports.some(({ type }) => type === 'track_ended')).toBe(false);
      const second = jukebox.next(first, other);
      expect(await jukebox.ended(first)).toMatchObject({ reason: 'finished', heard_ms: 2500 });
      expect(await jukebox.ended(second)).toMatchObject({ reason: 'finished', heard_ms: 400 });
    });

    it('replaces nothing: what plays goes on', async () => {
      const track = await makeNoise(stage.room.dir, { seed: 1, lengthMs: 2000 });
      const first = jukebox.play(track);
      await jukebox.reaches(first, 200);
      const broken = jukebox.play(await brokenFile(stage.room));
      expect(await jukebox.failed(broken)).toMatchObject({ code: 'file_corrupt' });
      expect(await jukebox.ended(first)).toMatchObject({ reason: 'finished', heard_ms: 2000 });
    });
  });
});

describe.concurrent('the sound server', () => {
  onStage({}, (stage) => {
    const { jukebox } = stage;
    const lastPosition = (id: string): number => {
      const last = stage.room.reports.findLast(
        (report) => report.type === 'track_position' && report.track_id === id,
      );
      return last?.type === 'track_position' ? last.position_ms : Number.NaN;
    };

    it('is killed and comes back: the same place goes on', async () => {
      const track = await makeNoise(stage.room.dir, { seed: 3, lengthMs: 3500 });
      const id = jukebox.play(track);
      await jukebox.reaches(id, 700);
      await stage.room.sink.kill();
      await stage.room.report('output', ({ output }) => output.state === 'lost');
      // What was on its way when the output went.
      await sleep(400);
      const place = lastPosition(id);
      await sleep(800);
      expect(lastPosition(id)).toBe(place);
      await stage.room.sink.start();
      const recorder = await stage.room.sink.record();
      await stage.room.until(() => hasOutput(stage.room.reports), 'the output');
      expect(await jukebox.ended(id)).toMatchObject({ reason: 'finished', heard_ms: 3500 });
      await sleep(300);
      const heard = await recorder.stop();
      const end = heard.sounds().at(-1);
      const nearEnd = (end?.startMs ?? 0) + (end?.lengthMs ?? 0) - 100;
      expect(placeOf(heard, nearEnd, track).positionMs).toBeCloseTo(3400, -1);
      // Most of the nearly three seconds that were left.
      expect(end?.lengthMs).toBeGreaterThan(1500);
    });

    it('is killed during a pause, and nothing is missing afterwards', async () => {
      const track = await makeNoise(stage.room.dir, { seed: 4, lengthMs: 2500 });
      const id = jukebox.play(track);
      await jukebox.reaches(id, 500);
      jukebox.pause();
      await sleep(400);
      const place = lastPosition(id);
      await stage.room.sink.kill();
      await stage.room.report('output', ({ output }) => output.state === 'lost');
      await stage.room.sink.start();
      await stage.room.until(() => hasOutput(stage.room.reports), 'the output');
      const recorder = await stage.room.sink.record();
      jukebox.resume();
      expect(await jukebox.ended(id)).toMatchObject({ reason: 'finished', heard_ms: 2500 });
      await sleep(300);
      const [sound, ...more] = (await recorder.stop()).sounds();
      expect(more).toEqual([]);
      expect(Math.abs((sound?.lengthMs ?? 0) - (2500 - place))).toBeLessThan(20);
    });
  });
});

describe.concurrent('a restarted server', () => {
  onStage({}, (stage) => {
    const { jukebox } = stage;
    it('is told what plays, what follows, and how', async () => {
      const track = await makeNoise(stage.room.dir, { seed: 5, lengthMs: 2500 });
      jukebox.volume(40);
      jukebox.ducking(20, 100, 300);
      const first = jukebox.play(track);
      const second = jukebox.next(first, track);
      await jukebox.reaches(first, 300);
      stage.room.reports.length = 0;
      await stage.room.restartServer();
      const { music } = await stage.room.report('hello');
      expect(music).toMatchObject({
        track: { track_id: first, paused: false, duration_ms: 2500 },
        next_track_id: second,
        volume: 40,
        ducking: { depth_db: 20, attack_ms: 100, release_ms: 300 },
      });
      expect(music.track?.position_ms).toBeGreaterThan(250);
      expect((await jukebox.ended(first)).reason).toBe('finished');
      jukebox.stop();
      await jukebox.ended(second);
      jukebox.volume(100);
    });
  });
});

describe.concurrent('commands', () => {
  onStage({}, (stage) => {
    const { jukebox } = stage;
    it('may be a thousand at once; the last ones hold', async () => {
      const track = await makeNoise(stage.room.dir, { seed: 6, lengthMs: 20_000 });
      const clip = await makeTone(stage.room.dir, { frequencyHz: 500, lengthMs: 200 });
      const first = jukebox.play(track);
      await jukebox.reaches(first, 100);
      let id = first;
      for (let i = 0; i < 125; i++) {
        id = jukebox.play(track, { position_ms: i * 10 });
        jukebox.next(id, track);
        jukebox.pause();
        jukebox.seek(id, i * 20);
        jukebox.volume(i % 100);
        jukebox.ducking(i % 30, 10, 10);
        jukebox.resume();
        jukebox.takeNextBack(id);
      }
      id = jukebox.play(track, { position_ms: 8000 });
      jukebox.volume(100);
      await jukebox.reaches(id, 8400);
      expect(await jukebox.ended(first)).toMatchObject({ reason: 'replaced' });
      const { play_id } = stage.room.play(clip);
      expect(
        await stage.room.report('voice_ended', (report) => report.play_id === play_id),
      ).toMatchObject({
        reason: 'finished',
        heard_ms: 200,
      });
      const starts = stage.room.reports.filter(({ type }) => type === 'track_started').length;
      const ends = stage.room.reports.filter(({ type }) => type === 'track_ended').length;
      expect(ends).toBe(126);
      expect(starts).toBeLessThanOrEqual(127);
      expect(stage.room.losses).toEqual([]);
    });

    it('that are repeated are one, and a late press is refused', async () => {
      const track = await makeNoise(stage.room.dir, { seed: 7, lengthMs: 500 });
      const command = {
        type: 'track_play',
        command_id: 'the-same',
        track_id: 'once',
        sound_id: 'noise',
        path: track.path,
        demuxer: 'wav',
        gain_db: 0,
        crossfade_ms: 0,
        position_ms: 0,
        paused: false,
      } as const satisfies PlayerCommand;
      stage.room.link.send(command);
      await jukebox.ended('once');
      stage.room.link.send(command);
      const pressed_at_ms = Number(process.hrtime.bigint()) / 1e6 - 4000;
      const late = jukebox.play(track, { pressed_at_ms, fresh_ms: 3000 });
      expect(
        await stage.room.report('track_refused', ({ track_id }) => track_id === late),
      ).toMatchObject({
        code: 'stale',
      });
      expect(stage.room.reports.filter(({ type }) => type === 'track_started')).toHaveLength(1);
    });
  });
});

const stall = 'setInterval(() => { const end = Date.now() + 300; while (Date.now() < end); }, 500)';
const stalling = { nodeArgs: ['--import', `data:text/javascript,${encodeURIComponent(stall)}`] };

describe.concurrent('a player whose event loop stalls', () => {
  onStage({ room: stalling, retry: 1 }, (stage) => {
    it('changes over without a gap', async () => {
      const one = await makeNoise(stage.room.dir, { seed: 8, lengthMs: 1500 });
      const other = await makeNoise(stage.room.dir, { seed: 9, lengthMs: 1500 });
      const recorder = await stage.room.sink.record();
      const first = stage.jukebox.play(one);
      const second = stage.jukebox.next(first, other);
      await stage.jukebox.ended(second);
      await sleep(400);
      const sounds = (await recorder.stop()).sounds({ gapMs: 2 });
      expect(sounds.map(({ lengthMs }) => Math.round(lengthMs / 10) * 10)).toEqual([3000]);
    });
  });
});

describe.concurrent('a player that ends', () => {
  onStage({}, (stage) => {
    it('fades out what plays', async () => {
      const frequencyHz = 500;
      const track = await makeTone(stage.room.dir, { frequencyHz, lengthMs: 8000, amplitude: 0.8 });
      const recorder = await stage.room.sink.record();
      const id = stage.jukebox.play(track);
      await stage.jukebox.reaches(id, 500);
      await stage.room.player.end('SIGTERM');
      await sleep(300);
      const heard = await recorder.stop();
      const [sound, ...more] = heard.sounds();
      expect(more).toEqual([]);
      const end = (sound?.startMs ?? 0) + (sound?.lengthMs ?? 0);
      expect(sound?.lengthMs).toBeLessThan(5000);
      expect(heard.peak(end - 5, end)).toBeLessThan(0.1);
      expect(heard.peak(end - 30, end)).toBeLessThan(0.6);
      expect(stage.room.player.process.exitCode).toBe(0);
    });
  });
});
