import type { NormalizationJob, NormalizationReport } from '../../server/sounds/contract.ts';
import type { Http } from '../api/http.ts';
import { ApiProblem } from '../api/problem.ts';

const askEveryMs = 400;

/**
 * Normalises one sound and waits for its end: the server does one such job at a time.
 *
 * @throws {ApiProblem} it was refused, or could not be normalised
 */
export const normaliseOne = async (http: Http, id: string): Promise<void> => {
  const { job_id } = await http.post<NormalizationJob>(`/sounds/normalize/${id}`);
  for (;;) {
    const report = await http.get<NormalizationReport>('/sounds/normalize');
    if (report.job_id !== job_id) return;
    if (report.state !== 'running') {
      const [failure] = report.failures;
      if (failure) throw new ApiProblem(409, { detail: failure.reason });
      return;
    }
    await new Promise((done) => setTimeout(done, askEveryMs));
  }
};
