/** What is heard of the music in the room: real libvlc, real mixer, real sound server. */
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { type ClipFormat, makeTone } from './testing/clips.ts';
import { makeNoise, type NoiseTrack, placeOf } from './testing/noise.ts';
import type { Room } from './testing/player-room.ts';
import type { Recording } from './testing/recording.ts';
import { lagMs, onStage } from './testing/stage.ts';

// Real parts on a machine that may be busy with something else.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 30_000 });
/** A sound server that got no CPU for a moment is heard too; twice in the same test is no chance. */
const heardAgain = { retry: 1 };

/** Where the first sound of a recording begins. */
const beginOf = (heard: Recording): number => heard.sounds()[0]?.startMs ?? Number.NaN;
const endOf = (heard: Recording): number => {
  const last = heard.sounds().at(-1);
  return (last?.startMs ?? Number.NaN) + (last?.lengthMs ?? 0);
};
const decibels = (ratio: number): number => 20 * Math.log10(ratio);

/** Time of the recording at which the track's own beginning would have been, going by what is heard at `atMs`. */
const originOf = (heard: Recording, atMs: number, track: NoiseTrack): number => {
  const { positionMs, likeness } = placeOf(heard, atMs, track);
  expect(likeness).toBeGreaterThan(0.7);
  return atMs - positionMs;
};

/** Of a track that is heard in two parts: from 100 ms before the silence to 100 ms after it. */
const interruptionOf = (heard: Recording, track: NoiseTrack) => {
  const [before, after, ...more] = heard.sounds();
  expect(more).toEqual([]);
  const firstEnd = (before?.startMs ?? 0) + (before?.lengthMs ?? 0);
  const secondBegin = after?.startMs ?? 0;
  const goesOnAt = placeOf(heard, secondBegin + 100, track).positionMs;
  return {
    silenceMs: secondBegin - firstEnd,
    /** Of the track. */
    passedMs: goesOnAt - placeOf(heard, firstEnd - 100, track).positionMs,
    resumedAt: goesOnAt - 100,
  };
};

const heldSilently = (room: Room, id: string): boolean =>
  !room.reports.some((report) => report.type === 'track_started' && report.track_id === id);

/** A voice that is not heard itself, so that only the music is measured. */
const playUnheard = async (room: Room, lengthMs: number, ducks: 'duck' | 'pause' | 'none') => {
  const voice = await makeTone(room.dir, { frequencyHz: 1000, lengthMs, amplitude: 0 });
  const { play_id } = room.play(voice, { ducks });
  return () => room.over([play_id]);
};

describe.concurrent('a track', () => {
  onStage(heardAgain, (stage) => {
    const { jukebox, record } = stage;
    it('is heard whole, and counted', async () => {
      const track = await makeNoise(stage.room.dir, { seed: 1, lengthMs: 1500 });
      let id = '';
      const heard = await record(async () => {
        id = jukebox.play(track);
        await jukebox.ended(id);
      });
      expect(heard.sounds()).toHaveLength(1);
      expect(endOf(heard) - beginOf(heard)).toBeCloseTo(1500, -1);
      expect(placeOf(heard, beginOf(heard) + 1000, track).positionMs).toBeCloseTo(1000, -1);
      expect(await jukebox.started(id)).toMatchObject({ position_ms: 0 });
      expect(await jukebox.ended(id)).toMatchObject({
        reason: 'finished',
        heard_ms: 1500,
        position_ms: 1500,
      });
    });

    it('reports the position that is heard', async () => {
      const track = await makeNoise(stage.room.dir, { seed: 2, lengthMs: 3500 });
      const recorder = await stage.room.sink.record();
      const id = jukebox.play(track);
      const reports = [await jukebox.reaches(id, 500), await jukebox.reaches(id, 2500)];
      await sleep(lagMs);
      const heard = await recorder.stop();
      const monotonicOfRecording =
        heard.startedAtMs - performance.now() + Number(process.hrtime.bigint()) / 1e6;
      for (const { at_ms, position_ms } of reports) {
        const atMs = at_ms - monotonicOfRecording;
        const { positionMs } = placeOf(heard, atMs, track, position_ms - 300, position_ms + 300);
        expect(Math.abs(positionMs - position_ms)).toBeLessThan(50);
      }
    });

    it('takes the place of another without a gap', async () => {
      const [one, other] = await Promise.all(
        [400, 1500].map((frequencyHz) => makeTone(stage.room.dir, { frequencyHz, lengthMs: 3000 })),
      );
      let first = '';
      const heard = await record(async () => {
        first = jukebox.play(one!);
        await jukebox.reaches(first, 300);
        const second = jukebox.play(other!);
        await jukebox.started(second);
        await jukebox.ended(first);
        jukebox.stop();
        await jukebox.ended(second);
      });
      expect(heard.sounds({ gapMs: 2 })).toHaveLength(1);
      const ended = await jukebox.ended(first);
      expect(ended.reason).toBe('replaced');
      expect(ended.heard_ms).toBeGreaterThan(250);
      expect(ended.heard_ms).toBeLessThan(3000);
    });

    it('begins where it is told to', async () => {
      const track = await makeNoise(stage.room.dir, { seed: 3, lengthMs: 4000 });
      const heard = await record(async () => {
        const id = jukebox.play(track, { position_ms: 2500 });
        expect(await jukebox.ended(id)).toMatchObject({ reason: 'finished' });
        expect((await jukebox.started(id)).position_ms).toBe(2500);
      });
      const at = beginOf(heard) + 200;
      expect(placeOf(heard, at, track).positionMs).toBeCloseTo(2700, -1);
    });
  });
});

