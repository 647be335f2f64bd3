import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openRawStream } from '../adapters/vlc/testing/raw-stream.ts';
import { startRealHouse, type RealHouse } from '../testing/real-house.ts';
import { sineWav } from '../testing/sine-wav.ts';
import { atLeast, median, p95, type Bench, type Row } from './bench.ts';
import { playWithCvlc } from './cvlc.ts';
import { hear, stereo, type Heard, type Way } from './hearing.ts';
import { httpDoor, mqttDoor, socketDoor } from './press-doors.ts';

const presses = 100;
const cvlcPresses = 12;
const clipMs = 220;
/** Goals over the floor of the same sink, at the median and at p95. */
const overFloorMs = { median: 15, p95: 40 };

const floorStreamMs = 20;

const clipName = 'Clip';

/** Recordings share an unknown offset, so that only what lies over the floor is exact. */
const rowOf = (name: string, heard: Heard, floor: Heard): Row => {
  const over = {
    median: median(heard.latenciesMs) - median(floor.latenciesMs),
    p95: p95(heard.latenciesMs) - p95(floor.latenciesMs),
  };
  const unheard = heard.lost > 0 ? ` (${heard.lost} not heard)` : '';
  return {
    name: `${name} → first audible sample, over the floor${unheard}`,
    unit: 'ms',
    ...over,
    goal: {
      text: `+ ${overFloorMs.median} / + ${overFloorMs.p95} ms`,
      met: over.median <= overFloorMs.median && over.p95 <= overFloorMs.p95 && heard.lost === 0,
    },
  };
};

const shareRow = (name: string, { shares }: Heard): Row => {
  const least = Math.min(...shares) * 100;
  return {
    name: `${name}: least share of a clip that was heard`,
    unit: '%',
    median: least,
    goal: atLeast(98, least, ' %'),
  };
};

const soundIdOf = async (house: RealHouse, token: string): Promise<string> => {
  const headers = { Authorization: `Bearer ${token}` };
  const answer = await fetch(`${house.url}/api/v1/sounds/?q=${clipName}`, { headers });
  const { items } = (await answer.json()) as { items: { id: string }[] };
  return items[0]?.id ?? '';
};

/** Press to first audible sample at each door, on the recorded sink, beside its floor and VLC alone. */
export const press: Bench = {
  name: 'press',
  async run() {
    const wav = sineWav(1000, clipMs);
    const house = await startRealHouse({
      fill: (soundsDir) =>
        writeFileSync(join(soundsDir, 'originals', 'soundboard', `${clipName}.wav`), wav),
    });
    try {
      const token = await house.apiToken(await house.setUp());
      const soundId = await soundIdOf(house, token);
      const stream = await openRawStream(house.sink, floorStreamMs);
      const pcm = stereo(wav);
      const doors = [
        httpDoor(house, token),
        await socketDoor(house, token),
        await mqttDoor(house, token),
      ];
      const ways: Way[] = [
        { name: 'floor', press: () => stream.write(pcm) },
        ...doors.map((door) => ({ name: door.name, press: () => door.press(soundId) })),
      ];
      const [floor, ...heard] = (await hear(
        house.sink,
        ways,
        clipMs,
        (rounds) => rounds < presses,
      )) as [Heard, ...Heard[]];
      await stream.close();
      for (const door of doors) await door.close();
      const rows = heard.map((one, index) => rowOf(doors[index]?.name ?? '', one, floor));
      return [
        {
          name: 'floor: spread of raw PCM into an open stream',
          unit: 'ms',
          median: 0,
          p95: p95(floor.latenciesMs) - median(floor.latenciesMs),
        },
        ...rows,
        ...(await cvlcRows(house, wav, pcm, Math.max(...rows.map((row) => row.median)))),
        ...heard.map((one, index) => shareRow(doors[index]?.name ?? '', one)),
      ];
    } finally {
      await house.stop();
    }
  },
};

const cvlcRows = async (
  house: RealHouse,
  wav: Buffer,
  pcm: Buffer,
  oursOverFloorMs: number,
): Promise<Row[]> => {
  if (spawnSync('cvlc', ['--version']).error) {
    console.log('  no cvlc to compare with: apt install vlc-bin');
    return [];
  }
  const folder = join(house.dir, 'cvlc');
  mkdirSync(folder);
  const file = join(folder, 'clip.wav');
  writeFileSync(file, wav);
  for (const path of [house.dir, folder]) chmodSync(path, 0o755);
  const stream = await openRawStream(house.sink, floorStreamMs);
  const [floor, cvlc] = (await hear(
    house.sink,
    [
      { name: 'floor', press: () => stream.write(pcm) },
      { name: 'cvlc', press: () => playWithCvlc(house.sink, file) },
    ],
    clipMs,
    (rounds) => rounds < cvlcPresses,
  )) as [Heard, Heard];
  await stream.close();
  const overMs = median(cvlc.latenciesMs) - median(floor.latenciesMs);
  const ratio = (overMs + floorStreamMs) / (oursOverFloorMs + floorStreamMs);
  return [
    {
      name: `one cvlc per press, over the floor (${cvlc.lost} of ${cvlcPresses} not heard)`,
      unit: 'ms',
      median: overMs,
      p95: p95(cvlc.latenciesMs) - p95(floor.latenciesMs),
    },
    {
      name: `cvlc / our slowest door, the floor counted as its stream's ${floorStreamMs} ms`,
      unit: '×',
      median: ratio,
      goal: atLeast(5, ratio, ' ×'),
    },
  ];
};
