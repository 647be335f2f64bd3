import { done, refuse, type CommandRequest, type Outcome } from '../kernel/command-bus.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Problem } from '../kernel/problem.ts';
import type { ScanJob, ScanReport } from './contract.ts';
import type { MediaFacts } from './media-facts.ts';
import { noScanRunning, scanCancelled } from './problems.ts';
import { createScanMemory } from './scan-memory.ts';
import { createLastScan } from './scan-projection.ts';
import { createScanRecorder } from './scan-recorder.ts';
import { createScanRun, type ScanEnd, type ScanRun, type ScanRunPorts } from './scan-run.ts';

export type LibraryPorts = Omit<ScanRunPorts, 'memory' | 'recorder'> & {
  readonly facts: MediaFacts;
  /** Removes what was derived from content that nobody needs any more. */
  readonly prune: (now_ms: number) => Promise<unknown>;
  /** A whole scan has been made; its report waits for what is done then. */
  readonly onScanned: () => Promise<void>;
};

/** Keeps the library equal to the folders, by one scan at a time. */
export const createLibrary = (kernel: Kernel, given: LibraryPorts) => {
  const { bus, clock, storage } = kernel;
  const memory = createScanMemory(storage);
  const recorder = createScanRecorder(kernel, { ...given, memory });
  const ports = { ...given, memory, recorder };
  const lastOnRecord = createLastScan(storage);
  let running: { scan: ScanRun; ended: Promise<ScanEnd> } | undefined;
  let shown: ScanRun | undefined;
  let cancels = 0;
  let prunable = true;
  bus.onCommitted((events) => {
    prunable ||= events.some(({ type }) => type === 'SoundPurged');
  });

  /** What was derived from content that no sound has any more can go. */
  const prune = async () => {
    await given.prune(clock.now());
    await bus.execute({ actor: 'system', origin: 'system' }, () => {
      given.facts.forget();
      return done(null);
    });
  };

  const runToEnd = async (scan: ScanRun): Promise<ScanEnd> => {
    try {
      const end = await scan.run();
      prunable ||= end.report.updated.length > 0;
      if (prunable && end.state === 'finished') {
        prunable = false;
        await prune();
      }
      if (end.state === 'finished') await given.onScanned();
      return end;
    } finally {
      if (scan.isWorthShowing() || shown?.job().state === 'failed') shown = scan;
      running = undefined;
    }
  };

  const start = (request: CommandRequest) => {
    const scan = createScanRun(kernel, ports, request, kernel.ids());
    running = { scan, ended: runToEnd(scan) };
    return running;
  };

  /** Waits for the scan that runs, whatever its end. */
  const idle = async (): Promise<void> => {
    if (!running) return;
    await running.ended.catch(() => undefined);
    await idle();
  };

  /** One that the house makes may be past the folder for which somebody asks: theirs comes after it. */
  const notByTheHouse = async (): Promise<void> => {
    if (!running || running.scan.isAsked) return;
    await running.ended.catch(() => undefined);
    await notByTheHouse();
  };

  return {
    /** A second scan while one runs that somebody asked for gets that one's report. @throws StorageUnavailable */
    async scan(request: CommandRequest): Promise<Outcome<ScanReport, Problem>> {
      const { repeat } = request;
      const earlier = repeat && bus.earlier(repeat);
      if (earlier) return earlier as Outcome<ScanReport, Problem>;
      const cancelsBefore = cancels;
      if (request.origin !== 'system') await notByTheHouse();
      if (cancels !== cancelsBefore) {
        return bus.execute<ScanReport, Problem>(request, () => refuse(scanCancelled));
      }
      const { state, report, position } = await (running ?? start(request)).ended;
      const answer = state === 'finished' ? done(report) : refuse(scanCancelled);
      if (!repeat) return { ...answer, position, repeated: false };
      return bus.execute<ScanReport, Problem>(request, () => answer);
    },
    /** Resolves once the scan has ended. */
    async cancel(request: CommandRequest): Promise<Outcome<{ job_id: string }, Problem>> {
      const outcome = await bus.execute<{ job_id: string }, Problem>(request, () =>
        running ? done({ job_id: running.scan.job_id }) : refuse(noScanRunning),
      );
      if (outcome.ok && running?.scan.job_id === outcome.result.job_id) {
        cancels += 1;
        running.scan.cancel(request);
        await idle();
      }
      return outcome;
    },
    /** The scan that runs, or the last that people want to hear of. */
    current: (): ScanJob | null => (running?.scan ?? shown)?.job() ?? lastOnRecord(),
    idle,
    /** Whether a file is as an earlier scan, or an upload, left it on record. */
    knows: memory.knows,
    async stop() {
      cancels += 1;
      running?.scan.cancel({ actor: 'system', origin: 'system' });
      await idle();
    },
  };
};
export type Library = ReturnType<typeof createLibrary>;
