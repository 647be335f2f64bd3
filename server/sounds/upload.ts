import { createHash } from 'node:crypto';
import { lstat, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { CommandRequest } from '../kernel/command-bus.ts';
import { done, refuse, type Tx } from '../kernel/command-bus.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Problem } from '../kernel/problem.ts';
import { ProblemError } from '../kernel/problem.ts';
import type { SoundType } from './contract.ts';
import { soundDecider, type SoundCommand } from './decider.ts';
import { describe, nameOf, type ScanPorts } from './describe-file.ts';
import { soundStream } from './events.ts';
import { mapInOrder } from './job-limit.ts';
import { toSoundFile } from './scan-recorder.ts';
import { typeFolders } from './library-walk.ts';
import type { MediaFacts } from './media-facts.ts';
import { nameMismatch } from './media-types.ts';
import { putInPlace, type Placed } from './put-in-place.ts';
import type { SoundPlace, SoundQueries } from './queries.ts';
import type { ScannedFile } from './scan-finding.ts';
import { createScanMemory } from './scan-memory.ts';
import type { Received } from './upload-intake.ts';
import { safeFilename } from './upload-name.ts';
import {
  diskProblem,
  notASound,
  stopping,
  unusableName,
  withdrawn,
  wrongExtension,
} from './upload-problems.ts';

export type UploadWishes = { readonly name?: string | undefined; readonly tags: readonly string[] };

export type Uploaded =
  | { readonly status: 'added' | 'existing'; readonly sound_id: string; readonly position: number }
  | { readonly status: 'refused'; readonly problem: Problem };

type Kept = { readonly status: 'added' | 'existing'; readonly sound_id: string };

/**
 * What else is kept in the transaction of a sound; `was_there`: the library had the content, and
 * nothing was put into it; `added`: the sound is new. Whoever answers `withdrawn` does not want it
 * any more, and nothing is kept.
 */
export type AlsoKept = (
  tx: Tx,
  kept: { sound_id: string; was_there: boolean; added: boolean },
) => void | 'withdrawn';

/** How a file is to be kept. */
type Keeping = UploadWishes & {
  readonly type: SoundType;
  readonly also?: AlsoKept;
  /** Of whoever made it. */
  readonly signal?: AbortSignal | undefined;
};

/** The same key stands for the same files in the same order, with the same wishes. */
const fingerprintOf = (files: readonly Received[], wishes: UploadWishes): string =>
  createHash('sha256')
    .update(JSON.stringify([wishes, files.map(({ said, hash }) => [said, hash])]))
    .digest('base64url');

/**
 * Makes sounds of received files. The file is in place before `SoundAdded` is written: a crash
 * between the two leaves a file that the next scan adds, in the name of the system.
 */
export const createUploads = (
  kernel: Kernel,
  ports: {
    queries: SoundQueries;
    facts: MediaFacts;
    scanPorts: ScanPorts;
    originals: string;
    jobsMax: number;
    signal: AbortSignal;
  },
) => {
  const { queries, facts, scanPorts, originals, jobsMax, signal } = ports;
  const memory = createScanMemory(kernel.storage);
  const pathOf = ({ type, filename }: SoundPlace) => join(originals, typeFolders[type], filename);

  /** By content, so that two uploads of the same become one sound. */
  const turns = new Map<string, Promise<unknown>>();
  const inTurn = async <T>(hash: string, work: () => Promise<T>): Promise<T> => {
    const turn = (turns.get(hash) ?? Promise.resolve()).catch(() => undefined).then(work);
    turns.set(hash, turn);
    try {
      return await turn;
    } finally {
      if (turns.get(hash) === turn) turns.delete(hash);
    }
  };

  const isThere = async (owner: SoundPlace): Promise<boolean> =>
    !owner.missing &&
    !owner.removed &&
    (await lstat(pathOf(owner)).catch(() => undefined)) !== undefined;

  const answerKnown = async (
    request: CommandRequest,
    sound_id: string,
    { also }: Keeping,
  ): Promise<Uploaded> => {
    const kept = await kernel.bus.execute<Kept, 'withdrawn'>(request, (tx) => {
      const answer = also?.(tx, { sound_id, was_there: true, added: false });
      if (answer === 'withdrawn') return refuse(answer);
      return done({ status: 'existing', sound_id });
    });
    if (!kept.ok) return { status: 'refused', problem: withdrawn() };
    return { ...kept.result, position: kept.position };
  };

  /** Writes what came of a placed file; without that, the file goes again. */
  const record = async (
    request: CommandRequest,
    placed: Placed & { readonly type: SoundPlace['type'] },
    content: Received,
    { also }: Keeping,
    command: () => { kept: Kept; command: SoundCommand },
    described?: ScannedFile,
  ): Promise<Uploaded> => {
    try {
      const { mtimeMs } = await lstat(placed.path);
      const outcome = await kernel.bus.execute<Kept, 'withdrawn'>(request, (tx) => {
        const { kept, command: sent } = command();
        const decision = tx.decide(soundDecider, soundStream(kept.sound_id), sent);
        if (!decision.accepted) {
          // A scan that saw the file first: it is the same sound, and the file is its own.
          const owner = queries.ofHash(content.hash);
          if (!owner) throw new Error(`refused without an owner: ${decision.reason.code}`);
          const answer = also?.(tx, { sound_id: owner.id, was_there: false, added: false });
          if (answer === 'withdrawn') return refuse(answer);
          return done({ status: 'existing', sound_id: owner.id });
        }
        const { size, hash } = content;
        memory.keepHash({ ...placed, size, hash, mtime_ms: Math.floor(mtimeMs) });
        if (described) facts.keep(described);
        const { sound_id } = kept;
        const added = kept.status === 'added';
        const answer = also?.(tx, { sound_id, was_there: false, added });
        return answer === 'withdrawn' ? refuse(answer) : done(kept);
      });
      if (!outcome.ok) {
        if (!placed.lay_there) await rm(placed.path, { force: true });
        return { status: 'refused', problem: withdrawn() };
      }
      const owner = queries.ofHash(content.hash);
      const isKept = owner && pathOf(owner) === placed.path && !(outcome.repeated && owner.removed);
      if (!placed.lay_there && !isKept) await rm(placed.path, { force: true });
      return { ...outcome.result, position: outcome.position };
    } catch (error) {
      const owner = queries.ofHash(content.hash);
      const isKept = owner && !owner.removed && pathOf(owner) === placed.path;
      if (!placed.lay_there && !isKept) {
        await rm(placed.path, { force: true });
      }
      throw error;
    }
  };

  /** Also what somebody has removed: whoever uploads it wants it. */
  const returnOf = (
    owner: SoundPlace,
    place: Pick<SoundPlace, 'type' | 'filename'>,
  ): SoundCommand => {
    if (owner.removed === 'in trash') return { type: 'RestoreSound', place, lies_there: true };
    return place.filename === owner.filename ? { type: 'MarkFound' } : { type: 'MoveFile', place };
  };

  /** The content is known, its file is not there: it comes back to its place. */
  const bringBack = async (
    request: CommandRequest,
    file: Received,
    owner: SoundPlace,
    keeping: Keeping,
  ) => {
    const { id: sound_id, type, filename } = owner;
    const placed = await putInPlace(originals, type, filename, file);
    const place = { type, filename: placed.filename };
    return record(request, { ...placed, type }, file, keeping, () => ({
      kept: { status: 'existing', sound_id },
      command: returnOf(owner, place),
    }));
  };

  const add = async (
    request: CommandRequest,
    file: Received,
    keeping: Keeping,
  ): Promise<Uploaded> => {
    const { type } = keeping;
    const refused = (problem: Problem): Uploaded => ({ status: 'refused', problem });
    const wanted = safeFilename(file.said);
    if (wanted === undefined) return refused(unusableName());
    const { path, size, hash } = file;
    const received = { type, filename: wanted, path, size, hash, mtime_ms: 0 } as const;
    const either = keeping.signal ? AbortSignal.any([signal, keeping.signal]) : signal;
    const described = await describe(received, scanPorts, either);
    keeping.signal?.throwIfAborted();
    if ('kind' in described) return refused(notASound(wanted, described.reason));
    const mismatch = nameMismatch(wanted, described.audio.format);
    if (mismatch !== undefined) return refused(wrongExtension(mismatch));

    const placed = await putInPlace(originals, type, wanted, file);
    const sound_id = kernel.ids();
    const addSound = (): SoundCommand => ({
      type: 'AddSound',
      sound_id,
      file: { ...toSoundFile(described), filename: placed.filename },
      name: keeping.name ?? nameOf(wanted),
      tags: [...keeping.tags],
      known: queries.hashKnown(hash),
    });
    const kept = { status: 'added', sound_id } as const;
    const target = { ...placed, type };
    return record(request, target, file, keeping, () => ({ kept, command: addSound() }), described);
  };

  const settle = (request: CommandRequest, file: Received, keeping: Keeping) =>
    inTurn(file.hash, async (): Promise<Uploaded> => {
      const { repeat } = request;
      const earlier = repeat && kernel.bus.earlier(repeat);
      // Only what was kept has an answer: what was refused is tried again.
      if (earlier?.ok) return { ...(earlier.result as Kept), position: earlier.position };
      try {
        const owner = queries.ofHash(file.hash);
        if (!owner) return await add(request, file, keeping);
        if (await isThere(owner)) return await answerKnown(request, owner.id, keeping);
        return await bringBack(request, file, owner, keeping);
      } catch (error) {
        keeping.signal?.throwIfAborted();
        if (signal.aborted) throw new ProblemError(stopping());
        if ((error as NodeJS.ErrnoException).code === undefined) throw error;
        kernel.logger.warn({ err: error }, 'an upload could not be put in place');
        return { status: 'refused', problem: diskProblem(error) };
      }
    });

  const underWay = new Set<Promise<unknown>>();
  const follow = <T>(settling: Promise<T>): Promise<T> => {
    underWay.add(settling);
    return settling.finally(() => underWay.delete(settling));
  };
  return {
    /** One answer a file, in their order; one that is refused leaves the others be. */
    async keep(
      command: CommandRequest,
      files: readonly Received[],
      wishes: UploadWishes,
    ): Promise<Uploaded[]> {
      const { repeat, ...request } = command;
      const content = fingerprintOf(files, wishes);
      const requestOf = (index: number): CommandRequest => ({
        ...request,
        ...(repeat && {
          repeat: {
            key: `${repeat.key} ${index}`,
            fingerprint: `${repeat.fingerprint} ${content}`,
          },
        }),
      });
      const answers: Uploaded[] = [];
      const settling = mapInOrder(files.entries(), jobsMax, ([index, file]) => {
        return follow(settle(requestOf(index), file, { ...wishes, type: 'SDB' }));
      });
      for await (const answer of settling) {
        answers.push(answer);
        kernel.publish({
          type: 'job_progress',
          data: { job: 'upload', done: answers.length, total: files.length },
          audience: ({ actor }) => actor === command.actor,
        });
      }
      return answers;
    },
    /** One file that was not sent but made. */
    keepMade: (
      request: CommandRequest,
      file: Received,
      wishes: Omit<Keeping, 'also'>,
      also: AlsoKept,
    ): Promise<Uploaded> => follow(settle(request, file, { ...wishes, also })),
    /** Content that is on its way in: what is derived from it is no left-over. */
    holds: (hash: string): boolean => turns.has(hash),
    settled: () => Promise.allSettled(underWay),
  };
};
export type Uploads = ReturnType<typeof createUploads>;
