import type { Problem } from '../kernel/problem.ts';

const two = (value: number): string => String(value).padStart(2, '0');

/** `untilMs` null: they never end. */
export const quietHoursProblem = (untilMs: number | null): Problem => {
  const end = untilMs === null ? null : new Date(untilMs);
  return {
    status: 409,
    code: 'quiet_hours',
    title: 'Quiet hours',
    detail: end
      ? `Quiet hours are on until ${two(end.getHours())}:${two(end.getMinutes())}. Try again then.`
      : 'Quiet hours are on. An administrator can end them in the settings.',
    extra: { until: end?.toISOString() ?? null },
  };
};