describe.concurrent('the next track', () => {
  onStage(heardAgain, (stage) => {
    const { jukebox, record } = stage;
    const gapBetween = async (
      format: ClipFormat,
      seeds: readonly [number, number],
    ): Promise<number> => {
      // Not a whole number of anybody's blocks.
      const one = await makeNoise(stage.room.dir, { seed: seeds[0], lengthMs: 737, format });
      const other = await makeNoise(stage.room.dir, { seed: seeds[1], lengthMs: 511, format });
      const heard = await record(async () => {
        const first = jukebox.play(one);
        const second = jukebox.next(first, other);
        await jukebox.ended(second);
        expect((await jukebox.ended(first)).reason).toBe('finished');
      });
      expect(heard.sounds({ gapMs: 10 })).toHaveLength(1);
      const begin = beginOf(heard);
      return originOf(heard, begin + 737 + 250, other) - originOf(heard, begin + 300, one) - 737;
    };

    it.each(['wav', 'flac'] as const)('follows on the very next frame (%s)', async (format) => {
      expect(Math.abs(await gapBetween(format, [11, 12]))).toBeLessThan(1 / 48);
    });

    it.each(['mp3', 'ogg'] as const)('follows within 10 ms (%s)', async (format) => {
      expect(Math.abs(await gapBetween(format, [13, 14]))).toBeLessThan(10);
    });

    it('may be another one until late, and be taken back', async () => {
      const [one, other, third] = await Promise.all(
        [21, 22, 23].map((seed) => makeNoise(stage.room.dir, { seed, lengthMs: 1200 })),
      );
      const heard = await record(async () => {
        const first = jukebox.play(one!);
        jukebox.next(first, other!);
        await jukebox.reaches(first, 400);
        const second = jukebox.next(first, third!);
        await jukebox.started(second);
        jukebox.next(second, other!);
        jukebox.takeNextBack(second);
        await jukebox.ended(second);
      });
      const begin = beginOf(heard);
      expect(endOf(heard) - begin).toBeCloseTo(2400, -1);
      expect(
        originOf(heard, begin + 1500, third!) - originOf(heard, begin + 300, one!),
      ).toBeCloseTo(1200, 1);
    });

    it('that comes when the music is over is too late, and said to be', async () => {
      const track = await makeNoise(stage.room.dir, { seed: 1, lengthMs: 300 });
      const first = jukebox.play(track);
      await jukebox.ended(first);
      const second = jukebox.next(first, track);
      expect(
        await stage.room.report('track_refused', ({ track_id }) => track_id === second),
      ).toMatchObject({ code: 'too_late' });
    });

    it('is crossfaded with equal power', async () => {
      const [one, other] = await Promise.all(
        [400, 1500].map((frequencyHz) => makeTone(stage.room.dir, { frequencyHz, lengthMs: 1600 })),
      );
      const heard = await record(async () => {
        const first = jukebox.play(one!);
        const second = jukebox.next(first, other!, { crossfade_ms: 800 });
        await jukebox.ended(second);
        expect(await jukebox.ended(first)).toMatchObject({ reason: 'finished', heard_ms: 1600 });
      });
      const begin = beginOf(heard);
      expect(endOf(heard) - begin).toBeCloseTo(2400, -1);
      // Sines of 18, 45 and 72 degrees.
      const shares = [0.2, 0.5, 0.8];
      for (const share of shares) {
        const at = begin + 800 + share * 800;
        const angle = (share * Math.PI) / 2;
        expect(heard.level(400, at - 20, at + 20)).toBeCloseTo(0.3 * Math.cos(angle), 1);
        expect(heard.level(1500, at - 20, at + 20)).toBeCloseTo(0.3 * Math.sin(angle), 1);
      }
    });
  });
});

