/** How many days, weeks and months with a backup keep their newest one. */
export type Retention = {
  readonly daily: number;
  readonly weekly: number;
  readonly monthly: number;
};

type Dated = { readonly name: string; readonly created_at: string };

const dayMs = 24 * 60 * 60 * 1000;

const day = (at: string) => at.slice(0, 10);
const month = (at: string) => at.slice(0, 7);
/** Weeks since a Monday, so that they do not begin anew with each year. */
const week = (at: string) =>
  String(Math.floor((Date.parse(at) - Date.parse('2024-01-01T00:00:00Z')) / (7 * dayMs)));

/** The newest of each of the last `max` periods that have one. */
const newestOf = (backups: readonly Dated[], period: (at: string) => string, max: number) => {
  const kept = new Map<string, string>();
  for (const { name, created_at } of backups) {
    const key = period(created_at);
    if (!kept.has(key) && kept.size < max) kept.set(key, name);
  }
  return [...kept.values()];
};

/** Names of those that may go. The newest never does, whatever the numbers say. */
export const outlived = (backups: readonly Dated[], keep: Retention): string[] => {
  const newestFirst = backups.toSorted((a, b) => (a.created_at < b.created_at ? 1 : -1));
  const kept = new Set([
    ...newestFirst.slice(0, 1).map(({ name }) => name),
    ...newestOf(newestFirst, day, keep.daily),
    ...newestOf(newestFirst, week, keep.weekly),
    ...newestOf(newestFirst, month, keep.monthly),
  ]);
  return newestFirst.map(({ name }) => name).filter((name) => !kept.has(name));
};
