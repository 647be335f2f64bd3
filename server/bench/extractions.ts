import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Recording } from '../adapters/vlc/testing/recording.ts';
import { tempFolder, tone } from '../sounds/testing/audio-files.ts';
import { startMediaServer, type MediaServer } from '../testing/media-server.ts';
import { atMost, median, p95, timed, type Bench, type Row } from './bench.ts';
import { hertz, openJukeboxHouse, type JukeboxHouse } from './jukebox-house.ts';

const jobs = 20;
const idleMs = 4000;
const askEveryMs = 40;
const jobsMsMax = 300_000;
const windowMs = 20;
/** Less than this share of the usual level is a hole. */
const holeShare = 0.5;

/** Links to so many files, none like another: the same content is fetched once. */
export const offer = async (web: MediaServer, jobs: number): Promise<string[]> => {
  await using folder = await tempFolder();
  const urls: string[] = [];
  for (let job = 0; job < jobs; job++) {
    const path = join(folder.path, `${job}.mp3`);
    await tone(path, { seconds: 10, hertz: 200 + 20 * job });
    const bytes = await readFile(path);
    web.on(`/jobs/${job}.mp3`, (_url, response) => {
      response.writeHead(200, { 'content-type': 'audio/mpeg', 'content-length': bytes.length });
      response.end(bytes);
    });
    urls.push(`${web.url}/jobs/${job}.mp3`);
  }
  return urls;
};

/** How long the API takes, asked again and again until `over`. */
const latencies = async ({ call }: JukeboxHouse, over: () => Promise<boolean>) => {
  const taken: number[] = [];
  while (!(await over())) {
    taken.push(await timed(() => call('GET', '/sounds/?limit=50')));
    await sleep(askEveryMs);
  }
  return taken;
};

/** Stretches in which the tone that plays all the time is not there. */
const holesIn = (heard: Recording): number => {
  const begin = (heard.sounds()[0]?.startMs ?? 0) + 200;
  const levels: number[] = [];
  for (let at = begin; at + windowMs < heard.lengthMs - 200; at += windowMs) {
    levels.push(heard.level(hertz.one, at, at + windowMs));
  }
  const least = median(levels) * holeShare;
  return levels.filter((level, at) => level < least && !((levels[at - 1] ?? 1) < least)).length;
};

/** Links are fetched, converted and levelled while music plays and people ask. */
export const extractions: Bench = {
  name: 'extractions',
  async run() {
    await using web = await startMediaServer();
    const urls = await offer(web, jobs);
    const box = await openJukeboxHouse({ EXTRACTION_ALLOW_PRIVATE_HOSTS: '127.0.0.1' });
    try {
      await box.load('tone', 'loop_one');
      await box.call('POST', '/player/play/0');
      await sleep(1000);
      const idleUntil = performance.now() + idleMs;
      const idle = await latencies(box, async () => performance.now() > idleUntil);
      const recorder = await box.house.sink.record();
      const start = performance.now();
      for (const url of urls) await box.call('POST', '/extractions/', { url });
      const working = await latencies(box, async () => {
        if (performance.now() > start + jobsMsMax) throw new Error('the jobs do not end');
        const { queued, running } = await box.call('GET', '/admin/extractions/status');
        return queued === 0 && (running as unknown[]).length === 0;
      });
      const tookS = (performance.now() - start) / 1000;
      const holes = holesIn(await recorder.stop());
      const done = await box.call('GET', '/extractions/?status=completed');
      const ratio = p95(working) / p95(idle);
      const api = { unit: 'ms', median: median(working), p95: p95(working), ratio };
      return [
        {
          name: `${Number(done['total'])} of ${jobs} links, two at a time`,
          unit: 's',
          median: tookS,
        },
        { name: 'API at rest, music plays', unit: 'ms', median: median(idle), p95: p95(idle) },
        { name: 'API meanwhile', ...api, goal: atMost(1.5, ratio, ' ×') },
        {
          name: 'holes in the music meanwhile',
          unit: 'number',
          median: holes,
          goal: atMost(0, holes),
        },
      ] satisfies Row[];
    } finally {
      await box.house.stop();
    }
  },
};
