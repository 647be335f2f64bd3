import { describe, expect, it } from 'vitest';
import { done, type Tx } from '../kernel/command-bus.ts';
import { eventually } from '../kernel/testing/eventually.ts';
import { projectionSpec } from '../kernel/testing/projection-spec.ts';
import { specification } from '../kernel/testing/specification.ts';
import { testKernel } from '../kernel/testing/test-kernel.ts';
import { soundDecider } from './decider.ts';
import type { SoundEvent } from './events.ts';
import type { LoudnessTools } from './loudness.ts';
import { mediaFailure } from './media.ts';
import { batchDecider } from './normalisation-decider.ts';
import type { BatchEvent, SoundNormalisationEvent } from './normalisation-events.ts';
import { normalisationProjection } from './normalisation-projection.ts';
import { createNormalisationQueries } from './normalisation-queries.ts';
import { createNormalisedFiles } from './normalised-files.ts';
import { createNormaliser } from './normaliser.ts';
import { soundsProjection } from './projection.ts';
import { createSoundQueries } from './queries.ts';
import { soundsSideTables } from './side-tables.ts';

type Data<T extends string> = Extract<SoundNormalisationEvent | BatchEvent, { type: T }>['data'];

const original = {
  type: 'SDB',
  filename: 'A.wav',
  hash: 'a'.repeat(64),
  size: 1000,
  duration_ms: 1900,
  format: 'wav',
  codec: 'pcm_s16le',
  channels: 2,
  sample_rate: 48_000,
  demuxer: 'wav',
} as const;
const added: SoundEvent = {
  type: 'SoundAdded',
  data: { sound_id: 's1', name: 'A', tags: [], ...original },
};
const replaced: SoundEvent = {
  type: 'SoundFileReplaced',
  data: { sound_id: 's1', ...original, hash: 'b'.repeat(64) },
};
const file: Data<'SoundNormalized'> = {
  sound_id: 's1',
  batch_id: 'j1',
  source_hash: original.hash,
  type: 'SDB',
  filename: `${'c'.repeat(64)}.mp3`,
  hash: 'c'.repeat(64),
  size: 500,
  duration_ms: 1900,
  format: 'mp3',
  bitrate_kbps: 256,
  channels: 2,
  sample_rate: 48_000,
  demuxer: 'mp3',
  target_lufs: -23,
  integrated_lufs: -23.1,
  true_peak_dbtp: -4,
  mode: 'linear',
  unmet: null,
  source_integrated_lufs: -12,
  source_true_peak_dbtp: 0.1,
};
const normalized: SoundEvent = { type: 'SoundNormalized', data: file };
const failure: Data<'NormalizationFailed'> = {
  sound_id: 's1',
  batch_id: 'j1',
  source_hash: original.hash,
  target_lufs: -23,
  reason: 'the sound in this file is damaged',
  last_words: 'Invalid data',
};
const batch: Data<'BatchStarted'> = {
  batch_id: 'j1',
  kind: 'all',
  of: null,
  force: false,
  passes: 2,
  target_lufs: -23,
  format: 'mp3',
  bitrate_kbps: 256,
  total: 2,
};
const report: Data<'BatchFinished'> = {
  batch_id: 'j1',
  state: 'finished',
  done: 2,
  failed: 1,
  unmet: 0,
  failures: [],
};

describe('a sound', () => {
  const sound = specification(soundDecider);

  it('is normalised as often as asked', () => {
    const record = { type: 'RecordNormalized', file } as const;
    sound.given(added).when(record).thenAccepted(normalized);
    sound.given(added, normalized).when(record).thenAccepted(normalized);
  });

  it('takes nothing that was made of another original', () => {
    const refusal = { code: 'file_replaced' } as const;
    const history = sound.given(added, replaced);
    history.when({ type: 'RecordNormalized', file }).thenRefused(refusal);
    history.when({ type: 'RecordNormalizationFailed', failure }).thenRefused(refusal);
  });

  it('remembers what went wrong', () => {
    const failed: SoundEvent = { type: 'NormalizationFailed', data: failure };
    sound.given(added).when({ type: 'RecordNormalizationFailed', failure }).thenAccepted(failed);
  });

  it('loses the normalised file that it has, once', () => {
    const lose = { type: 'RecordNormalizedFileLost', hash: file.hash } as const;
    const lost: SoundEvent = {
      type: 'NormalizedFileLost',
      data: { sound_id: 's1', hash: file.hash },
    };
    sound.given(added, normalized).when(lose).thenAccepted(lost);
    sound.given(added, normalized, lost).when(lose).thenAccepted();
    sound.given(added, normalized, replaced).when(lose).thenAccepted();
    sound.given(added).when(lose).thenAccepted();
  });
});

