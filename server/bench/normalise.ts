import { mkdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { createRunChild, lowestPriority } from '../adapters/ffmpeg/child.ts';
import { createJobLimit } from '../sounds/job-limit.ts';
import type { NormalizationReport, Sound } from '../sounds/contract.ts';
import { startTestApp, type TestApp } from '../testing/test-app.ts';
import { atLeast, atMost, median, p95, timed, type Bench, type Row } from './bench.ts';
import { makeClips, makeCorpus } from './loudness-sounds.ts';

/** Seldom enough to cost nothing. */
const pollMs = 200;
/** Files that loudnorm looks at afterwards, at the same time. */
const metersMax = 2;
const target = 'loudnorm=I=-23:TP=-2:LRA=7';

/** What loudnorm says of a file: another meter than the one the normaliser uses. */
const analyse = async (file: string): Promise<Record<string, string>> => {
  const args = ['-nostdin', '-hide_banner', '-i', file, '-af', `${target}:print_format=json`];
  const [nice = 'nice', ...rest] = lowestPriority();
  const { stderr } = await execa(nice, [...rest, 'ffmpeg', ...args, '-f', 'null', '-']);
  return JSON.parse(stderr.slice(stderr.lastIndexOf('{'))) as Record<string, string>;
};

/** The loop that one would write in a shell, one file after the other, as politely as Encore. */
const plainLoop = async (files: readonly string[], folder: string) => {
  const run = createRunChild(lowestPriority());
  for (const file of files) {
    const said = await analyse(file);
    const measured = ['i', 'tp', 'lra', 'thresh'].map((name) => {
      const key = name === 'thresh' ? name : name.toUpperCase();
      return `measured_${key}=${said[`input_${name}`]}`;
    });
    const filter =
      said['input_i'] === '-inf' ? target : `${target}:linear=true:${measured.join(':')}`;
    const out = join(folder, `${basename(file)}.mp3`);
    const args = [
      '-nostdin',
      '-y',
      '-i',
      file,
      '-vn',
      '-af',
      filter,
      '-ar',
      '48000',
      '-b:a',
      '256k',
      out,
    ];
    await run('ffmpeg', args, { timeoutMs: 600_000, stdoutBytesMax: 0 });
  }
};

const withSounds = async <T>(
  make: (folder: string) => Promise<string[]>,
  body: (app: TestApp, files: string[]) => Promise<T>,
): Promise<T> => {
  const app = await startTestApp();
  try {
    await app.setUp();
    const files = await make(join(app.soundsDir, 'originals', 'soundboard'));
    await app.call('POST', '/sounds/scan');
    return await body(app, files);
  } finally {
    await app.stop();
  }
};

const normaliseAll = async (app: TestApp): Promise<NormalizationReport> => {
  await app.call('POST', '/sounds/normalize/all');
  for (;;) {
    const report = (await app.call('GET', '/sounds/normalize')).body;
    if (report['state'] !== 'running') return report as unknown as NormalizationReport;
    await sleep(pollMs);
  }
};

type Fact = { integrated_lufs: number; true_peak_dbtp: number; unmet: string | null };

const facts = async (app: TestApp): Promise<Fact[]> => {
  const { body } = await app.call('GET', '/admin/audit/events?type=SoundNormalized&limit=500');
  return (body['items'] as { data: Fact }[]).map(({ data }) => data);
};

const speed = () =>
  withSounds(makeClips, async (app, files): Promise<Row[]> => {
    let report: NormalizationReport | undefined;
    const ours = await timed(async () => (report = await normaliseAll(app)));
    if (report?.failed !== 0) throw new Error(JSON.stringify(report?.failures));
    const folder = join(app.dir, 'plain');
    mkdirSync(folder);
    const plain = await timed(() => plainLoop(files, folder));
    rmSync(folder, { recursive: true });
    return [
      { name: 'plain two-pass loop, 100 clips', unit: 's', median: plain / 1000 },
      {
        name: 'normalising them, measured and decoded',
        unit: 's',
        median: ours / 1000,
        ratio: plain / ours,
        goal: atLeast(1.5, plain / ours, ' ×'),
      },
    ];
  });

const truth = () =>
  withSounds(makeCorpus, async (app): Promise<Row[]> => {
    const { failed } = await normaliseAll(app);
    const written = await facts(app);
    const met = written.filter(({ unmet }) => unmet === null);
    const errors = met.map((fact) => Math.abs(fact.integrated_lufs + 23));
    const peak = Math.max(...written.map((fact) => fact.true_peak_dbtp));
    const { body } = await app.call('GET', '/sounds/?limit=500');
    const differences: number[] = [];
    const check = async (sound: Sound) => {
      // Below a gating block loudnorm has no answer.
      if (sound.normalized_filename === null || sound.duration < 500) return;
      const path = join(app.soundsDir, 'normalized', 'soundboard', sound.normalized_filename);
      const said = Number((await analyse(path))['input_i']);
      const fact = written.find((one) => 'sound_id' in one && one.sound_id === sound.id);
      if (fact) differences.push(Math.abs(said - fact.integrated_lufs));
    };
    const meters = createJobLimit(metersMax);
    await Promise.all((body['items'] as Sound[]).map((sound) => meters(() => check(sound))));
    return [
      {
        name: 'sounds normalised, of 60',
        unit: '',
        median: written.length,
        goal: atMost(0, failed, ' failed'),
      },
      { name: 'beside the target for their peaks', unit: '', median: written.length - met.length },
      {
        name: 'error of the others',
        unit: 'LU',
        median: median(errors),
        p95: p95(errors),
        goal: atMost(0.5, Math.max(...errors), ' LU'),
      },
      { name: 'highest true peak', unit: 'dBTP', median: peak, goal: atMost(-2, peak, ' dBTP') },
      {
        name: "recorded against loudnorm's own meter",
        unit: 'LU',
        median: median(differences),
        p95: p95(differences),
      },
    ];
  });

/** How fast and how true normalisation is, on the real server. */
export const normalise: Bench = {
  name: 'normalise',
  run: async () => [...(await speed()), ...(await truth())],
};
