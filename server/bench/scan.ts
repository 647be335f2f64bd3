import { execFile } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { createMediaTools } from '../adapters/ffmpeg/index.ts';
import { openStorage } from '../kernel/storage.ts';
import { collect, tone } from '../sounds/testing/audio-files.ts';
import { libraryOnDisk } from '../sounds/testing/library-on-disk.ts';
import { mapInOrder } from '../sounds/job-limit.ts';
import { sineWav } from '../testing/sine-wav.ts';
import { atMost, timed, type Bench } from './bench.ts';
import { onDisk } from './plays.ts';

const wavFiles = 10_000;
const mp3Files = 40;
const perFolder = 500;
/** A file as old as this is not read again. */
const settleMs = 1100;
const unchangedSMax = 2;

const by = { actor: 'ann', origin: 'http' } as const;
const cores = availableParallelism();
const run = promisify(execFile);
const mb = (bytes: number) => bytes / 2 ** 20;

/** The process's own memory at its highest while the work runs, its processor time, and the event loop's delays. */
const watched = async (work: () => Promise<unknown>) => {
  let peak = 0;
  const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 20);
  const delays = monitorEventLoopDelay({ resolution: 1 });
  delays.enable();
  const used = process.cpuUsage();
  const ms = await timed(work);
  const { user, system } = process.cpuUsage(used);
  delays.disable();
  clearInterval(timer);
  const cpuS = (user + system) / 1e6;
  return { ms, cpuS, peakMb: mb(peak), delayMs: delays.percentile(99) / 1e6 };
};

/** 10,000 WAV files that are new, then unchanged; and MP3 files against ffprobe alone. */
export const scan: Bench = {
  name: 'scan',
  run: () =>
    onDisk(async (folder) => {
      const storage = openStorage(join(folder, 'encore.db'));
      const media = createMediaTools();
      const { library, originals, kernel } = await libraryOnDisk(folder, media, {
        storage,
        jobsMax: cores,
      });
      const at = (name: string) => join(originals, 'soundboard', name);
      const scanAll = async (expected: Record<string, number>) => {
        const outcome = await library.scan(by);
        if (!outcome.ok) throw new Error('the scan was cancelled');
        const counts = library.current()?.counts;
        for (const [name, count] of Object.entries(expected)) {
          if (counts?.[name as keyof typeof counts] !== count)
            throw new Error(JSON.stringify(counts));
        }
      };

      for (let number = 0; number < wavFiles; number++) {
        const name = `${Math.floor(number / perFolder)}/${number}.wav`;
        if (number % perFolder === 0) mkdirSync(at(`${number / perFolder}`));
        const wav = sineWav(440, 200);
        wav.writeUInt32LE(number, 44);
        writeFileSync(at(name), wav);
      }
      await sleep(settleMs);
      const before = mb(process.memoryUsage().rss);
      const fresh = await watched(() => scanAll({ added: wavFiles }));
      const unchanged = await watched(() => scanAll({ skipped: wavFiles }));
      const again = await watched(() => scanAll({ skipped: wavFiles }));

      rmSync(originals, { recursive: true });
      mkdirSync(at(''), { recursive: true });
      const names = Array.from({ length: mp3Files }, (_, number) => at(`${number}.mp3`));
      for (const [number, name] of names.entries()) {
        await tone(name, { hertz: 200 + number, seconds: 2 });
      }
      const floor = await timed(() =>
        collect(
          mapInOrder(names, cores, (name) => run('ffprobe', ['-v', 'error', '-show_format', name])),
        ),
      );
      const mp3 = await watched(() => scanAll({ added: mp3Files }));
      await kernel.stop();
      return [
        { name: `${wavFiles} new WAV files`, unit: 's', median: fresh.ms / 1000 },
        { name: 'processor time of it, without children', unit: 's', median: fresh.cpuS },
        { name: 'memory more than before (RSS)', unit: 'MB', median: fresh.peakMb - before },
        { name: 'event loop delay meanwhile, p99', unit: 'ms', median: fresh.delayMs },
        {
          name: `${wavFiles} unchanged files`,
          unit: 's',
          median: Math.min(unchanged.ms, again.ms) / 1000,
          p95: Math.max(unchanged.ms, again.ms) / 1000,
          goal: atMost(unchangedSMax, Math.max(unchanged.ms, again.ms) / 1000, ' s'),
        },
        { name: 'processor time of it', unit: 's', median: again.cpuS },
        { name: 'event loop delay meanwhile, p99', unit: 'ms', median: again.delayMs },
        {
          name: `ffprobe alone of ${mp3Files} MP3 files, on all cores`,
          unit: 's',
          median: floor / 1000,
        },
        {
          name: 'the same files as new sounds',
          unit: 's',
          median: mp3.ms / 1000,
          ratio: mp3.ms / floor,
        },
      ];
    }),
};
