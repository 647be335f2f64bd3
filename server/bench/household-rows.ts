import { atMost, median, p95, p99, quantile, type Row } from './bench.ts';
import type { HeardPresses } from './household-load.ts';

/** Goals over the floor of the same sink, at the median and at p95. */
const overFloorMs = { median: 15, p95: 40 };

/** What one busy minute was like. */
export type Minute = HeardPresses & { lagMs: number; serverMiB: number; playerMiB: number };

export const pressRows = (minutes: readonly Minute[]): Row[] => {
  const floor = minutes.flatMap(({ floorMs }) => floorMs);
  const doors = [...(minutes[0]?.latenciesMs.keys() ?? [])];
  const over = (name: string, samples: readonly number[]): Row => ({
    name: `${name} → first audible sample, over the floor`,
    unit: 'ms',
    median: median(samples) - median(floor),
    p95: p95(samples) - p95(floor),
  });
  const of = (door: string) => minutes.flatMap(({ latenciesMs }) => latenciesMs.get(door) ?? []);
  const all = doors.flatMap(of);
  const whole = over(`all ${all.length} presses`, all);
  const { median: middle, p95: late = Infinity } = whole;
  const text = `+ ${overFloorMs.median} / + ${overFloorMs.p95} ms`;
  return [
    { ...whole, goal: { text, met: middle <= overFloorMs.median && late <= overFloorMs.p95 } },
    { name: 'the same at p99', unit: 'ms', median: p99(all) - p99(floor) },
    ...doors.map((door) => over(door, of(door))),
  ];
};

export const number = (name: string, value: number): Row => ({
  name,
  unit: 'number',
  median: value,
  goal: atMost(0, value),
});

export const boxRows = (minutes: readonly Minute[], cores: number): Row[] => {
  const sum = (of: (minute: Minute) => number) => minutes.reduce((all, one) => all + of(one), 0);
  const memory = (name: string, samples: readonly number[]): Row => ({
    name: `${name}, most of it against the first minute`,
    unit: 'MiB',
    median: Math.max(...samples),
    ratio: Math.max(...samples) / (samples[0] ?? Number.NaN),
  });
  const lags = minutes.map((minute) => minute.lagMs);
  return [
    number(
      'presses refused',
      sum(({ refused }) => refused.length),
    ),
    number(
      'presses lost: taken and not heard',
      sum(({ lost }) => lost),
    ),
    number(
      'dropouts of the music',
      sum(({ dropouts }) => dropouts),
    ),
    {
      name: 'event loop of the server, p99 of a minute, its timer’s 10 ms included',
      unit: 'ms',
      median: median(lags),
      p95: quantile(lags, 1),
    },
    { name: 'server', unit: '% of a core', median: cores * 100 },
    memory(
      'server',
      minutes.map(({ serverMiB }) => serverMiB),
    ),
    memory(
      'player',
      minutes.map(({ playerMiB }) => playerMiB),
    ),
  ];
};
