import { msg } from '@lit/localize';
import type { ScanJob } from '../../server/sounds/contract.ts';
import { fold } from '../board/fold.ts';

export const findings = ['added', 'updated', 'moved', 'deleted', 'duplicates', 'errors'] as const;
export type Finding = (typeof findings)[number];

export const findingWords: Record<Finding, { many: string; one: string }> = {
  added: { many: msg('Added'), one: msg('Added') },
  updated: { many: msg('Updated'), one: msg('Updated') },
  moved: { many: msg('Moved'), one: msg('Moved') },
  deleted: { many: msg('Missing'), one: msg('Missing') },
  duplicates: { many: msg('Duplicates'), one: msg('Duplicate') },
  errors: { many: msg('Errors'), one: msg('Error') },
};

/** One file of the report; `reason` of an error alone. */
export type ReportRow = { finding: Finding; file: string; reason: string };

/** How many files of each kind. After a restart of Encore the lists are gone and the numbers are not. */
export const findingCounts = ({ counts, report, errors }: ScanJob): Record<Finding, number> => ({
  added: counts.added,
  updated: counts.updated,
  moved: counts.moved,
  deleted: counts.deleted,
  duplicates: counts.duplicates,
  errors: report?.errors.length ?? errors.length,
});

/** What needs somebody stands first. */
const order: readonly Finding[] = ['errors', 'deleted', 'duplicates', 'added', 'updated', 'moved'];

/** The files of a report, errors first; of one kind, and with some words in them, when asked. */
export const reportRows = (
  { report, errors }: ScanJob,
  wish: { finding: Finding | null; words: string },
): ReportRow[] => {
  const words = fold(wish.words.trim());
  return order
    .filter((finding) => wish.finding === null || wish.finding === finding)
    .flatMap((finding): ReportRow[] =>
      finding === 'errors'
        ? (report?.errors ?? errors).map(({ file, reason }) => ({ finding, file, reason }))
        : (report?.[finding] ?? []).map((file) => ({ finding, file, reason: '' })),
    )
    .filter(({ file, reason }) => fold(`${file} ${reason}`).includes(words));
};

/** For a sheet or a letter: one line a file, tabs between. */
export const reportText = (rows: readonly ReportRow[]): string =>
  rows
    .map(({ finding, file, reason }) => [findingWords[finding].one, file, reason].join('\t').trim())
    .join('\n');
