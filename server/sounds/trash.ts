import { done } from '../kernel/command-bus.ts';
import type { Recorded } from '../kernel/event.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Reactor } from '../kernel/reactors.ts';
import { soundDecider, type SoundCommand } from './decider.ts';
import { soundStream, type SoundEvent } from './events.ts';
import type { TrashFiles } from './trash-files.ts';
import { trashKeptMs, type SoundFileRow, type TrashQueries } from './trash-queries.ts';

const tendEveryMs = 24 * 60 * 60_000;

/** Makes the files follow what was decided: out of the folders, back into them, away for good. */
export const createTrash = (
  kernel: Kernel,
  ports: { queries: TrashQueries; files: TrashFiles },
) => {
  const { bus, clock, logger } = kernel;
  const { queries, files } = ports;

  const command = (soundId: string, work: SoundCommand, cause?: Recorded) => {
    const because = cause && {
      causationId: cause.eventId,
      correlationId: cause.correlationId,
    };
    return bus.execute({ actor: 'system', origin: 'system', ...because }, (tx) => {
      tx.decide(soundDecider, soundStream(soundId), work);
      return done(null);
    });
  };

  const freePlaceOf = (row: SoundFileRow) =>
    files.freePlace(row, (filename) => queries.isTaken(row.type, filename, row.id));

  const bringBack = async (row: SoundFileRow, cause?: Recorded): Promise<void> => {
    const came = await files.giveBack(row);
    if (came === 'gone') await command(row.id, { type: 'MarkMissing' }, cause);
    if (came !== 'taken') return;
    await command(row.id, { type: 'MoveFile', place: freePlaceOf(row) }, cause);
    const moved = queries.fileOf(row.id);
    if (moved) await bringBack(moved, cause);
  };

  /** By what holds now, not by what the event said: so it may come twice, late, or after a crash. */
  const settleNow = async (soundId: string, cause?: Recorded<SoundEvent>): Promise<void> => {
    const row = queries.fileOf(soundId);
    if (!row) return;
    if (row.removed_at === null) await bringBack(row, cause);
    else if (row.purged_at !== null) await files.purge(row);
    else if (row.trashed === 0) {
      const kept = await files.take(row);
      await command(row.id, { type: 'ConfirmTrashed', kept }, cause);
    }
  };

  /** Sounds whose last try failed, and what the system said. */
  const stuck = new Map<string, string>();
  let turn: Promise<unknown> = Promise.resolve();
  /** One after the other: two at one file would each take the other's half for the whole. */
  const settle = (soundId: string, cause?: Recorded<SoundEvent>): Promise<void> => {
    const settled = turn.then(async () => {
      try {
        await settleNow(soundId, cause);
        stuck.delete(soundId);
      } catch (error) {
        stuck.set(soundId, (error as NodeJS.ErrnoException).code ?? 'a fault');
        throw error;
      }
    });
    turn = settled.catch(() => undefined);
    return settled;
  };

  /** The reactor gives a file up that cannot be moved for long. */
  const settleLeaving = async (): Promise<void> => {
    for (const soundId of new Set([...queries.leaving(), ...stuck.keys()])) {
      await settle(soundId).catch((error: unknown) => {
        logger.warn(
          { err: error, sound_id: soundId },
          'the file of a sound is not where it should be yet',
        );
      });
    }
  };

  const reactor: Reactor = {
    name: 'trash',
    on: ['SoundRemoved', 'SoundRestored', 'SoundPurged'],
    react: (event) => {
      const cause = event as Recorded<SoundEvent>;
      return settle(cause.data.sound_id, cause);
    },
  };

  const purge = async (): Promise<void> => {
    try {
      const due = queries.due(clock.now() - trashKeptMs);
      await Promise.all(due.map((id) => command(id, { type: 'PurgeSound' })));
      if (due.length > 0) logger.info({ sounds: due.length }, 'trash emptied');
    } catch (error) {
      logger.error({ err: error }, 'the trash could not be emptied; it is tried again tomorrow');
    }
  };

  const tend = async (): Promise<void> => {
    await settleLeaving();
    await purge();
  };

  let timer: NodeJS.Timeout | undefined;
  return {
    reactor,
    /** Where a restored sound's file will lie. */
    freePlaceOf,
    start(): void {
      void tend();
      timer = setInterval(() => void tend(), tendEveryMs).unref();
    },
    stop: (): void => clearInterval(timer),
    /** What a person should know; undefined while every file went where it should. */
    trouble(): string | undefined {
      const [code] = stuck.values();
      if (code === undefined) return undefined;
      const which =
        stuck.size === 1 ? 'the file of one sound' : `the files of ${stuck.size} sounds`;
      return `${which} cannot be moved into or out of the trash (the system says ${code}): make the folders trash and originals of the sounds writable and start Encore again, or wait a day`;
    },
  };
};
export type Trash = ReturnType<typeof createTrash>;