describe('a batch', () => {
  it('begins and ends once', () => {
    const spec = specification(batchDecider);
    const started: BatchEvent = { type: 'BatchStarted', data: batch };
    const finished: BatchEvent = { type: 'BatchFinished', data: report };
    spec.given().when({ type: 'StartBatch', batch }).thenAccepted(started);
    spec.given(started).when({ type: 'StartBatch', batch }).thenAccepted();
    spec.given(started).when({ type: 'FinishBatch', report }).thenAccepted(finished);
    spec.given(started, finished).when({ type: 'FinishBatch', report }).thenAccepted();
    spec.given().when({ type: 'FinishBatch', report }).thenAccepted();
  });

  it('counts as it goes, and keeps its end and its failures', async () => {
    const spec = await projectionSpec<SoundEvent | BatchEvent>(normalisationProjection).given(
      { stream: 'sound-s1', event: added },
      { stream: 'normalization-j1', event: { type: 'BatchStarted', data: batch } },
      { stream: 'sound-s1', event: normalized },
      { stream: 'sound-s2', event: { type: 'NormalizationFailed', data: failure } },
      { stream: 'normalization-j1', event: { type: 'BatchFinished', data: report } },
      {
        stream: 'normalization-j2',
        event: { type: 'BatchStarted', data: { ...batch, batch_id: 'j2' } },
      },
    );
    spec.thenRows('SELECT job_id, total, done, failed, state FROM normalization_batches', [
      { job_id: 'j1', total: 2, done: 2, failed: 1, state: 'finished' },
      { job_id: 'j2', total: 2, done: 0, failed: 0, state: 'running' },
    ]);
    spec.thenRows('SELECT job_id, reason, said FROM normalization_failures', [
      { job_id: 'j1', reason: failure.reason, said: failure.last_words },
    ]);
    spec.thenRows('SELECT sound_id, normalized_hash FROM normalized_sounds', [
      { sound_id: 's1', normalized_hash: file.hash },
    ]);
  });

  it.each([
    ['replaced', replaced],
    ['lost', { type: 'NormalizedFileLost', data: { sound_id: 's1', hash: file.hash } }],
  ] as const)('is forgotten for a sound whose file was %s', async (_, event) => {
    const spec = await projectionSpec<SoundEvent | BatchEvent>(normalisationProjection).given(
      { stream: 'sound-s1', event: added },
      { stream: 'sound-s1', event: normalized },
      { stream: 'sound-s1', event },
    );
    spec.thenRows('SELECT * FROM normalized_sounds', []);
  });
});

const system = { actor: 'system', origin: 'system' } as const;

/** A normaliser of sounds whose files give this measurement. */
const openNormaliser = (measure: LoudnessTools['measure']) => {
  const kernel = testKernel({
    projections: [soundsProjection, normalisationProjection],
    sideTables: [soundsSideTables],
  });
  const queries = createNormalisationQueries(kernel.storage, '/sounds');
  const normaliser = createNormaliser(kernel, {
    sounds: createSoundQueries(kernel.storage, '/sounds'),
    queries,
    files: createNormalisedFiles('/sounds'),
    tools: {
      measure,
      encode: () => Promise.reject(new Error('nothing is encoded')),
      measureTogether: () => Promise.resolve(undefined),
      encodeTogether: () => Promise.resolve(undefined),
    },
    wavPath: (hash) => hash,
    settings: { format: 'mp3', bitrate_kbps: 256, passes: 2, target_lufs: -23 },
  });
  const add = (tx: Tx, sound_id: string, hash: string = original.hash) =>
    tx.decide(soundDecider, `sound-${sound_id}`, {
      type: 'AddSound',
      sound_id,
      file: { ...original, hash },
      name: sound_id,
      tags: [],
      known: false,
    });
  return { kernel, queries, normaliser, add };
};
const everything = { of: { kind: 'all' }, force: false, one_pass: false } as const;

describe('a batch that a killed server began', () => {
  it('is over at the next start, with what it had done', async () => {
    const { kernel, queries, normaliser, add } = openNormaliser(() =>
      Promise.resolve(mediaFailure('corrupt', 'it is broken')),
    );
    await kernel.bus.execute(system, (tx) => {
      tx.decide(batchDecider, 'normalization-j1', { type: 'StartBatch', batch });
      add(tx, 's1');
      tx.decide(soundDecider, 'sound-s1', { type: 'RecordNormalizationFailed', failure });
      return done(null);
    });
    expect(await normaliser.start(system, everything)).toMatchObject({ ok: false });
    await normaliser.recover();
    expect(queries.last()).toMatchObject({
      state: 'interrupted',
      done: 1,
      failed: 1,
      failures: [{ file: 'A.wav', reason: failure.reason }],
    });
    expect(await normaliser.start(system, everything)).toMatchObject({ ok: true });
    await eventually(() => queries.open().length === 0);
    await kernel.stop();
  });
});

describe('progress', () => {
  it('is told at the beginning and the end, and at most four times a second between', async () => {
    const { kernel, normaliser, add } = openNormaliser(async () => {
      kernel.clock.advance(100);
      await Promise.resolve();
      return mediaFailure('corrupt', 'it is broken');
    });
    const told: Record<string, unknown>[] = [];
    const { feed } = kernel.connect({ feed: [], reactors: [] });
    feed.subscribe({ actor: 'mira', role: 'admin' }, undefined, ({ type, data }) => {
      if (type === 'job_progress') told.push(data);
    });
    await kernel.bus.execute(system, (tx) => {
      for (let index = 0; index < 30; index += 1) {
        add(tx, `sound ${index}`, String(index).padStart(64, '0'));
      }
      return done(null);
    });
    await normaliser.start(system, everything);
    await eventually(() => told.at(-1)?.['state'] === 'finished');
    const { job_id } = told[0] ?? {};
    const job = { job: 'normalize', job_id, total: 30 };
    expect(told[0]).toEqual({ ...job, done: 0, failed: 0, state: 'running', title: 'sound 0' });
    expect(told.at(-1)).toEqual({ ...job, done: 30, failed: 30, state: 'finished', title: null });
    // Thirty files of 100 ms: three seconds.
    expect(told.length).toBeLessThanOrEqual(14);
    expect(told.length).toBeGreaterThan(3);
    await kernel.stop();
  });
});
