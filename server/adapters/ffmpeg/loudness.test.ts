import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { normalizedFormats } from '../../sounds/contract.ts';
import type { EncodeOptions, Loudness, Measured } from '../../sounds/loudness.ts';
import { ffmpeg, put, tempFolder, tone } from '../../sounds/testing/audio-files.ts';
import type { TempFolder } from '../../sounds/testing/audio-files.ts';
import { createMediaTools, createRunChild } from './index.ts';
import { parseSummary, parseSummaryOf } from './loudness-summary.ts';

const media = createMediaTools(undefined, createRunChild([]));
let folder: TempFolder;
const at = (name: string) => join(folder.path, name);

beforeAll(async () => {
  folder = await tempFolder();
});
afterAll(() => folder[Symbol.asyncDispose]());

const measure = async (path: string, channels = 2, padded = false): Promise<Measured> => {
  const measured = await media.measure(path, { duration_ms: 1000, channels, padded });
  if (!measured.ok) throw new Error(measured.reason);
  return measured;
};

describe('the loudness of a file', () => {
  it('is that of the file as stored: mono counts as one channel', async () => {
    const mono = await tone(at('mono.wav'), { seconds: 2, hertz: 997, channels: 1 });
    const both = at('both.wav');
    await ffmpeg('-i', mono, '-af', 'pan=stereo|c0=c0|c1=c0', both);
    const [one, two] = [await measure(mono, 1), await measure(both)];
    // Half of full scale; a sine at full scale has -3 LUFS in one channel.
    expect([one.integrated_lufs, two.integrated_lufs]).toEqual([-9, -6]);
    expect(one).toMatchObject({ duration_ms: 2000, true_peak_dbtp: -6 });
  });

  it('is the same for a clip of one gating block and for a long one', async () => {
    const [long, block, half] = [5, 0.4, 0.2].map((seconds) =>
      tone(at(`${seconds}.wav`), { seconds, hertz: 997 }),
    );
    const reference = (await measure((await long) as string)).integrated_lufs;
    expect((await measure((await block) as string)).integrated_lufs).toBeCloseTo(reference, 1);
    // Half a block has half the power of a block.
    const short = (await measure((await half) as string)).integrated_lufs;
    expect(reference - short).toBeCloseTo(3, 0);
  });

  it('is none for silence and none for numbers that are no numbers', async () => {
    await ffmpeg('-f', 'lavfi', '-i', 'anullsrc=d=1', at('silence.wav'));
    expect(await measure(at('silence.wav'))).toMatchObject({
      integrated_lufs: -Infinity,
      true_peak_dbtp: -Infinity,
    });
    await ffmpeg('-f', 'lavfi', '-i', 'sine=d=1', '-c:a', 'pcm_f32le', at('nan.wav'));
    const bytes = await readFile(at('nan.wav'));
    bytes.writeFloatLE(Number.NaN, bytes.indexOf('data') + 8 + 4000);
    const broken = await measure(await put(at('nan.wav'), bytes), 1);
    expect(Number.isFinite(broken.integrated_lufs)).toBe(false);
  });

  it('is found with silence behind it where the sound lies in the last part of a block', async () => {
    const late = `aevalsrc='if(gt(t,0.42),0.5*sin(2000*t),0)':d=0.47:s=48000`;
    await ffmpeg('-f', 'lavfi', '-i', late, at('late.wav'));
    expect((await measure(at('late.wav'), 1)).integrated_lufs).toBe(-Infinity);
    expect((await measure(at('late.wav'), 1, true)).integrated_lufs).toBeCloseTo(-18.8, 0);
  });

  it('comes with the decoded copy, the very one that decoding makes', async () => {
    for (const channels of [1, 2]) {
      const path = await tone(at(`copied ${channels}.mp3`), { channels });
      const copy = at(`measured ${channels}.wav`);
      await media.measure(path, { duration_ms: 500, channels, wav: { path: copy } });
      await media.decodeToWav(path, at('decoded.wav'), { channels });
      expect((await readFile(copy)).equals(await readFile(at('decoded.wav')))).toBe(true);
    }
    expect((await readdir(folder.path)).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('is not asked of playlists, damaged files, or files that are not there', async () => {
    const options = { duration_ms: 500, channels: 2, wav: { path: at('never.wav') } };
    const playlist = await put(at('list.mp3'), '#EXTM3U\nhttp://127.0.0.1/a.mp3\n');
    expect(await media.measure(playlist, options)).toMatchObject({ ok: false, code: 'playlist' });
    const text = await put(at('text.mp3'), 'not a sound at all '.repeat(100));
    const failed = await media.measure(text, options);
    expect(failed).toMatchObject({ ok: false });
    expect(failed.ok || failed.last_words).toMatch(/\[error\]/);
    expect(await media.measure(at('nowhere.mp3'), options)).toMatchObject({ code: 'unreadable' });
    expect(existsSync(at('never.wav'))).toBe(false);
  });

  it('is that of each file where several are measured together, with its own copy', async () => {
    const jobs = [];
    const alone = [];
    for (const [index, name] of ['first.mp3', 'second.wav', 'third.ogg'].entries()) {
      const channels = index === 1 ? 1 : 2;
      const made = { seconds: 0.5 + index, hertz: 300 + 400 * index, channels };
      const path = await tone(at(name), { ...made, args: ['-af', `volume=-${index * 6}dB`] });
      const options = { duration_ms: 3000, channels };
      const own = { path: at(`${name} alone.wav`) };
      alone.push(await media.measure(path, { ...options, wav: own }));
      jobs.push({ path, options: { ...options, wav: { path: at(`${name} together.wav`) } } });
    }
    expect(await media.measureTogether(jobs)).toEqual(alone);
    expect(new Set(alone.map((one) => one.ok && one.integrated_lufs)).size).toBe(3);
    for (const { path } of jobs) {
      const [one, other] = [`${path} alone.wav`, `${path} together.wav`];
      expect((await readFile(one)).equals(await readFile(other))).toBe(true);
    }
  });

  it('is asked for one by one where a file among several is damaged', async () => {
    const options = { duration_ms: 500, channels: 2 };
    const good = { path: await tone(at('good.mp3')), options };
    const bad = { path: await put(at('bad.mp3'), 'not a sound at all '.repeat(100)), options };
    expect(await media.measureTogether([good, bad])).toBeUndefined();
    expect(await media.measureTogether([good, good])).toMatchObject([{ ok: true }, { ok: true }]);
  });

  it('is not taken from what a file says of itself', () => {
    const said = 'title: Summary:\n  I: -23.0 LUFS\nTrue peak:\n  Peak: -9.0 dBFS\n';
    const truth = `[x] [info] Summary:\n\n  Integrated loudness:\n    I:         -14.2 LUFS\n    Threshold: -24.3 LUFS\n\n  Loudness range:\n    LRA:         3.1 LU\n    Threshold: -34.2 LUFS\n\n  True peak:\n    Peak:        0.4 dBFS`;
    expect(parseSummary(said + truth)).toEqual({
      integrated_lufs: -14.2,
      threshold_lufs: -24.3,
      range_lu: 3.1,
      true_peak_dbtp: 0.4,
    });
    expect(parseSummary('nothing of the kind')).toBeUndefined();
    const lie = truth.replace('[x]', '[ebur128@a @ 0x1]').replace('-14.2', '-23.0');
    const own = truth.replace('[x]', '[ebur128@a @ 0x2]');
    const other = truth.replace('[x]', '[ebur128@b @ 0x3]').replace('-14.2', '-30.0');
    const words = [lie, own, other].join('\n');
    expect(parseSummaryOf(words, 'ebur128@a')?.integrated_lufs).toBe(-14.2);
    expect(parseSummaryOf(words, 'ebur128@b')?.integrated_lufs).toBe(-30);
    expect(parseSummaryOf(words, 'ebur128@c')).toBeUndefined();
  });
});

describe('an encode', () => {
  const measured: Loudness = {
    integrated_lufs: -9,
    true_peak_dbtp: -6,
    range_lu: 0,
    threshold_lufs: -19,
  };
  const options: EncodeOptions = {
    levelling: { kind: 'linear', measured, gain_db: -14 },
    correction_db: 0,
    format: 'wav',
    bitrate_kbps: 256,
    channels: 2,
    sample_rate: 48_000,
    duration_ms: 4000,
  };

  it('is linear for a steady tone, a wide range and what is louder than full scale', async () => {
    const path = await tone(at('linear.wav'), { seconds: 4 });
    const kinds: readonly Partial<Loudness>[] = [{}, { range_lu: 25 }, { integrated_lufs: 2 }];
    for (const [index, kind] of kinds.entries()) {
      const levelling = {
        kind: 'linear',
        measured: { ...measured, ...kind },
        gain_db: -14,
      } as const;
      const out = at(`linear ${index}.wav`);
      expect(await media.encode(path, out, { ...options, levelling })).toMatchObject({ ok: true });
      const before = await measure(path);
      expect((await measure(out)).integrated_lufs).toBeCloseTo(before.integrated_lufs - 14, 0);
    }
  });

  it('of several together writes each as it would alone', async () => {
    const levellings = [
      { kind: 'gain', gain_db: -10 },
      { kind: 'linear', measured, gain_db: -14 },
    ] as const;
    const jobs = [];
    for (const [index, levelling] of levellings.entries()) {
      const path = await tone(at(`several ${index}.wav`), { seconds: 4, hertz: 300 + index });
      jobs.push({ path, outPath: at(`together ${index}.wav`), options: { ...options, levelling } });
    }
    const alone = jobs.map((job, index) =>
      media.encode(job.path, at(`alone ${index}.wav`), job.options),
    );
    expect(await media.encodeTogether(jobs)).toEqual(await Promise.all(alone));
    for (const index of [0, 1]) {
      const [one, other] = [at(`alone ${index}.wav`), at(`together ${index}.wav`)];
      expect((await readFile(one)).equals(await readFile(other))).toBe(true);
    }
    const damaged = { ...jobs[0]!, path: await put(at('hurt.wav'), 'no sound '.repeat(100)) };
    expect(await media.encodeTogether([jobs[1]!, damaged])).toBeUndefined();
  });

  it('adds its correction as one gain', async () => {
    const path = await tone(at('corrected.wav'), { seconds: 1 });
    const levelling = { kind: 'gain', gain_db: -10 } as const;
    await media.encode(path, at('out.wav'), { ...options, levelling, correction_db: -3 });
    const [before, after] = [await measure(path), await measure(at('out.wav'))];
    expect(before.true_peak_dbtp - after.true_peak_dbtp).toBeCloseTo(13, 0);
  });

  it.each(normalizedFormats)('writes %s from mono, surround and any rate', async (format) => {
    const levelling = { kind: 'gain', gain_db: -6 } as const;
    const sources = [
      { channels: 1, rate: 8000 },
      { channels: 2, rate: 44_100 },
      { channels: 6, rate: 96_000 },
    ];
    for (const { channels, rate } of sources) {
      const path = await tone(at(`${channels}.flac`), { channels, args: ['-ar', String(rate)] });
      const out = at(`out ${channels}.${format}`);
      const encoded = await media.encode(path, out, {
        ...options,
        levelling,
        format,
        channels,
        sample_rate: rate,
      });
      const probed = await media.probe(out);
      if (!encoded.ok || !probed.ok) throw new Error(JSON.stringify([encoded, probed]));
      expect(encoded).toMatchObject({
        channels: Math.min(channels, 2),
        sample_rate: probed.sample_rate,
        demuxer: probed.demuxer,
      });
      expect(probed.channels).toBe(Math.min(channels, 2));
      expect(Math.abs(probed.duration_ms - 500)).toBeLessThan(60);
    }
  });

  it('says what was wrong, and ends when it is cancelled', async () => {
    const levelling = { kind: 'dynamic', target_lufs: -23 } as const;
    const text = await put(at('broken.mp3'), 'not a sound at all '.repeat(100));
    const failed = await media.encode(text, at('x.wav'), { ...options, levelling });
    expect(failed).toMatchObject({ ok: false });
    const long = await tone(at('long.wav'), { seconds: 60 });
    const cancelling = new AbortController();
    const encoding = media.encode(long, at('y.wav'), { ...options, levelling }, cancelling.signal);
    cancelling.abort(new Error('enough'));
    await expect(encoding).rejects.toThrow('enough');
  });
});
