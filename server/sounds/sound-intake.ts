import { join } from 'node:path';
import { done, type CommandRequest } from '../kernel/command-bus.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { SoundType } from './contract.ts';
import type { ScanPorts } from './describe-file.ts';
import { soundDecider } from './decider.ts';
import type { DiskSpace } from './disk-space.ts';
import { soundStream } from './events.ts';
import { createMediaFacts } from './media-facts.ts';
import { createSoundQueries } from './queries.ts';
import { createIntake } from './upload-intake.ts';
import { createUploads, type AlsoKept, type Uploaded } from './upload.ts';

/** A sound that the house made itself. */
export type MadeSound = {
  readonly type: SoundType;
  /** Wanted name of the file; made safe, and numbered where it is taken. */
  readonly filename: string;
  readonly name: string;
  readonly bytes: Uint8Array;
};

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
  },
) => {
  const { media, derived, soundsDir, diskSpace, mediaJobsMax } = ports;
  const stopping = new AbortController();
  const uploads = createUploads(kernel, {
    queries: createSoundQueries(kernel.storage, soundsDir),
    facts: createMediaFacts(kernel.storage),
    scanPorts: { media, derived },
    originals: join(soundsDir, 'originals'),
    jobsMax: mediaJobsMax,
    signal: stopping.signal,
  });
  const files = createIntake(join(soundsDir, 'temp'), diskSpace);
  return {
    uploads,
    files,
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
          for (const id of soundIds) {
            tx.decide(soundDecider, soundStream(id), { type: 'RemoveSound' });
          }
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
