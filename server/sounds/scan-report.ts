import type { ScanReport } from './contract.ts';
import { scanErrorsKeptMax } from './events.ts';
import type { Finding } from './scan-finding.ts';

export const emptyReport = (): ScanReport => ({
  added: [],
  updated: [],
  deleted: [],
  moved: [],
  duplicates: [],
  skipped: 0,
  errors: [],
});

export const addToReport = (report: ScanReport, finding: Finding): void => {
  switch (finding.kind) {
    case 'added':
      report.added.push(finding.file.filename);
      break;
    case 'updated':
      report.updated.push(finding.file.filename);
      break;
    case 'moved':
      report.moved.push(finding.file.filename);
      break;
    case 'duplicate':
      report.duplicates.push(finding.file.filename);
      break;
    case 'missing':
      report.deleted.push(finding.sound.filename);
      break;
    case 'found':
      // Back at its place: for whoever reads the report, it is there again.
      report.added.push(finding.sound.filename);
      break;
    case 'error':
      report.errors.push({ file: finding.filename, reason: finding.reason });
      break;
    case 'unchanged':
      report.skipped += 1;
      break;
  }
};

export const countsOf = (report: ScanReport) => ({
  added: report.added.length,
  updated: report.updated.length,
  deleted: report.deleted.length,
  moved: report.moved.length,
  duplicates: report.duplicates.length,
  skipped: report.skipped,
});

/** As an event keeps it: lists are counted, since each change is an event of its own. */
export const summaryOf = (report: ScanReport) => ({
  ...countsOf(report),
  errors: report.errors.slice(0, scanErrorsKeptMax),
});
