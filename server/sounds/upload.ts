import { createHash } from 'node:crypto';
import { lstat, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { CommandRequest } from '../kernel/command-bus.ts';
import { done } from '../kernel/command-bus.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Problem } from '../kernel/problem.ts';
import { ProblemError } from '../kernel/problem.ts';
import { soundDecider, type SoundCommand } from './decider.ts';
import { describe, nameOf, type ScanPorts } from './describe-file.ts';
import { soundStream } from './events.ts';
import { mapInOrder } from './job-limit.ts';
import { toSoundFile } from './scan-recorder.ts';
import { placeOf } from './library-diff.ts';
import { typeFolders } from './library-walk.ts';
import type { MediaFacts } from './media-facts.ts';
import { nameMismatch } from './media-types.ts';
import { putInPlace, type Placed } from './put-in-place.ts';
import type { SoundPlace, SoundQueries } from './queries.ts';
import type { ScannedFile } from './scan-finding.ts';
import type { Received } from './upload-intake.ts';
import { safeFilename } from './upload-name.ts';
import {
  diskProblem,
  notASound,
  stopping,
  unusableName,
  wrongExtension,
} from './upload-problems.ts';

export type UploadWishes = { readonly name?: string | undefined; readonly tags: readonly string[] };

export type Uploaded =
  | { readonly status: 'added' | 'existing'; readonly sound_id: string; readonly position: number }
  | { readonly status: 'refused'; readonly problem: Problem };

type Kept = { readonly status: 'added' | 'existing'; readonly sound_id: string };

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
  const remember = kernel.storage.prepare(
    'INSERT OR REPLACE INTO scanned_files VALUES (?, ?, ?, ?)',
  );
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

  const answerKnown = async (request: CommandRequest, sound_id: string): Promise<Uploaded> => {
    const kept = await kernel.bus.execute(request, () =>
      done<Kept>({ status: 'existing', sound_id }),
    );
    if (!kept.ok) throw new Error('a known sound cannot be refused');
    return { ...kept.result, position: kept.position };
  };

  /** Writes what came of a placed file; without that, the file goes again. */
  const record = async (
    request: CommandRequest,
    placed: Placed & { readonly type: SoundPlace['type'] },
    content: Received,
    command: () => { kept: Kept; command: SoundCommand },
    described?: ScannedFile,
  ): Promise<Uploaded> => {
    try {
      const { mtimeMs } = await lstat(placed.path);
      const outcome = await kernel.bus.execute(request, (tx) => {
        const { kept, command: sent } = command();
        const decision = tx.decide(soundDecider, soundStream(kept.sound_id), sent);
        if (!decision.accepted) {
          // A scan that saw the file first: it is the same sound, and the file is its own.
          const owner = queries.ofHash(content.hash);
          if (!owner) throw new Error(`refused without an owner: ${decision.reason.code}`);
          return done<Kept>({ status: 'existing', sound_id: owner.id });
        }
        remember.run(placeOf(placed), content.size, Math.floor(mtimeMs), content.hash);
        if (described) facts.keep(described);
        return done(kept);
      });
      if (!outcome.ok) throw new Error('an upload cannot be refused here');
      const owner = queries.ofHash(content.hash);
      if (!placed.lay_there && owner && pathOf(owner) !== placed.path) await rm(placed.path);
      return { ...outcome.result, position: outcome.position };
    } catch (error) {
      const owner = queries.ofHash(content.hash);
      if (!placed.lay_there && !(owner && pathOf(owner) === placed.path)) {
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
    if (owner.removed === 'in trash') return { type: 'RestoreSound', place };
    return place.filename === owner.filename ? { type: 'MarkFound' } : { type: 'MoveFile', place };
  };

  /** The content is known, its file is not there: it comes back to its place. */
  const bringBack = async (request: CommandRequest, file: Received, owner: SoundPlace) => {
    const { id: sound_id, type, filename } = owner;
    const placed = await putInPlace(originals, type, filename, file);
    const place = { type, filename: placed.filename };
    return record(request, { ...placed, type }, file, () => ({
      kept: { status: 'existing', sound_id },
      command: returnOf(owner, place),
    }));
  };

  const add = async (
    request: CommandRequest,
    file: Received,
    wishes: UploadWishes,
  ): Promise<Uploaded> => {
    const refused = (problem: Problem): Uploaded => ({ status: 'refused', problem });
    const wanted = safeFilename(file.said);
    if (wanted === undefined) return refused(unusableName());
    const { path, size, hash } = file;
    const received = { type: 'SDB', filename: wanted, path, size, hash, mtime_ms: 0 } as const;
    const described = await describe(received, scanPorts, signal);
    if ('kind' in described) return refused(notASound(wanted, described.reason));
    const mismatch = nameMismatch(wanted, described.audio.format);
    if (mismatch !== undefined) return refused(wrongExtension(mismatch));

    const placed = await putInPlace(originals, 'SDB', wanted, file);
    const sound_id = kernel.ids();
    const addSound = (): SoundCommand => ({
      type: 'AddSound',
      sound_id,
      file: { ...toSoundFile(described), filename: placed.filename },
      name: wishes.name ?? nameOf(wanted),
      tags: [...wishes.tags],
      known: queries.hashKnown(hash),
    });
    const kept = { status: 'added', sound_id } as const;
    const target = { ...placed, type: 'SDB' } as const;
    return record(request, target, file, () => ({ kept, command: addSound() }), described);
  };

  const settle = (request: CommandRequest, file: Received, wishes: UploadWishes) =>
    inTurn(file.hash, async (): Promise<Uploaded> => {
      try {
        const owner = queries.ofHash(file.hash);
        if (!owner) return await add(request, file, wishes);
        if (await isThere(owner)) return await answerKnown(request, owner.id);
        return await bringBack(request, file, owner);
      } catch (error) {
        if (signal.aborted) throw new ProblemError(stopping());
        if ((error as NodeJS.ErrnoException).code === undefined) throw error;
        kernel.logger.warn({ err: error }, 'an upload could not be put in place');
        return { status: 'refused', problem: diskProblem(error) };
      }
    });

  const underWay = new Set<Promise<unknown>>();
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
        const settled = settle(requestOf(index), file, wishes);
        underWay.add(settled);
        return settled.finally(() => underWay.delete(settled));
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
    /** Content that is on its way in: what is derived from it is no left-over. */
    holds: (hash: string): boolean => turns.has(hash),
    settled: () => Promise.allSettled(underWay),
  };
};
export type Uploads = ReturnType<typeof createUploads>;
