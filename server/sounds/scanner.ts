import { describe, failed, refuse } from './describe-file.ts';
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
export type { Finding } from './scan-finding.ts';

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
  /** Why an earlier scan refused a file of the same size and mtime: it is not read again. */
  readonly rememberedRefusal?: (file: LibraryFile) => string | undefined;
  /** Told of each folder before it is read. */
  readonly onFolder?: (path: string) => void;
  readonly onWalked?: () => void;
  /** Folders that are not the library's, absolute. */
  readonly passedOver?: ReadonlySet<string>;
  readonly onProgress?: (progress: ScanProgress) => void;
  readonly signal?: AbortSignal;
};

/** One long file must not hold up the short ones behind it. */
const windowPerJob = 8;

/** More than twelve hours of MP3, or an hour and a half of uncompressed sound. */
export const soundBytesMax = 1024 ** 3;
const tooLarge = 'the file is larger than 1 GiB: store it as FLAC or MP3, or cut it';

const findingsOf = async (
  change: Change,
  ports: ScanPorts,
  signal: AbortSignal | undefined,
): Promise<Finding[]> => {
  if (change.kind === 'unchanged') {
    const { sound, file } = change;
    return sound.missing
      ? [{ kind: 'found', sound, file }]
      : [{ kind: 'unchanged', sound, file, touched: true }];
  }
  if (change.kind !== 'added' && change.kind !== 'updated') return [change];
  const file = await describe(change.file, ports, signal);
  // Asked last, so that a copy still under way is not called broken.
  if (!(await isSettled(change.file))) return [failed(change.file, stillBeingWritten)];
  if (change.kind === 'added') return 'kind' in file ? [file] : [{ kind: 'added', file }];
  const { sound } = change;
  if (!('kind' in file)) return [{ kind: 'updated', sound, file }];
  // Its content is gone, and what lies in its place is no sound.
  return file.refused && !sound.missing ? [{ kind: 'missing', sound }, file] : [file];
};

/**
 * A file with the content of one that could not be taken is no duplicate of a sound. `failures` is
 * filled in as they come, which is before their copies.
 */
const withFailures = (finding: Finding, hash: string | null, failures: Map<string, Failed>) => {
  if (finding.kind === 'error' && hash !== null) failures.set(hash, finding);
  if (finding.kind !== 'duplicate') return finding;
  const failure = failures.get(finding.file.hash);
  if (!failure) return finding;
  const { file } = finding;
  return failure.refused
    ? refuse(file, failure.reason)
    : failed(file, `the same file, ${failure.filename}, could not be taken: scan again`);
};

/**
 * Compares the folders with the known library. Reads and reports only: nothing is recorded, and
 * the one thing written is the cache of decoded copies. Throws the signal's reason when cancelled.
 */
export async function* scan(options: ScanOptions, ports: ScanPorts): AsyncGenerator<Finding> {
  const { known, signal, jobsMax } = options;
  const limit = createJobLimit(jobsMax);
  const window = jobsMax * windowPerJob;
  const walk = await walkLibrary(options.originals, signal, options.onFolder, options.passedOver);
  options.onWalked?.();
  const plan = survey(known, walk.files);
  const progress = { done: 0, total: walk.files.length, skipped: walk.skipped };
  const step = () => {
    progress.done += 1;
    options.onProgress?.({ ...progress });
  };

  for (const unseen of walk.unseen) {
    const expected = unseen.filename !== '' || known.some((sound) => sound.type === unseen.type);
    if (expected) yield { kind: 'error', ...unseen, last_words: '', refused: null };
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
        if (file.size > soundBytesMax) return refuse(file, tooLarge);
        const refusal = options.rememberedRefusal?.(file);
        if (refusal !== undefined) return refuse(file, refusal);
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
        if (!file.refused) unread.add(placeOf(file));
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

  const answers = mapInOrder(changes(), window, async (change) => ({
    hash: 'file' in change ? change.file.hash : null,
    findings:
      change.kind === 'error' || change.kind === 'missing'
        ? [change]
        : await limit(() => findingsOf(change, ports, signal), signal),
  }));
  const failures = new Map<string, Failed>();
  for await (const { hash, findings } of answers) {
    for (const finding of findings) {
      if (finding.kind !== 'missing') step();
      yield withFailures(finding, hash, failures);
    }
  }
}
