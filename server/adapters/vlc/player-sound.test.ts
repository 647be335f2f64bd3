/** What is heard in the room: real libvlc, real mixer, real sound server. */
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { type Clip, makeTone, makeTones } from './testing/clips.ts';
import { makeNoise, placeOf, type NoiseTrack } from './testing/noise.ts';
import { Recording } from './testing/recording.ts';
import { onStage } from './testing/stage.ts';

// Real parts on a machine that may be busy with something else.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 30_000 });
/** A sound server that got no CPU for a moment is heard too; twice in the same test is no chance. */
const heardAgain = { retry: 1 };

describe.concurrent('a clip', () => {
  onStage(heardAgain, (stage) => {
    const { record } = stage;
    const playToEnd = async (clip: Clip, gainDb = 0): Promise<void> => {
      const { play_id } = stage.room.play(clip, { gain_db: gainDb });
      await stage.room.over([play_id]);
      await sleep(150);
    };

    const playAll = async (clips: readonly Clip[]): Promise<Recording> =>
      record(async () => {
        for (const clip of clips) await playToEnd(clip);
      });

    it('is heard whole and in its turn, however short', async () => {
      const tones = (['wav', 'mp3', 'ogg', 'flac'] as const).flatMap((format, i) =>
        [80, 300, 650].map((lengthMs, j) => ({
          frequencyHz: 440 + 110 * (3 * i + j),
          lengthMs,
          format,
        })),
      );
      const clips = await makeTones(stage.room.dir, tones);
      const heard = await playAll(clips);

      const sounds = heard.sounds();
      const frequencies = clips.map(({ frequencyHz }) => frequencyHz);
      const inOrder = sounds.map(({ startMs, lengthMs }) =>
        heard.dominant(frequencies, startMs, startMs + lengthMs),
      );
      expect(inOrder).toEqual(frequencies);
      const shares = sounds.map(({ lengthMs }, i) => lengthMs / (clips[i]?.lengthMs ?? Number.NaN));
      expect(Math.min(...shares)).toBeGreaterThanOrEqual(0.98);
      // Lossy codecs ring a little before and after; more would be a stutter.
      expect(
        Math.max(...sounds.map(({ lengthMs }, i) => lengthMs - (clips[i]?.lengthMs ?? 0))),
      ).toBeLessThan(20);
    });

    it('loses no more than libvlc itself loses of opus and m4a, which is why short ones are played decoded', async () => {
      const libvlcLossMsMax = 25;
      const clips = await makeTones(
        stage.room.dir,
        (['opus', 'm4a'] as const).map((format) => ({ frequencyHz: 1000, lengthMs: 650, format })),
      );
      const lengths = (await playAll(clips)).sounds().map(({ lengthMs }) => lengthMs);
      expect(lengths).toHaveLength(2);
      expect(Math.min(...lengths)).toBeGreaterThan(650 - libvlcLossMsMax);
    });

    it('is as loud as its gain says', async () => {
      const clip = await makeTone(stage.room.dir, {
        frequencyHz: 1000,
        lengthMs: 200,
        amplitude: 0.5,
      });
      const heard = await record(async () => {
        for (const gainDb of [0, -6.02, -20]) await playToEnd(clip, gainDb);
      });
      const peaks = heard.sounds().map(({ peak }) => peak);
      expect(peaks).toHaveLength(3);
      [0.5, 0.25, 0.05].forEach((peak, i) => expect(peaks[i]).toBeCloseTo(peak, 2));
    });

    it('reports its start with the latency, and its end with what was heard', async () => {
      const clip = await makeTone(stage.room.dir, { frequencyHz: 1000, lengthMs: 300 });
      const { play_id, command_id } = stage.room.play(clip);
      const started = await stage.room.report(
        'voice_started',
        (report) => report.play_id === play_id,
      );
      const ended = await stage.room.report('voice_ended', (report) => report.play_id === play_id);
      expect(started.command_id).toBe(command_id);
      expect(started.latency_ms).toBeGreaterThan(0);
      expect(started.latency_ms).toBeLessThan(3000);
      expect(ended).toMatchObject({ reason: 'finished', heard_ms: 300 });
    });
  });
});