describe.concurrent('a pause', () => {
  onStage(heardAgain, (stage) => {
    const { jukebox, record } = stage;
    it('keeps the exact place', async () => {
      const track = await makeNoise(stage.room.dir, { seed: 31, lengthMs: 2200 });
      let pausedAt = Number.NaN;
      const heard = await record(async () => {
        const id = jukebox.play(track);
        await jukebox.reaches(id, 600);
        jukebox.pause(20);
        await sleep(500);
        const last = stage.room.reports.findLast(({ type }) => type === 'track_position');
        pausedAt = last?.type === 'track_position' ? last.position_ms : Number.NaN;
        jukebox.resume(20);
        expect(await jukebox.ended(id)).toMatchObject({ reason: 'finished', heard_ms: 2200 });
      });
      const { passedMs, resumedAt } = interruptionOf(heard, track);
      // 200 ms of what was heard, and the quiet ends of both fades.
      expect(passedMs).toBeGreaterThan(199);
      expect(passedMs).toBeLessThan(225);
      expect(Math.abs(pausedAt - resumedAt)).toBeLessThan(10);
    });

    it('before it begins opens a track and holds it in silence', async () => {
      const track = await makeNoise(stage.room.dir, { seed: 32, lengthMs: 700 });
      let id = '';
      const heard = await record(async () => {
        id = jukebox.play(track, { paused: true });
        await stage.room.report(
          'track_position',
          (report) => report.track_id === id && report.paused,
        );
        await sleep(400);
        expect(heldSilently(stage.room, id)).toBe(true);
        jukebox.resume();
        await jukebox.ended(id);
      });
      expect(endOf(heard) - beginOf(heard)).toBeCloseTo(700, -1);
      expect(beginOf(heard)).toBeGreaterThan(300);
      expect((await jukebox.ended(id)).heard_ms).toBe(700);
    });
  });
});

