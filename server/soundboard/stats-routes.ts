import { z } from 'zod';
import { route, type AnyZod, type Route } from '../kernel/door.ts';
import { moment, pageLimit } from '../kernel/lists.ts';
import { hoursOfWeek, playsOfDay, topSound, topUser } from './contract.ts';
import type { Stats, StatsPeriod } from './stats.ts';

const period = z.object({ from: moment.optional(), to: moment.optional(), limit: pageLimit });

/** Sums of plays that were heard, of any period. */
export const statsRoutes = (stats: Stats): Route[] => {
  const statistic = (
    name: string,
    summary: string,
    schema: AnyZod,
    sum: (period: StatsPeriod) => unknown,
  ): Route =>
    route({
      method: 'GET',
      path: `/stats/${name}`,
      summary,
      access: { role: 'guest', scope: 'read' },
      query: period,
      answers: { 200: { description: summary, schema: z.object({ items: schema }) } },
      async handle({ query: { from, to, limit } }) {
        await stats.ready();
        return { status: 200, body: { items: sum({ from, to, limit }) } };
      },
    });

  return [
    statistic('top-sounds', 'The sounds that were played most', z.array(topSound), stats.topSounds),
    statistic('top-users', 'Who played most', z.array(topUser), stats.topUsers),
    statistic(
      'plays-per-day',
      'Plays of each day, days without one included: the last `limit` days',
      z.array(playsOfDay),
      stats.playsPerDay,
    ),
    statistic('hours', 'Plays by weekday, Monday first, and hour', hoursOfWeek, stats.hours),
  ];
};
