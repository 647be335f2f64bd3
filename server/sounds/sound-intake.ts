import { lstat, open } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { done, type CommandRequest, type Tx } from '../kernel/command-bus.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { SoundType } from './contract.ts';
import type { ScanPorts } from './describe-file.ts';
import { soundDecider } from './decider.ts';
import type { DiskSpace } from './disk-space.ts';
import { soundStream } from './events.ts';
import { hashFile } from './file-hash.ts';
import { createMediaFacts } from './media-facts.ts';
import { createSoundQueries } from './queries.ts';
import type { Thumbnails } from './thumbnails.ts';
import { createIntake, type Received } from './upload-intake.ts';
import { createUploads, type AlsoKept, type Uploaded } from './upload.ts';

/** A sound that the house made itself. */
export type MadeSound = {
  readonly type: SoundType;
  /** Wanted name of the file; made safe, and numbered where it is taken. */
  readonly filename: string;
  readonly name: string;
  readonly bytes: Uint8Array;
};

/** A sound that was made on the disk. */
export type MadeFile = Omit<MadeSound, 'bytes'> & { readonly file: AdmittedFile };

/** A file on its way in: what is derived from its content stays until this is disposed of. */
export type AdmittedFile = Disposable & Pick<Received, 'path' | 'size' | 'hash'>;

async function* fileOf({ filename, bytes }: MadeSound) {
  yield { filename, bytes: one(bytes) };
}
async function* one(bytes: Uint8Array) {
  yield bytes;
}

/** The one way for new content into the library, whoever brings it. */
export const openSoundIntake = (
  kernel: Kernel,
  ports: ScanPorts & {
    readonly soundsDir: string;
    readonly diskSpace: DiskSpace;
    readonly mediaJobsMax: number;
    readonly thumbnails: Thumbnails;
  },
) => {
  const { media, derived, soundsDir, diskSpace, mediaJobsMax, thumbnails } = ports;
  const stopping = new AbortController();
  const queries = createSoundQueries(kernel.storage, soundsDir);
  const facts = createMediaFacts(kernel.storage, thumbnails);
  const uploads = createUploads(kernel, {
    queries,
    facts,
    scanPorts: { media, derived },
    originals: join(soundsDir, 'originals'),
    jobsMax: mediaJobsMax,
    signal: stopping.signal,
  });
  const files = createIntake(join(soundsDir, 'temp'), diskSpace);
  const admitted = new Set<AdmittedFile>();

  const remove = (tx: Tx, soundId: string): void => {
    tx.decide(soundDecider, soundStream(soundId), { type: 'RemoveSound' });
  };

  return {
    uploads,
    files,
    /** Content that is on its way in: what is derived from it is no left-over. */
    holds: (hash: string): boolean =>
      uploads.holds(hash) || [...admitted].some((file) => file.hash === hash),
    /**
     * Reads a file that was made on the disk, and makes it durable there. @throws the system's error,
     * or the signal's reason
     */
    async admit(path: string, signal?: AbortSignal): Promise<AdmittedFile> {
      const { size, mtimeMs } = await lstat(path);
      const found = { filename: basename(path), path, size, mtime_ms: Math.floor(mtimeMs) };
      const hashed = await hashFile({ ...found, type: 'EXT' }, signal);
      if ('reason' in hashed) throw new Error(`${path}: ${hashed.reason}`);
      // The library will name it, and must not name what a power cut takes away.
      await using handle = await open(path, 'r');
      await handle.sync();
      const file: AdmittedFile = {
        path,
        size,
        hash: hashed.hash,
        [Symbol.dispose]: () => void admitted.delete(file),
      };
      admitted.add(file);
      return file;
    },
    /** A picture came beside content that the library has. Part of a transaction. */
    keepPicture: facts.keepPicture,
    /**
     * Moves an admitted file into the library, or finds the sound that has this content already: then
     * the file stays. `also` is part of the same transaction. @throws the signal's reason
     */
    depositFile(
      request: CommandRequest,
      made: MadeFile,
      also: AlsoKept,
      signal: AbortSignal,
    ): Promise<Uploaded> {
      const { type, filename, name, file } = made;
      const { path, size, hash } = file;
      const received = { said: filename, path, size, hash };
      return uploads.keepMade(request, received, { type, name, tags: [], signal }, also);
    },
    /**
     * Keeps what was made, or finds the sound that has this content already. `also` is part of the
     * same transaction. @throws ProblemError 503 `disk_full`, `sounds_not_writable`
     */
    async deposit(request: CommandRequest, made: MadeSound, also: AlsoKept): Promise<Uploaded> {
      await using taken = await files.take(fileOf(made), made.bytes.length);
      const [file] = taken.files;
      if (!file) throw new Error('a file that was given did not arrive');
      const { type, name } = made;
      return await uploads.keepMade(request, file, { type, name, tags: [] }, also);
    },
    /**
     * Removes what was made, into the trash, in the name of the system; answers how many. `which` is
     * asked in the same transaction.
     */
    async discard(which: () => readonly string[]): Promise<number> {
      const outcome = await kernel.bus.execute<number, never>(
        { actor: 'system', origin: 'schedule' },
        (tx) => {
          const soundIds = which();
          for (const id of soundIds) remove(tx, id);
          return done(soundIds.length);
        },
      );
      if (!outcome.ok) throw new Error('a removal by the system cannot be refused');
      return outcome.result;
    },
    /** Ends what is under way; what was not kept is not there. */
    async stop(): Promise<void> {
      stopping.abort(new Error('Encore is stopping'));
      await uploads.settled();
    },
  };
};
export type SoundIntake = ReturnType<typeof openSoundIntake>;
