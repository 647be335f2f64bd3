import { msg } from '@lit/localize';
/** How long an invite is open: some days, or until the end of a chosen one. */
export const expiryChoices = [
  { value: '1', label: msg('1 day') },
  { value: '7', label: msg('7 days') },
  { value: '30', label: msg('30 days') },
  { value: 'date', label: msg('Until a date') },
] as const;

const dayMs = 24 * 60 * 60_000;

const pad = (value: number): string => String(value).padStart(2, '0');

/** "2026-11-23" here, as a date field has it. */
export const dateOf = (ms: number): string => {
  const date = new Date(ms);
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
};

/** The moment that a choice means, in ms; null where the date is none or has passed. */
export const expiryOf = (choice: string, date: string, nowMs: number): number | null => {
  if (choice !== 'date') return nowMs + Number(choice) * dayMs;
  const [year, month, day] = date.split('-').map(Number);
  if (!year || !month || !day) return null;
  const end = new Date(year, month - 1, day, 23, 59, 59).getTime();
  return end > nowMs ? end : null;
};
