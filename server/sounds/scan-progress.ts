import type { Kernel } from '../kernel/kernel.ts';
import type { JobProgress } from './contract.ts';

const progressEveryMs = 250;
/** A scan nobody asked for is worth a word once it takes this long. */
const unaskedQuietMs = 1000;

/** Tells those who listen how far a scan is, and last how it ended. */
export const createScanProgress = (
  { publish, clock }: Pick<Kernel, 'publish' | 'clock'>,
  scan: { readonly job_id: string; readonly isAsked: boolean },
) => {
  const startedAtMs = clock.monotonic();
  let toldAtMs: number | undefined;
  let last = { done: 0, total: 0 };
  const tell = (state: JobProgress['state']) => {
    toldAtMs = clock.monotonic();
    publish({
      type: 'job_progress',
      data: { job: 'scan', job_id: scan.job_id, ...last, state } satisfies JobProgress,
    });
  };
  return {
    step(progress: { done: number; total: number }) {
      last = progress;
      const now = clock.monotonic();
      if (!scan.isAsked && now - startedAtMs < unaskedQuietMs) return;
      if (toldAtMs === undefined || now - toldAtMs >= progressEveryMs) tell('running');
    },
    end(state: JobProgress['state']) {
      if (scan.isAsked || toldAtMs !== undefined) tell(state);
    },
  };
};