describe.concurrent('a seek', () => {
  onStage(heardAgain, (stage) => {
    const { jukebox, record } = stage;
    it.each(['wav', 'mp3', 'flac', 'ogg', 'opus', 'm4a'] as const)(
      'lands within 30 ms (%s)',
      async (format) => {
        const track = await makeNoise(stage.room.dir, { seed: 41, lengthMs: 8000, format });
        let id = '';
        const heard = await record(async () => {
          id = jukebox.play(track, { paused: true });
          await stage.room.report('track_position', ({ track_id }) => track_id === id);
          jukebox.seek(id, 5300);
          await jukebox.reaches(id, 5300);
          jukebox.resume();
          await jukebox.reaches(id, 5700);
          jukebox.stop();
          await jukebox.ended(id);
        });
        const { positionMs, likeness } = placeOf(heard, beginOf(heard) + 200, track, 4800, 6200);
        expect(likeness).toBeGreaterThan(0.6);
        expect(Math.abs(positionMs - 5500)).toBeLessThan(30);

        expect((await jukebox.ended(id)).heard_ms).toBeLessThan(3000);
      },
    );

    it('is not heard as a click or a gap', async () => {
      const [frequencyHz, amplitude] = [300, 0.3];
      const track = await makeTone(stage.room.dir, { frequencyHz, lengthMs: 10_000, amplitude });
      const heard = await record(async () => {
        const id = jukebox.play(track);
        for (const positionMs of [5000, 1234, 7771]) {
          await jukebox.reaches(id, 200);
          jukebox.seek(id, positionMs);
          await jukebox.reaches(id, positionMs);
        }
        jukebox.stop(100);
        await jukebox.ended(id);
      });
      expect(heard.sounds({ gapMs: 3 })).toHaveLength(1);
      const samples = heard.samples(beginOf(heard) + 5, endOf(heard) - 5);
      let steepest = 0;
      for (let i = 1; i < samples.length; i++)
        steepest = Math.max(steepest, Math.abs((samples[i] ?? 0) - (samples[i - 1] ?? 0)));
      // Two fading tones together are at most the square root of two as steep as one.
      expect(steepest).toBeLessThan(1.5 * amplitude * 2 * Math.PI * (frequencyHz / 48_000));
    });

    it('of which there are a hundred goes to the last', async () => {
      const track = await makeNoise(stage.room.dir, { seed: 42, lengthMs: 20_000 });
      const id = jukebox.play(track);
      await jukebox.reaches(id, 100);
      for (let i = 1; i <= 100; i++) jukebox.seek(id, 150 * i);
      const there = await jukebox.reaches(id, 15_000);
      expect(there.position_ms).toBeLessThan(17_000);
      expect(there.heard_ms).toBeLessThan(10_000);
    });

    it('beyond the end ends the track, and the next one follows', async () => {
      const track = await makeNoise(stage.room.dir, { seed: 43, lengthMs: 5000 });
      const other = await makeNoise(stage.room.dir, { seed: 44, lengthMs: 500 });
      const first = jukebox.play(track);
      const second = jukebox.next(first, other);
      await jukebox.reaches(first, 200);
      jukebox.seek(first, 60_000);
      const ended = await jukebox.ended(first);
      expect(ended.reason).toBe('finished');
      expect(ended.heard_ms).toBeLessThan(4500);
      expect(await jukebox.ended(second)).toMatchObject({ reason: 'finished', heard_ms: 500 });
    });
  });
});

