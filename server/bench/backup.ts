import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openRawStream } from '../adapters/vlc/testing/raw-stream.ts';
import type { BackupsState } from '../backups/contract.ts';
import { startRealHouse, type RealHouse } from '../testing/real-house.ts';
import { sineWav } from '../testing/sine-wav.ts';
import { median, p95, quantile, timed, type Bench, type Row } from './bench.ts';
import { fillHouse } from './full-house.ts';
import { hear, stereo, type Heard, type Way } from './hearing.ts';
import { onDisk } from './plays.ts';
import { httpDoor } from './press-doors.ts';
import { coreShare, memoryMiB } from './resources.ts';

const eventsWanted = 1_000_000;
const clipName = 'Clip';
const clipMs = 220;
const floorStreamMs = 20;
const quietRounds = 40;
const lookEveryMs = 500;
/** What a server does with a log that it has not seen is over. */
const restPercentMax = 5;
/** Of the press, as without a backup. */
const overFloorMs = { median: 15, p95: 40 };

const startIn = (dir: string): Promise<RealHouse> =>
  startRealHouse({
    dir,
    env: { BACKUP_AT: 'off' },
    fill(soundsDir) {
      const file = join(soundsDir, 'originals', 'soundboard', `${clipName}.wav`);
      if (!existsSync(file)) writeFileSync(file, sineWav(1000, clipMs));
    },
  });

/** Presses for as long as `goesOn`: how soon each was acknowledged, and heard beside the floor. */
const pressing = async (
  house: RealHouse,
  token: string,
  soundId: string,
  goesOn: (rounds: number) => boolean,
) => {
  const stream = await openRawStream(house.sink, floorStreamMs);
  const pcm = stereo(sineWav(1000, clipMs));
  const door = httpDoor(house, token);
  const acknowledgedMs: number[] = [];
  const ways: Way[] = [
    { name: 'floor', press: () => stream.write(pcm) },
    {
      name: door.name,
      press: async () => void acknowledgedMs.push(await timed(() => door.press(soundId))),
    },
  ];
  const [floor, heard] = (await hear(house.sink, ways, clipMs, goesOn)) as [Heard, Heard];
  await stream.close();
  return { floor, heard, acknowledgedMs };
};
type Pressed = Awaited<ReturnType<typeof pressing>>;

const pressRows = (when: string, pressed: Pressed, quiet?: Pressed): Row[] => {
  const { floor, heard, acknowledgedMs } = pressed;
  const over = (share: number) =>
    quantile(heard.latenciesMs, share) - quantile(floor.latenciesMs, share);
  const [middle, high] = [over(0.5), over(0.95)];
  const unheard = heard.lost > 0 ? ` (${heard.lost} not heard)` : '';
  return [
    {
      name: `${when}: press → acknowledged, ${acknowledgedMs.length} presses`,
      unit: 'ms',
      median: median(acknowledgedMs),
      p95: p95(acknowledgedMs),
      ...(quiet ? { ratio: p95(acknowledgedMs) / p95(quiet.acknowledgedMs) } : {}),
    },
    {
      name: `${when}: press → first audible sample, over the floor${unheard}`,
      unit: 'ms',
      median: middle,
      p95: high,
      goal: {
        text: `+ ${overFloorMs.median} / + ${overFloorMs.p95} ms`,
        met: middle <= overFloorMs.median && high <= overFloorMs.p95 && heard.lost === 0,
      },
    },
  ];
};

const asking = (house: RealHouse, token: string) => async (method: string, path: string) => {
  const headers = { Authorization: `Bearer ${token}` };
  const answer = await fetch(`${house.url}/api/v1${path}`, { method, headers });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
};

const restored = async (dir: string, backups: string): Promise<number> => {
  const args = [
    join(import.meta.dirname, '..', 'cli.ts'),
    'restore',
    backups,
    '--data-dir',
    join(dir, 'restored'),
    '--sounds-dir',
    join(dir, 'restored-sounds'),
  ];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = once(child, 'exit');
  const ms = await timed(() => ended);
  if (child.exitCode !== 0) throw new Error('the backup could not be restored');
  return ms;
};

/** A backup of a million events under a house that is pressed, and back from it into an empty box. */
export const backup: Bench = {
  name: 'backup',
  run: () =>
    onDisk(async (folder) => {
      const first = await startIn(folder);
      const token = await first.apiToken(await first.setUp());
      await first.stop();
      const events = await fillHouse(join(folder, 'data', 'encore.db'), eventsWanted);
      const house = await startIn(folder);
      try {
        const ask = asking(house, token);
        const state = async () => (await ask('GET', '/admin/backups')) as BackupsState;
        const sounds = (await ask('GET', `/sounds/?q=${clipName}`)) as { items: { id: string }[] };
        const soundId = sounds.items[0]?.id ?? '';
        const server = house.pidOf('server');
        while ((await coreShare(server)) > restPercentMax);

        const quiet = await pressing(house, token, soundId, (rounds) => rounds < quietRounds);
        const memoryBefore = memoryMiB(server);
        let memoryPeak = memoryBefore;
        let running = true;
        await ask('POST', '/admin/backups');
        const end = (async () => {
          for (let now = await state(); now.running; now = await state()) {
            memoryPeak = Math.max(memoryPeak, memoryMiB(server));
            await sleep(lookEveryMs);
          }
          running = false;
        })();
        const busy = await pressing(house, token, soundId, () => running);
        await end;
        const { items, last_failure, folder: backups } = await state();
        const [taken] = items;
        if (!taken) throw new Error(last_failure?.reason ?? 'there is no backup');
        await house.interrupt();
        const restoreMs = await restored(folder, backups);
        const megabytes = taken.database_bytes / 1e6;
        return [
          {
            name: `backup of ${events} events, ${Math.round(megabytes)} MB, copied and proved`,
            unit: 's',
            median: taken.duration_ms / 1000,
          },
          ...pressRows('without one', quiet),
          ...pressRows('meanwhile', busy, quiet),
          {
            name: 'memory of the server, more than before (RSS)',
            unit: 'MiB',
            median: memoryPeak - memoryBefore,
          },
          {
            name: 'encore restore into an empty box, proved first',
            unit: 's',
            median: restoreMs / 1000,
          },
        ];
      } finally {
        await house.stop();
      }
    }),
};
