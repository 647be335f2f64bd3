import type { CommandRequest, Outcome } from '../kernel/command-bus.ts';
import { done, refuse } from '../kernel/command-bus.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { ScanReport } from './contract.ts';
import { scanDecider, soundDecider, type SoundCommand } from './decider.ts';
import {
  scanErrorsKeptMax,
  scanStream,
  soundStream,
  type ScanEvent,
  type SoundFile,
} from './events.ts';
import type { DerivedFiles } from './derived-files.ts';
import type { HashedFile } from './library-diff.ts';
import { placeOf } from './library-diff.ts';
import type { MediaFacts } from './media-facts.ts';
import type { SoundQueries } from './queries.ts';
import type { Finding, ScannedFile, ScanOptions, ScanPorts } from './scanner.ts';
import { scan } from './scanner.ts';

const progressEveryMs = 250;
/** Findings on their way into the log at one time. */
const recordedAtOnceMax = 64;

export const toSoundFile = ({ type, filename, hash, size, audio }: ScannedFile): SoundFile => {
  const { tags: _tags, ...facts } = audio;
  return { type, filename, hash, size, ...facts };
};

/** Keeps the library equal to the folders: what the scanner finds becomes commands. */
export const createLibrary = (
  kernel: Kernel,
  ports: {
    queries: SoundQueries;
    facts: MediaFacts;
    scanPorts: ScanPorts;
    derived: Pick<DerivedFiles, 'prune'>;
    originals: string;
    jobsMax: number;
  },
) => {
  const { bus, clock, storage, logger } = kernel;
  const { queries, facts } = ports;
  const rememberFile = storage.prepare('INSERT OR REPLACE INTO scanned_files VALUES (?, ?, ?, ?)');

  const commandOf = (finding: Finding): [string, SoundCommand] | undefined => {
    switch (finding.kind) {
      case 'added': {
        const { file } = finding;
        const sound_id = kernel.ids();
        const { name, tags, hash } = file;
        const known = queries.hashKnown(hash);
        return [
          sound_id,
          { type: 'AddSound', sound_id, file: toSoundFile(file), name, tags: [...tags], known },
        ];
      }
      case 'updated':
        return [finding.sound.id, { type: 'ReplaceFile', file: toSoundFile(finding.file) }];
      case 'moved': {
        const { type, filename } = finding.file;
        return [finding.sound.id, { type: 'MoveFile', place: { type, filename } }];
      }
      case 'missing':
        return [finding.sound.id, { type: 'MarkMissing' }];
      case 'found':
        return [finding.sound.id, { type: 'MarkFound' }];
      case 'unchanged':
      case 'duplicate':
      case 'error':
        return undefined;
    }
  };

  const hashOf = (finding: Finding): HashedFile | undefined => {
    if (!('file' in finding) || finding.file === null) return undefined;
    if ('hash' in finding.file) return finding.file;
    return 'sound' in finding ? { ...finding.file, hash: finding.sound.hash } : undefined;
  };

  /** One finding, one transaction: the events and what spares the next scan the work. */
  const record = (request: CommandRequest, finding: Finding): Promise<Outcome<null, unknown>> =>
    bus.execute(request, (tx) => {
      const file = hashOf(finding);
      if (file) rememberFile.run(placeOf(file), file.size, file.mtime_ms, file.hash);
      if (finding.kind === 'added' || finding.kind === 'updated') {
        facts.keep(finding.file);
      }
      const command = commandOf(finding);
      if (!command) return done(null);
      const decision = tx.decide(soundDecider, soundStream(command[0]), command[1]);
      return decision.accepted ? done(null) : refuse(decision.reason);
    });

  const keepScan = (request: CommandRequest, event: ScanEvent) =>
    bus.execute(request, (tx) => {
      tx.decide(scanDecider, scanStream(event.data.scan_id), event);
      return done(null);
    });

  const publishProgress = () => {
    let last = 0;
    return (progress: { done: number; total: number }) => {
      if (clock.monotonic() - last < progressEveryMs && progress.done < progress.total) return;
      last = clock.monotonic();
      const { done: completed, total } = progress;
      kernel.publish({ type: 'job_progress', data: { job: 'scan', done: completed, total } });
    };
  };

  /** What was derived from content that no sound has any more can go. */
  const prune = async (request: CommandRequest) => {
    const known = new Set(queries.known().map(({ hash }) => hash));
    await ports.derived.prune(known, clock.now());
    await bus.execute(request, () => {
      facts.forget();
      return done(null);
    });
  };

  const runScan = async (by: CommandRequest, signal?: AbortSignal) => {
    const { repeat: _repeat, ...request } = by;
    const started = clock.monotonic();
    const scan_id = kernel.ids();
    const report: ScanReport = {
      added: [],
      updated: [],
      deleted: [],
      moved: [],
      duplicates: [],
      skipped: 0,
      errors: [],
    };
    await keepScan(request, { type: 'ScanStarted', data: { scan_id } });
    const options: ScanOptions = {
      originals: ports.originals,
      known: queries.known(),
      jobsMax: ports.jobsMax,
      rememberedHash: queries.rememberedHash,
      onProgress: publishProgress(),
      ...(signal ? { signal } : {}),
    };
    const recording: Promise<unknown>[] = [];
    let fault: { error: unknown } | undefined;
    const keep = (finding: Finding) =>
      record(request, finding).catch((error: unknown) => {
        fault ??= { error };
      });
    const kept = async () => {
      await Promise.all(recording.splice(0));
      if (fault) throw fault.error;
    };
    for await (const finding of scan(options, ports.scanPorts)) {
      addToReport(report, finding);
      if (finding.kind === 'error') {
        logger.warn(
          { file: finding.filename, said: finding.last_words },
          `scan: ${finding.reason}`,
        );
      } else if (finding.kind !== 'unchanged' || finding.touched) {
        recording.push(keep(finding));
        // A window: a full disk ends the scan here, and the single writer is never flooded.
        if (fault !== undefined || recording.length >= recordedAtOnceMax) await kept();
      }
    }
    await kept();
    await prune(request);
    const took_ms = Math.round(clock.monotonic() - started);
    const { position } = await keepScan(request, {
      type: 'ScanFinished',
      data: { scan_id, ...summary(report), took_ms },
    });
    logger.info({ ...summary(report), took_ms }, 'sounds scanned');
    return { report, position };
  };

  let running: ReturnType<typeof runScan> | undefined;
  return {
    /** A second scan while one runs gets that one's report. */
    scan(request: CommandRequest, signal?: AbortSignal) {
      running ??= runScan(request, signal).finally(() => {
        running = undefined;
      });
      return running;
    },
  };
};
export type Library = ReturnType<typeof createLibrary>;

const summary = (report: ScanReport) => ({
  added: report.added.length,
  updated: report.updated.length,
  deleted: report.deleted.length,
  moved: report.moved.length,
  duplicates: report.duplicates.length,
  skipped: report.skipped,
  errors: report.errors.slice(0, scanErrorsKeptMax),
});

const addToReport = (report: ScanReport, finding: Finding): void => {
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
