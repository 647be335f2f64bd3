import { describe, failed } from './describe-file.ts';
import type { ScanPorts } from './describe-file.ts';
import { hashFile, isSettled, stillBeingWritten } from './file-hash.ts';
import { createJobLimit, mapInOrder } from './job-limit.ts';
import { hiddenBy, ownerOf, placeOf, resolve, settleNew, survey } from './library-diff.ts';
import type { Change, HashedFile, KnownSound, Owner } from './library-diff.ts';
import { walkLibrary } from './library-walk.ts';
import type { LibraryFile } from './library-walk.ts';
import type { Failed, Finding } from './scan-finding.ts';

export type { KnownSound } from './library-diff.ts';
export type { ScanPorts } from './describe-file.ts';
export type { Finding, ScannedFile } from './scan-finding.ts';

export type ScanProgress = {
  readonly done: number;
  readonly total: number;
  readonly skipped: number;
};

export type ScanOptions = {
  /** The folder that holds soundboard, text_to_speech and extracted. */
  readonly originals: string;
  readonly known: readonly KnownSound[];
  /** Files read at the same time: one per core. */
  readonly jobsMax: number;
  /** Hash of a file that is no sound (a duplicate, say), from an earlier scan of the same size and mtime. */
  readonly rememberedHash?: (file: LibraryFile) => string | undefined;
  readonly onProgress?: (progress: ScanProgress) => void;
  readonly signal?: AbortSignal;
};

/** One long file must not hold up the short ones behind it. */
const windowPerJob = 8;
const findingOf = async (
  change: Change,
  ports: ScanPorts,
  signal: AbortSignal | undefined,
): Promise<Finding> => {
  if (change.kind === 'unchanged') {
    const { sound, file } = change;
    return sound.missing
      ? { kind: 'found', sound, file }
      : { kind: 'unchanged', sound, file, touched: true };
  }
  if (change.kind !== 'added' && change.kind !== 'updated') return change;
  const file = await describe(change.file, ports, signal);
  // Asked last, so that a copy still under way is not called broken.
  if (!(await isSettled(change.file))) return failed(change.file, stillBeingWritten);
  if ('kind' in file) return file;
  return change.kind === 'added'
    ? { kind: 'added', file }
    : { kind: 'updated', sound: change.sound, file };
};

/**
 * Compares the folders with the known library. Reads and reports only: nothing is recorded, and
 * the one thing written is the cache of decoded copies. Throws the signal's reason when cancelled.
 */
export async function* scan(options: ScanOptions, ports: ScanPorts): AsyncGenerator<Finding> {
  const { known, signal, jobsMax } = options;
  const limit = createJobLimit(jobsMax);
  const window = jobsMax * windowPerJob;
  const walk = await walkLibrary(options.originals, signal);
  const plan = survey(known, walk.files);
  const progress = { done: 0, total: walk.files.length, skipped: walk.skipped };
  const step = () => {
    progress.done += 1;
    options.onProgress?.({ ...progress });
  };

  for (const unseen of walk.unseen) {
    const expected = unseen.filename !== '' || known.some((sound) => sound.type === unseen.type);
    if (expected) yield { kind: 'error', ...unseen, last_words: '' };
  }
  const owners = new Map<string, Owner>();
  for (const sound of plan.settled) {
    owners.set(sound.hash, ownerOf(sound, sound.id));
    step();
    yield sound.missing
      ? { kind: 'found', sound, file: null }
      : { kind: 'unchanged', sound, file: null, touched: false };
  }

  const hashed = (files: readonly LibraryFile[]) =>
    mapInOrder(files, window, (file) =>
      limit(async (): Promise<HashedFile | Failed> => {
        const remembered = options.rememberedHash?.(file);
        const result = remembered ? { hash: remembered } : await hashFile(file, signal);
        return 'hash' in result ? { ...file, hash: result.hash } : failed(file, result.reason);
      }, signal),
    );
  const changes = async function* (): AsyncGenerator<Change | Failed> {
    const early: HashedFile[] = [];
    const unread = new Set<string>();
    for await (const file of hashed(plan.early)) {
      if ('hash' in file) early.push(file);
      else {
        unread.add(placeOf(file));
        yield file;
      }
    }
    const unseen = hiddenBy(walk.unseen);
    const hidden = (place: string) => unread.has(place) || unseen(place);
    yield* resolve(plan.unsettled, early, owners, hidden);
    for await (const file of hashed(plan.late)) {
      yield 'hash' in file ? settleNew(file, owners) : file;
    }
  };

  const findings = mapInOrder(changes(), window, (change) =>
    change.kind === 'error' || change.kind === 'missing'
      ? Promise.resolve<Finding>(change)
      : limit(() => findingOf(change, ports, signal), signal),
  );
  for await (const finding of findings) {
    if (finding.kind !== 'missing') step();
    yield finding;
  }
}
