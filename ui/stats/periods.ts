import { msg, str } from '@lit/localize';
/** How far back is counted; days, the running one included. Null: from the first play on. */
export const periods = {
  '7': { days: 7, label: msg('7 days') },
  '30': { days: 30, label: msg('30 days') },
  '90': { days: 90, label: msg('90 days') },
  year: { days: 365, label: msg('Year') },
  all: { days: null, label: msg('All') },
} as const;
export type Period = keyof typeof periods;

export const periodNames = ['7', '30', '90', 'year', 'all'] as const satisfies readonly Period[];

export const periodOf = (text: string | null): Period =>
  periodNames.find((one) => one === text) ?? '30';

/** The midnight, ms, with which so many days up to now begin. */
export const midnightBefore = (days: number, nowMs: number): number => {
  const midnight = new Date(new Date(nowMs).setHours(0, 0, 0, 0));
  return midnight.setDate(midnight.getDate() - (days - 1));
};

/** "from=…&" of a period, empty for all of them. */
export const fromQuery = (period: Period, nowMs: number): string => {
  const { days } = periods[period];
  if (days === null) return '';
  return `from=${encodeURIComponent(new Date(midnightBefore(days, nowMs)).toISOString())}&`;
};

/** "in the last 30 days", "since the first press" */
export const periodWords = (period: Period): string => {
  const { days } = periods[period];
  if (days === null) return msg('since the first press');
  return period === 'year' ? msg('in the last year') : msg(str`in the last ${days} days`);
};
