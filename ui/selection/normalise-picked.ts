import type { NormalizationJob, NormalizationReport } from '../../server/sounds/contract.ts';
import type { Http } from '../api/http.ts';

const askEveryMs = 400;
/** As many as the server takes in one batch. */
const batchMax = 1000;

export type Normalised = Pick<NormalizationReport, 'total' | 'done' | 'failed' | 'failures'>;

const runBatch = async (
  http: Http,
  sound_ids: readonly string[],
  onProgress: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<Normalised> => {
  const begun = await http.post<NormalizationJob>('/sounds/normalize', { sound_ids });
  let cancelled = false;
  for (;;) {
    const report = await http.get<NormalizationReport>('/sounds/normalize');
    // Somebody has begun another one since: how this one ended is not told any more.
    if (report.job_id !== begun.job_id) return { ...begun, done: begun.total, failures: [] };
    onProgress(report.done, report.total);
    if (report.state !== 'running') return report;
    if (signal.aborted && !cancelled) {
      cancelled = true;
      await http.post('/sounds/normalize/cancel');
    } else await new Promise((done) => setTimeout(done, askEveryMs));
  }
};

/**
 * Normalises those of these sounds that are not yet, and waits for the end; a signal breaks it off,
 * and what is done stays.
 *
 * @throws {ApiProblem} it was refused: another normalisation runs, say
 */
export const normalisePicked = async (
  http: Http,
  ids: readonly string[],
  onProgress: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<Normalised> => {
  let sum: Normalised = { total: 0, done: 0, failed: 0, failures: [] };
  for (let from = 0; from < ids.length && !signal.aborted; from += batchMax) {
    const before = sum;
    const some = ids.slice(from, from + batchMax);
    const tell = (done: number, total: number): void =>
      onProgress(before.done + done, before.total + total);
    const now = await runBatch(http, some, tell, signal);
    sum = {
      total: before.total + now.total,
      done: before.done + now.done,
      failed: before.failed + now.failed,
      failures: [...before.failures, ...now.failures],
    };
  }
  return sum;
};
