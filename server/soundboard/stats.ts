import type { Kernel } from '../kernel/kernel.ts';
import type { HoursOfWeek, PlaysOfDay, TopSound, TopUser } from './contract.ts';
import { nobody, type HeardPlays } from './heard-plays.ts';
import { quarterMs } from './quarter-counts.ts';

export type StatsPeriod = {
  /** Milliseconds since the epoch; left out: from the first play on. */
  readonly from: number | undefined;
  /** Exclusive; left out: until now. */
  readonly to: number | undefined;
  readonly limit: number;
};

const [daysOfWeek, hoursOfDay] = [7, 24];
const hoursOfWeek = daysOfWeek * hoursOfDay;
const unreckoned = -1;

type Counted = readonly [id: string, plays: number];

/** Days are those of the house's time zone, the process's own. */
const nameOf = (day: Date): string => {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
};
const numberOf = (day: Date): number =>
  (day.getFullYear() * 12 + day.getMonth()) * 31 + day.getDate() - 1;

/** Sums over the plays that were heard, as exact as the asked period. */
export const createStats = (kernel: Kernel, heard: HeardPlays) => {
  const soundName = kernel.storage
    .prepare<[string], string>('SELECT name FROM sounds WHERE id = ?')
    .pluck();
  const userName = kernel.storage
    .prepare<[string], string>('SELECT name FROM people WHERE user_id = ?')
    .pluck();
  /** By the quarter's place: where it lies in the house's calendar, reckoned once. */
  const calendar: number[] = [];

  const slotOf = (quarter: number, place: number): number => {
    while (calendar.length <= place) calendar.push(unreckoned);
    const known = calendar[place] as number;
    if (known !== unreckoned) return known;
    const at = new Date(quarter * quarterMs);
    const monday0 = (at.getDay() + 6) % daysOfWeek;
    const slot = numberOf(at) * hoursOfWeek + monday0 * hoursOfDay + at.getHours();
    calendar[place] = slot;
    return slot;
  };

  const top = ({ from = 0, to = Infinity, limit }: StatsPeriod, by: 'sound' | 'user') => {
    const counts = heard.count(from, to, by);
    counts[nobody] = 0;
    // Only those with as many plays as the last that is asked for are worth the sorting.
    const last = counts.toSorted()[Math.max(0, counts.length - limit)] ?? 0;
    const least = Math.max(1, last);
    const counted: Counted[] = [];
    for (let place = 0; place < counts.length; place++) {
      const plays = counts[place] as number;
      if (plays >= least) counted.push([heard.idOf(place), plays]);
    }
    return counted
      .sort(([a, some], [b, others]) => others - some || (a < b ? -1 : 1))
      .slice(0, limit);
  };

  /** The last `limit` days of the period, from its first one on. */
  const daysOf = ({ to, limit }: StatsPeriod, firstMs: number): Date[] => {
    const last = new Date(Math.max(firstMs, to === undefined ? kernel.clock.now() : to - 1));
    const first = new Date(firstMs);
    const days: Date[] = [];
    for (let back = 0; days.length < limit; back++) {
      const day = new Date(last.getFullYear(), last.getMonth(), last.getDate() - back);
      if (numberOf(day) < numberOf(first)) break;
      days.push(day);
    }
    return days.toReversed();
  };

  return {
    ready: heard.ready,
    topSounds: (period: StatsPeriod): TopSound[] =>
      top(period, 'sound').map(([sound_id, plays]) => ({
        sound_id,
        name: soundName.get(sound_id) ?? '',
        plays,
      })),
    /** Plays without a user count for nobody; who was forgotten has no name. */
    topUsers: (period: StatsPeriod): TopUser[] =>
      top(period, 'user').map(([user_id, plays]) => ({
        user_id,
        name: userName.get(user_id) ?? null,
        plays,
      })),
    playsPerDay(period: StatsPeriod): PlaysOfDay[] {
      const counts = new Map<number, number>();
      let firstMs = period.from ?? Infinity;
      heard.byQuarter(period.from ?? 0, period.to ?? Infinity, (quarter, plays, place) => {
        const day = Math.floor(slotOf(quarter, place) / hoursOfWeek);
        counts.set(day, (counts.get(day) ?? 0) + plays);
        firstMs = Math.min(firstMs, quarter * quarterMs);
      });
      if (firstMs === Infinity) return [];
      return daysOf(period, firstMs).map((day) => ({
        day: nameOf(day),
        plays: counts.get(numberOf(day)) ?? 0,
      }));
    },
    hours(period: StatsPeriod): HoursOfWeek {
      const counts = new Uint32Array(hoursOfWeek);
      heard.byQuarter(period.from ?? 0, period.to ?? Infinity, (quarter, plays, place) => {
        const hour = slotOf(quarter, place) % hoursOfWeek;
        counts[hour] = (counts[hour] ?? 0) + plays;
      });
      return Array.from({ length: daysOfWeek }, (_, day) => [
        ...counts.subarray(day * hoursOfDay, (day + 1) * hoursOfDay),
      ]);
    },
  };
};
export type Stats = ReturnType<typeof createStats>;
