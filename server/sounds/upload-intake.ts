import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { FormFile } from '../kernel/door.ts';
import { ProblemError } from '../kernel/problem.ts';
import type { DiskSpace } from './disk-space.ts';
import { diskFull, diskProblem } from './upload-problems.ts';

/** The smaller of the two is left free, so that the log can still be written. */
const freeBytesMin = 500_000_000;
const freeShareMin = 0.05;
/** How much may come between two looks at the disk. */
const lookEveryBytes = 32 * 1024 * 1024;
/** A form takes two hours at most. */
const leftoverAgeMsMin = 3 * 60 * 60_000;

export type Received = {
  /** As the client says it. */
  readonly said: string;
  readonly path: string;
  readonly size: number;
  /** SHA-256, lower-case hex. */
  readonly hash: string;
};

/** A request's files on their way in: each lies in a folder of its own until it is settled. */
export type Intake = AsyncDisposable & {
  readonly files: readonly Received[];
};

/** Takes files in under `<sounds>/temp`, which is on the library's file system and never scanned. */
export const createIntake = (temp: string, diskSpace: DiskSpace) => {
  /** Of all requests under way: what they announced and have not sent yet. */
  let expectedBytes = 0;
  /** What came since the last look at the disk, whoever sent it. */
  let unlookedBytes = 0;

  const needRoom = async (folder = temp) => {
    unlookedBytes = 0;
    const { free, total } = await diskSpace(folder);
    if (free - expectedBytes < Math.min(freeBytesMin, total * freeShareMin)) {
      throw new ProblemError(diskFull());
    }
  };

  const receive = async (
    folder: string,
    { filename, bytes }: FormFile,
    index: number,
    came: (bytes: number) => void,
  ) => {
    const path = join(folder, String(index));
    const hash = createHash('sha256');
    let size = 0;
    const passing = async function* () {
      for await (const chunk of bytes) {
        size += chunk.length;
        came(chunk.length);
        unlookedBytes += chunk.length;
        if (unlookedBytes > lookEveryBytes) await needRoom();
        hash.update(chunk);
        yield chunk;
      }
    };
    await using handle = await open(path, 'wx');
    await handle.writeFile(passing());
    // The library will name it, and must not name what a power cut takes away.
    await handle.sync();
    return { said: filename, path, size, hash: hash.digest('hex') };
  };

  return {
    /** @throws ProblemError 503 `disk_full` where too little is free on the disk of this folder */
    needRoom,
    /** @throws ProblemError of the form, or 503 `disk_full`; nothing is left then */
    async take(
      files: AsyncIterable<FormFile>,
      announcedBytes: number | undefined,
    ): Promise<Intake> {
      let folder: string | undefined;
      let owed = announcedBytes ?? 0;
      expectedBytes += owed;
      const came = (bytes: number) => {
        const paid = Math.min(bytes, owed);
        owed -= paid;
        expectedBytes -= paid;
      };
      const dispose = async () => {
        if (folder !== undefined) await rm(folder, { recursive: true, force: true });
      };
      try {
        await mkdir(temp, { recursive: true });
        await needRoom();
        folder = await mkdtemp(join(temp, 'upload-'));
        const received: Received[] = [];
        for await (const file of files) {
          received.push(await receive(folder, file, received.length, came));
        }
        return { files: received, [Symbol.asyncDispose]: dispose };
      } catch (error) {
        await dispose();
        throw error instanceof ProblemError ? error : new ProblemError(diskProblem(error));
      } finally {
        came(owed);
      }
    },
    /** Removes what a killed server left behind. */
    async clean(now_ms: number): Promise<void> {
      for (const name of await readdir(temp).catch(() => [])) {
        if (!name.startsWith('upload-')) continue;
        const folder = join(temp, name);
        const left = await stat(folder).catch(() => undefined);
        if (left && now_ms - left.mtimeMs > leftoverAgeMsMin) {
          await rm(folder, { recursive: true, force: true });
        }
      }
    },
  };
};