describe.concurrent('the level', () => {
  onStage(heardAgain, (stage) => {
    const { jukebox, record } = stage;
    it('follows the cube of the volume, and leaves the voices alone', async () => {
      const music = await makeTone(stage.room.dir, {
        frequencyHz: 500,
        lengthMs: 10_000,
        amplitude: 0.5,
      });
      const voice = await makeTone(stage.room.dir, {
        frequencyHz: 2000,
        lengthMs: 400,
        amplitude: 0.25,
      });
      const levels: number[] = [];
      const recorder = await stage.room.sink.record();
      const id = jukebox.play(music);
      await jukebox.reaches(id, 200);
      for (const volume of [100, 50, 20, 0]) {
        jukebox.volume(volume);
        await sleep(400);
        const heard = recorder.heard();
        levels.push(heard.level(500, heard.lengthMs - 120, heard.lengthMs - 20));
      }
      const { play_id } = stage.room.play(voice, { ducks: 'none' });
      await stage.room.over([play_id]);
      await sleep(lagMs);
      const heard = await recorder.stop();
      jukebox.volume(100);
      [0.5, 0.5 * 0.125, 0.5 * 0.008, 0].forEach((level, i) =>
        expect(levels[i]).toBeCloseTo(level, 2),
      );
      expect(heard.sounds({ threshold: 0.1 }).at(-1)).toMatchObject({
        peak: expect.closeTo(0.25, 1),
      });
    });

    it('ducks under a voice by the depth, with ramps, and the place is kept', async () => {
      jukebox.ducking(12, 200, 400);
      const track = await makeNoise(stage.room.dir, { seed: 51, lengthMs: 3000 });
      const heard = await record(async () => {
        const id = jukebox.play(track);
        await jukebox.reaches(id, 500);
        const over = await playUnheard(stage.room, 700, 'duck');
        await over();
        expect(await jukebox.ended(id)).toMatchObject({ reason: 'finished', heard_ms: 3000 });
      });
      const begin = beginOf(heard);
      expect(originOf(heard, begin + 2800, track)).toBeCloseTo(originOf(heard, begin, track), 1);
      // Levels relative to the track itself, in steps of 20 ms.
      const levels: number[] = [];
      for (let ms = 0; ms < 2980; ms += 20) {
        const own = track.samples.subarray(ms * 48, (ms + 20) * 48);
        const rms = Math.sqrt(own.reduce((sum, one) => sum + one * one, 0) / own.length);
        levels.push(decibels(heard.rms(begin + ms, begin + ms + 20) / rms));
      }
      expect(Math.abs(Math.min(...levels) + 12)).toBeLessThan(1);
      const down = levels.filter((level) => level < -11).length * 20;
      const between = levels.filter((level) => level < -1 && level > -11).length * 20;
      expect(Math.abs(down - 550)).toBeLessThan(120);
      // Ten twelfths of both ramps.
      expect(Math.abs(between - 500)).toBeLessThan(120);
      expect(Math.abs(levels[0] ?? Number.NaN)).toBeLessThan(1);
      expect(Math.abs(levels.at(-1) ?? Number.NaN)).toBeLessThan(1);
    });

    it('is nothing under an announcement, and the music goes on where it was', async () => {
      jukebox.ducking(12, 50, 50);
      const track = await makeNoise(stage.room.dir, { seed: 52, lengthMs: 2000 });
      const heard = await record(async () => {
        const id = jukebox.play(track);
        await jukebox.reaches(id, 500);
        const over = await playUnheard(stage.room, 800, 'pause');
        await over();
        expect(await jukebox.ended(id)).toMatchObject({ reason: 'finished', heard_ms: 2000 });
      });
      const { silenceMs, passedMs } = interruptionOf(heard, track);
      expect(silenceMs).toBeGreaterThan(700);
      expect(silenceMs).toBeLessThan(900);
      expect(passedMs).toBeGreaterThan(199);
      expect(passedMs).toBeLessThan(260);
    });

    it('fades out over a stop', async () => {
      const track = await makeTone(stage.room.dir, {
        frequencyHz: 500,
        lengthMs: 6000,
        amplitude: 0.8,
      });
      const heard = await record(async () => {
        const id = jukebox.play(track);
        await jukebox.reaches(id, 400);
        jukebox.stop(1000);
        expect(await jukebox.ended(id)).toMatchObject({ reason: 'stopped' });
      });
      // The last audible frame is at the hundredth part of 0.8: with a cubed level, 768 ms into the fade.
      const fadeBegin = endOf(heard) - 768;
      const peakAt = (ms: number) => heard.peak(fadeBegin + ms - 5, fadeBegin + ms + 5);
      expect(peakAt(-100)).toBeCloseTo(0.8, 1);
      expect(peakAt(250)).toBeCloseTo(0.8 * 0.75 ** 3, 1);
      expect(peakAt(500)).toBeCloseTo(0.8 * 0.5 ** 3, 1);
    });

    it('rises again when a fade is withdrawn', async () => {
      const track = await makeTone(stage.room.dir, { frequencyHz: 500, lengthMs: 6000 });
      const recorder = await stage.room.sink.record();
      const id = jukebox.play(track);
      await jukebox.reaches(id, 300);
      jukebox.stop(1000);
      await sleep(500);
      jukebox.resume(200);
      await jukebox.reaches(id, 2500);
      await sleep(lagMs);
      const heard = await recorder.stop();
      expect(heard.sounds()).toHaveLength(1);
      expect(heard.level(500, heard.lengthMs - 300, heard.lengthMs - 100)).toBeCloseTo(0.3, 1);
    });

    it('sinks over tracks that follow each other in a long fade', async () => {
      const [one, other] = await Promise.all(
        [900, 5000].map((lengthMs) => makeTone(stage.room.dir, { frequencyHz: 400, lengthMs })),
      );
      const first = jukebox.play(one!);
      const second = jukebox.next(first, other!);
      await jukebox.started(first);
      jukebox.stop(1400);
      expect((await jukebox.ended(first)).reason).toBe('finished');
      expect((await jukebox.ended(second)).reason).toBe('stopped');
    });
  });
});
