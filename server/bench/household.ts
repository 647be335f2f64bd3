import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startMediaServer } from '../testing/media-server.ts';
import { sineWav } from '../testing/sine-wav.ts';
import { atMost, median, type Bench, type Row } from './bench.ts';
import { offer } from './extractions.ts';
import { extractionEnd, loopDelayMs } from './house-calls.ts';
import {
  fillClips,
  openPressing,
  openScreens,
  type HeardPresses,
  type Pressing,
  type Screens,
} from './household-load.ts';
import { boxRows, number, pressRows, type Minute } from './household-rows.ts';
import { openJukeboxHouse, type JukeboxHouse } from './jukebox-house.ts';
import { cpuSeconds, memoryMiB } from './resources.ts';

const screens = 8;
const minuteMs = 60_000;
const soundsPerScan = 20;
const lagMsMax = 20;
const commands = { perSecond: 20, seconds: 20 };

/** What goes on beside the presses: a link becomes a sound, and new files are found. */
const chores = async (box: JukeboxHouse, minute: number, url: string) => {
  const folder = join(box.house.dir, 'sounds', 'originals', 'soundboard');
  for (let sound = 0; sound < soundsPerScan; sound++) {
    const wav = sineWav(300, 300);
    wav.writeUInt32LE(minute * soundsPerScan + sound, 44);
    writeFileSync(join(folder, `found ${minute} ${sound}.wav`), wav);
  }
  const { id } = await box.call('POST', '/extractions/', { url });
  await box.call('POST', '/sounds/scan');
  await extractionEnd(box.call, String(id));
};

const minuteWords = ({ latenciesMs, floorMs, pressed, lost, dropouts }: HeardPresses): string => {
  const over = median([...latenciesMs.values()].flat()) - median(floorMs);
  return `${pressed} presses, ${over.toFixed(0)} ms over the floor, ${lost} lost, ${dropouts} dropouts`;
};

/** What the box said itself where something went wrong. */
const warnings = (output: string): string[] =>
  output.split('\n').filter((line) => /\b(WARN|ERROR|FATAL)\b|"level":[456]0/.test(line));

const busyMinutes = async (
  box: JukeboxHouse,
  pressing: Pressing,
  urls: readonly string[],
  ms: number,
): Promise<Minute[]> => {
  const minutes: Minute[] = [];
  for (const [minute, url] of urls.entries()) {
    await loopDelayMs(box.house);
    const working = chores(box, minute, url);
    const heard = await pressing.pressFor(Math.min(minuteMs, ms - minute * minuteMs));
    await working;
    const [server, player] = [box.house.pidOf('server'), box.house.pidOf('player')];
    minutes.push({
      ...heard,
      lagMs: (await loopDelayMs(box.house)) ?? Number.NaN,
      serverMiB: memoryMiB(server),
      playerMiB: memoryMiB(player),
    });
    console.log(`  minute ${minute + 1} of ${urls.length}: ${minuteWords(heard)}`);
  }
  return minutes;
};

/** Commands at an even pace and nothing else: what the event loop makes of them. */
const lagRow = async (box: JukeboxHouse): Promise<Row> => {
  const { items } = (await box.call('GET', '/sounds/?limit=1')) as { items: { id: string }[] };
  const path = `/sounds/${items[0]?.id}/favourite`;
  const total = commands.perSecond * commands.seconds;
  await sleep(1000);
  await loopDelayMs(box.house);
  const running: Promise<unknown>[] = [];
  const start = performance.now();
  for (let sent = 0; sent < total; sent++) {
    running.push(box.call(sent % 2 === 0 ? 'POST' : 'DELETE', path));
    await sleep(Math.max(0, start + ((sent + 1) * 1000) / commands.perSecond - performance.now()));
  }
  await Promise.all(running);
  const lag = (await loopDelayMs(box.house)) ?? Number.NaN;
  return {
    name: `event loop, p99, ${commands.perSecond} commands a second, its timer’s 10 ms included`,
    unit: 'ms',
    median: lag,
    goal: atMost(lagMsMax, lag, ' ms'),
  };
};

const measured = async (box: JukeboxHouse, urls: readonly string[], ms: number): Promise<Row[]> => {
  // Clips and music are heard apart, and nothing but a dropout makes the music quiet.
  await box.call('PATCH', '/admin/settings', { ducking_depth_db: 0 });
  const watching: Screens = await openScreens(box, screens);
  const pressing = await openPressing(box);
  await box.load('tone 1', 'loop_one');
  await box.call('POST', '/player/play/0');
  await sleep(2000);
  const server = box.house.pidOf('server');
  const [usedBefore, start] = [cpuSeconds(server), performance.now()];
  const minutes = await busyMinutes(box, pressing, urls, ms);
  if (minutes.some(({ lost, dropouts }) => lost + dropouts > 0))
    for (const line of warnings(box.house.output())) console.log(`  ${line}`);
  const cores = (cpuSeconds(server) - usedBefore) / ((performance.now() - start) / 1000);
  await pressing.close();
  await box.call('POST', '/player/stop');
  await sleep(1000);
  const missed = watching.missed();
  const lag = await lagRow(box);
  watching.close();
  const { total } = await box.call('GET', '/extractions/?status=completed');
  return [
    ...pressRows(minutes),
    ...boxRows(minutes, cores),
    number(`messages that one of ${screens} screens missed`, missed),
    number(`of ${urls.length} links not extracted`, urls.length - Number(total)),
    lag,
  ];
};

/**
 * A house in which a lot goes on at once: five presses a second at four doors, screens that watch,
 * music, and in each minute a link that is extracted and a scan that finds new sounds.
 */
export const household: Bench = {
  name: 'household',
  async run({ minutes }) {
    await using web = await startMediaServer();
    const urls = await offer(web, Math.ceil(minutes));
    const box = await openJukeboxHouse({ EXTRACTION_ALLOW_PRIVATE_HOSTS: '127.0.0.1' }, fillClips);
    try {
      return await measured(box, urls, minutes * minuteMs);
    } finally {
      await box.house.stop();
    }
  },
};