describe.concurrent('several voices', () => {
  onStage(heardAgain, (stage) => {
    const { record } = stage;
    it('are mixed', async () => {
      const low = await makeTone(stage.room.dir, {
        frequencyHz: 400,
        lengthMs: 800,
        amplitude: 0.25,
      });
      const high = await makeTone(stage.room.dir, {
        frequencyHz: 1500,
        lengthMs: 800,
        amplitude: 0.25,
      });
      const heard = await record(async () => {
        const first = stage.room.play(low);
        await stage.room.report('voice_started', (report) => report.play_id === first.play_id);
        const second = stage.room.play(high);
        await stage.room.over([first.play_id, second.play_id]);
      });
      const [sound, ...more] = heard.sounds();
      expect(more).toEqual([]);
      const middle = (sound?.startMs ?? 0) + (sound?.lengthMs ?? 0) / 2;
      for (const frequencyHz of [400, 1500])
        expect(heard.level(frequencyHz, middle - 50, middle + 50)).toBeCloseTo(0.25, 1);
    });

    it('never clip: 16 loud ones stay under the ceiling of -1 dBTP', async () => {
      const tones = Array.from({ length: 16 }, (_, i) => ({
        frequencyHz: 200 + 37 * i,
        lengthMs: 700,
        amplitude: 0.9,
      }));
      const clips = await makeTones(stage.room.dir, tones);
      const heard = await record(() =>
        stage.room.over(clips.map((clip) => stage.room.play(clip).play_id)),
      );
      expect(heard.peak()).toBeGreaterThan(0.7);
      expect(heard.peak()).toBeLessThan(0.9);
    });

    it('are at most 32: the 33rd fades out the oldest', async () => {
      const tones = Array.from({ length: 33 }, (_, i) => ({
        frequencyHz: 300 + 60 * i,
        lengthMs: 8000,
        amplitude: 0.025,
      }));
      const clips = await makeTones(stage.room.dir, tones);
      let ids: string[] = [];
      const heard = await record(async () => {
        ids = clips.slice(0, 32).map((clip) => stage.room.play(clip).play_id);
        for (const id of ids)
          await stage.room.report('voice_started', ({ play_id }) => play_id === id);
        await sleep(300);
        ids.push(stage.room.play(clips[32] as Clip).play_id);
        await stage.room.report('voice_started', ({ play_id }) => play_id === ids[32]);
        await sleep(500);
        stage.room.stop();
        await stage.room.over(ids);
      });
      const ended = await stage.room.report('voice_ended', ({ play_id }) => play_id === ids[0]);
      expect(ended.reason).toBe('voice_limit');
      const last = heard.sounds({ threshold: 0.05 }).at(-1);
      const end = (last?.startMs ?? 0) + (last?.lengthMs ?? 0);
      const levels = clips.map(({ frequencyHz }) => heard.level(frequencyHz, end - 350, end - 50));
      expect(levels[0]).toBeLessThan(0.005);
      expect(Math.min(...levels.slice(1))).toBeGreaterThan(0.02);
    });
  });
});

/** The largest buffer: with less in it nothing would wait that a press could join. */
const waitsLong = { ...heardAgain, room: { env: { PLAYER_BUFFER_MS: '200' } } };

