import { done, type CommandRequest } from '../kernel/command-bus.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { StorageUnavailable } from '../kernel/storage.ts';
import type { ScanJob, ScanReport } from './contract.ts';
import { scanDecider } from './decider.ts';
import { scanErrorsKeptMax, scanStream, type ScanEvent } from './events.ts';
import type { SoundQueries } from './queries.ts';
import type { Finding } from './scan-finding.ts';
import type { ScanMemory } from './scan-memory.ts';
import { createScanProgress } from './scan-progress.ts';
import type { ScanRecorder } from './scan-recorder.ts';
import { addToReport, countsOf, emptyReport, summaryOf } from './scan-report.ts';
import { scan, type ScanOptions, type ScanPorts } from './scanner.ts';

export type ScanRunPorts = {
  readonly queries: SoundQueries;
  readonly memory: ScanMemory;
  readonly recorder: ScanRecorder;
  readonly scanPorts: ScanPorts;
  /** The folder that holds soundboard, text_to_speech and extracted. */
  readonly originals: string;
  readonly jobsMax: number;
  /** Told of each folder before it is read. */
  readonly onFolder: (path: string) => void;
  /** A whole walk has been made. */
  readonly onWalked: () => void;
  /** Folders that are not the library's, absolute. */
  readonly passedOver: ReadonlySet<string>;
};

export type ScanEnd = {
  readonly state: 'finished' | 'cancelled';
  readonly report: ScanReport;
  readonly position: number;
};

/** Findings on their way into the log at one time. */
const recordedAtOnceMax = 64;

/**
 * One scan, from the start to its report. One that the house makes by itself is on record from its
 * first change on: that nothing has changed is no event.
 */
export const createScanRun = (
  kernel: Kernel,
  ports: ScanRunPorts,
  by: CommandRequest,
  job_id: string,
) => {
  const { bus, clock, logger } = kernel;
  const { repeat: _repeat, ...request } = by;
  const isAsked = request.origin !== 'system';
  const started_at = clock.now();
  const startedMs = clock.monotonic();
  const report = emptyReport();
  const progress = createScanProgress(kernel, { job_id, isAsked });
  const cancelling = new AbortController();
  let cancelledBy = request;
  let state: ScanJob['state'] = 'running';
  let reason: string | null = null;
  let finished_at: number | null = null;
  let reached = { done: 0, total: 0 };
  let onRecord = false;

  const keep = (who: CommandRequest, event: ScanEvent) =>
    bus.execute(who, (tx) => {
      tx.decide(scanDecider, scanStream(job_id), event);
      return done(null);
    });

  const recording: Promise<unknown>[] = [];
  let fault: { error: unknown } | undefined;
  const follow = (kept: Promise<unknown>) => {
    recording.push(
      kept.catch((error: unknown) => {
        fault ??= { error };
      }),
    );
  };
  const allKept = async () => {
    await Promise.all(recording.splice(0));
    if (fault) throw fault.error;
  };

  const begin = () => {
    if (onRecord) return;
    onRecord = true;
    follow(keep(request, { type: 'ScanStarted', data: { scan_id: job_id } }));
  };

  const take = async (seen: Finding) => {
    const finding = ports.recorder.withoutLeaving(seen);
    addToReport(report, finding);
    if (!ports.recorder.isNews(finding)) return;
    if (finding.kind === 'error') {
      logger.warn({ file: finding.filename, said: finding.last_words }, `scan: ${finding.reason}`);
    }
    if (ports.recorder.isChange(finding)) begin();
    follow(ports.recorder.record(request, finding, started_at));
    // A window: a full disk ends the scan here, and the single writer is never flooded.
    if (fault !== undefined || recording.length >= recordedAtOnceMax) await allKept();
  };

  const compare = async (signal: AbortSignal) => {
    const options: ScanOptions = {
      originals: ports.originals,
      passedOver: ports.passedOver,
      known: ports.queries.known(),
      jobsMax: ports.jobsMax,
      rememberedHash: ports.memory.hashOf,
      // Somebody who asks may have mended what is not in the file: a program, a library.
      ...(isAsked ? {} : { rememberedRefusal: ports.memory.refusalOf }),
      onFolder: ports.onFolder,
      onWalked: ports.onWalked,
      onProgress({ done: completed, total }) {
        reached = { done: completed, total };
        progress.step(reached);
      },
      signal,
    };
    for await (const finding of scan(options, ports.scanPorts)) await take(finding);
    await allKept();
  };

  const end = async (how: 'finished' | 'cancelled'): Promise<ScanEnd> => {
    const took_ms = Math.round(clock.monotonic() - startedMs);
    const data = { scan_id: job_id, ...summaryOf(report), took_ms };
    let { position } = kernel.log.head();
    if (onRecord) {
      const kept =
        how === 'finished'
          ? keep(request, { type: 'ScanFinished', data })
          : keep(cancelledBy, { type: 'ScanCancelled', data: { ...data, ...reached } });
      ({ position } = await kept);
      logger.info(
        { ...countsOf(report), errors: report.errors.length, took_ms },
        how === 'finished' ? 'sounds scanned' : 'scan cancelled',
      );
    }
    return { state: how, report, position };
  };

  const scanToEnd = async (signal: AbortSignal): Promise<ScanEnd> => {
    try {
      if (isAsked) begin();
      await compare(signal);
    } catch (error) {
      if (!signal.aborted) throw error;
      await allKept();
      return end('cancelled');
    }
    return end('finished');
  };

  return {
    job_id,
    /** Whether somebody began it, not the house by itself. */
    isAsked,
    /** Resolves with the report, also of a cancelled scan. @throws StorageUnavailable */
    async run(): Promise<ScanEnd> {
      try {
        const ended = await scanToEnd(cancelling.signal);
        state = ended.state;
        return ended;
      } catch (error) {
        state = 'failed';
        reason =
          error instanceof StorageUnavailable
            ? `nothing could be recorded: make room on the disk, or make it writable, and scan again (${error.message})`
            : 'a fault of Encore, which its log describes: scan again';
        logger.error({ err: error }, 'the sounds could not be scanned');
        throw error;
      } finally {
        finished_at = clock.now();
        progress.end(state);
      }
    },
    cancel(who: CommandRequest) {
      const { repeat: _, ...canceller } = who;
      cancelledBy = canceller;
      cancelling.abort(new Error('the scan was cancelled'));
    },
    /** Whether it is one that people want to hear of afterwards. */
    isWorthShowing: () => isAsked || onRecord || state === 'failed',
    job: (): ScanJob => ({
      job_id,
      state,
      started_at: new Date(started_at).toISOString(),
      finished_at: finished_at === null ? null : new Date(finished_at).toISOString(),
      progress: state === 'running' ? reached : null,
      counts: countsOf(report),
      errors: report.errors.slice(0, scanErrorsKeptMax),
      report,
      reason,
    }),
  };
};
export type ScanRun = ReturnType<typeof createScanRun>;
