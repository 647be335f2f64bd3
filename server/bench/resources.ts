import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startRealHouse } from '../testing/real-house.ts';
import { sineWav } from '../testing/sine-wav.ts';
import { atMost, median, p95, type Bench, type Row } from './bench.ts';
import { httpDoor } from './press-doors.ts';

const voices = 32;
const clipMs = 12_000;
const watchMs = 5000;
const stops = 5;
const ticksPerSecond = 100;

/** Resident memory of a process. */
export const memoryMiB = (pid: number): number => {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]) / 1024;
};

/** What a process has used of all cores so far. */
export const cpuSeconds = (pid: number): number => {
  // The second field is the program's name in brackets and may hold spaces.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
};

/** CPU of a process over some seconds, in % of one core. */
export const coreShare = async (pid: number): Promise<number> => {
  const [before, at] = [cpuSeconds(pid), performance.now()];
  await sleep(watchMs);
  return ((cpuSeconds(pid) - before) / ((performance.now() - at) / 1000)) * 100;
};

/** Memory of both processes at rest, what 32 voices cost, and how soon a stop is silence. */
export const resources: Bench = {
  name: 'resources',
  async run() {
    const house = await startRealHouse({
      fill(soundsDir) {
        for (let index = 0; index < voices; index++) {
          const file = join(soundsDir, 'originals', 'soundboard', `Long ${index}.wav`);
          writeFileSync(file, sineWav(300 + 40 * index, clipMs));
        }
      },
    });
    try {
      const token = await house.apiToken(await house.setUp());
      const headers = { Authorization: `Bearer ${token}` };
      const answer = await fetch(`${house.url}/api/v1/sounds/catalogue`, { headers });
      const { items } = (await answer.json()) as { items: { id: string }[] };
      const door = httpDoor(house, token);
      const playAll = () => Promise.all(items.map(({ id }) => door.press(id)));
      const stop = () => fetch(`${house.url}/api/v1/sounds/stop`, { method: 'POST', headers });
      const [server, player] = [house.pidOf('server'), house.pidOf('player')];

      await sleep(watchMs);
      const rows: Row[] = [
        memoryRow('server at rest', memoryMiB(server), 150),
        memoryRow('player at rest', memoryMiB(player), 120),
        { name: 'player at rest', unit: '% of a core', median: await coreShare(player) },
      ];
      await playAll();
      await sleep(500);
      rows.push(
        { name: `player, ${voices} voices`, unit: '% of a core', median: await coreShare(player) },
        { name: `server, ${voices} voices`, unit: '% of a core', median: await coreShare(server) },
        memoryRow(`player, ${voices} voices`, memoryMiB(player), 120),
      );

      const silentAfterMs: number[] = [];
      for (let round = 0; round < stops; round++) {
        await stop();
        await sleep(500);
        const recorder = await house.sink.record();
        await playAll();
        await sleep(700);
        const at = performance.now();
        await stop();
        await sleep(400);
        const recording = await recorder.stop();
        const last = recording.sounds().at(-1);
        const endedAt = recording.startedAtMs + (last ? last.startMs + last.lengthMs : 0);
        silentAfterMs.push(endedAt - at);
      }
      rows.push({
        name: `stop of ${voices} voices → silence`,
        unit: 'ms',
        median: median(silentAfterMs),
        p95: p95(silentAfterMs),
      });
      return rows;
    } finally {
      await house.stop();
    }
  },
};

const memoryRow = (name: string, value: number, limit: number): Row => ({
  name,
  unit: 'MiB',
  median: value,
  goal: atMost(limit, value, ' MiB'),
});