describe.concurrent('a press beside music', () => {
  onStage(waitsLong, (stage) => {
    const { jukebox, record } = stage;
    const toneMs = 120;

    /** What is heard beside the track, and from where on: the recording less the track. */
    const beside = (heard: Recording, track: NoiseTrack): Recording => {
      const atMs = 200 + (heard.sounds()[0]?.startMs ?? Number.NaN);
      const { positionMs, likeness } = placeOf(heard, atMs, track);
      expect(likeness).toBeGreaterThan(0.99);
      const rest = new Recording();
      const pcm = Buffer.alloc(track.samples.length * 4);
      heard.samples(atMs - positionMs, atMs - positionMs + track.lengthMs).forEach((sample, i) => {
        const other = Math.round((sample - (track.samples[i] ?? 0)) * 32_768);
        pcm.writeInt16LE(other, i * 4);
        pcm.writeInt16LE(other, i * 4 + 2);
      });
      rest.append(pcm, 0);
      return rest;
    };

    it('joins what waits at the sound server: each is heard once, and nothing of the music moves', async () => {
      const amplitude = 0.25;
      const track = await makeNoise(stage.room.dir, { seed: 8, lengthMs: 3000, amplitude });
      const tones = await makeTones(
        stage.room.dir,
        [1000, 2000, 3000, 4000, 5000].map((frequencyHz) => ({
          frequencyHz,
          lengthMs: toneMs,
          amplitude,
        })),
      );
      const heard = await record(async () => {
        const id = jukebox.play(track);
        await jukebox.reaches(id, 300);
        for (const tone of tones) {
          const { play_id } = stage.room.play(tone, { ducks: 'none' });
          await stage.room.over([play_id]);
          await sleep(2 * toneMs);
        }
        await jukebox.ended(id);
      });

      const rest = beside(heard, track);
      const sounds = rest.sounds();
      const frequencies = tones.map(({ frequencyHz }) => frequencyHz);
      const inOrder = sounds.map(({ startMs, lengthMs }) =>
        rest.dominant(frequencies, startMs, startMs + lengthMs),
      );
      expect(inOrder).toEqual(frequencies);
      // On a machine that is too slow for it one begins late; none goes on for longer.
      for (const { lengthMs } of sounds) expect(lengthMs).toBeLessThan(toneMs + 1);
    });
  });
});

describe.concurrent('a stop', () => {
  onStage(heardAgain, (stage) => {
    const { record } = stage;
    it('of everything is followed by silence', async () => {
      const clips = await makeTones(
        stage.room.dir,
        [300, 500, 700].map((frequencyHz) => ({ frequencyHz, lengthMs: 3000 })),
      );
      const heard = await record(async () => {
        const ids = clips.map((clip) => stage.room.play(clip).play_id);
        for (const id of ids)
          await stage.room.report('voice_started', ({ play_id }) => play_id === id);
        await sleep(300);
        stage.room.stop();
        await stage.room.over(ids);
        await sleep(500);
      });
      const [sound, ...more] = heard.sounds();
      expect(more).toEqual([]);
      expect(sound?.lengthMs).toBeLessThan(2000);
      expect(heard.lengthMs - (sound?.startMs ?? 0) - (sound?.lengthMs ?? 0)).toBeGreaterThan(300);
    });

    it('with a fade gets quieter evenly', async () => {
      const clip = await makeTone(stage.room.dir, {
        frequencyHz: 1000,
        lengthMs: 4000,
        amplitude: 0.8,
      });
      const heard = await record(async () => {
        const { play_id } = stage.room.play(clip);
        await stage.room.report('voice_started', (report) => report.play_id === play_id);
        await sleep(300);
        stage.room.stop(play_id, 1000);
        await stage.room.over([play_id]);
      });
      const sound = heard.sounds().at(-1);
      const end = (sound?.startMs ?? 0) + (sound?.lengthMs ?? 0);
      const peakBefore = (ms: number): number => heard.peak(end - ms - 5, end - ms + 5);
      expect(peakBefore(1100)).toBeCloseTo(0.8, 1);
      expect(peakBefore(750)).toBeCloseTo(0.6, 1);
      expect(peakBefore(500)).toBeCloseTo(0.4, 1);
      expect(peakBefore(250)).toBeCloseTo(0.2, 1);
    });

    it('of one voice leaves the others', async () => {
      const one = await makeTone(stage.room.dir, { frequencyHz: 400, lengthMs: 1500 });
      const other = await makeTone(stage.room.dir, { frequencyHz: 1500, lengthMs: 1500 });
      const stopped = stage.room.play(one);
      const kept = stage.room.play(other);
      await stage.room.report('voice_started', ({ play_id }) => play_id === stopped.play_id);
      await stage.room.report('voice_started', ({ play_id }) => play_id === kept.play_id);
      stage.room.stop(stopped.play_id);
      expect(
        await stage.room.report('voice_ended', ({ play_id }) => play_id === stopped.play_id),
      ).toMatchObject({ reason: 'stopped' });
      expect(
        await stage.room.report('voice_ended', ({ play_id }) => play_id === kept.play_id),
      ).toMatchObject({ reason: 'finished', heard_ms: 1500 });
    });
  });
});
