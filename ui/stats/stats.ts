import type { CreditsSpent } from '../../server/credits/contract.ts';
import type {
  HoursOfWeek,
  PlaysOfDay,
  TopSound,
  TopUser,
} from '../../server/soundboard/contract.ts';
import type { Http } from '../api/http.ts';
import { fromQuery, type Period } from './periods.ts';

export type Stats = {
  days: readonly PlaysOfDay[];
  /** Of this week so far, whatever the period: the last seven days, today last. */
  week: readonly PlaysOfDay[];
  /** Most played first; at most `soundsMax`. */
  sounds: readonly TopSound[];
  people: readonly TopUser[];
  hours: HoursOfWeek;
  /** Of one's own credits. */
  spent: number;
};

/** As many as the server gives at a time. */
export const [daysMax, soundsMax] = [500, 500] as const;
const peopleMax = 8;

type Items<T> = { items: T };

/** All that the page shows of a period. */
export const loadStats = async (http: Http, period: Period, nowMs: number): Promise<Stats> => {
  const from = fromQuery(period, nowMs);
  const items = async <T>(path: string): Promise<T> => (await http.get<Items<T>>(path)).items;
  const [days, week, sounds, people, hours, { spent }] = await Promise.all([
    items<PlaysOfDay[]>(`/stats/plays-per-day?${from}limit=${daysMax}`),
    items<PlaysOfDay[]>(`/stats/plays-per-day?${fromQuery('7', nowMs)}limit=7`),
    items<TopSound[]>(`/stats/top-sounds?${from}limit=${soundsMax}`),
    items<TopUser[]>(`/stats/top-users?${from}limit=${peopleMax}`),
    items<HoursOfWeek>(`/stats/hours?${from.slice(0, -1)}`),
    http.get<CreditsSpent>(`/credits/spent?${from.slice(0, -1)}`),
  ]);
  return { days, week, sounds, people, hours, spent };
};
