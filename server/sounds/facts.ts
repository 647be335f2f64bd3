import { done, refuse, type Answer, type CommandRequest, type Tx } from '../kernel/command-bus.ts';
import type { Identity } from '../kernel/door.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { SoundChangesBody } from './contract.ts';
import { soundDecider, type SoundCommand, type SoundRefusal } from './decider.ts';
import { soundStream } from './events.ts';
import { notYourSound, soundPurged, soundUnknown, trimBeyondEnd } from './problems.ts';
import { tagsFrom } from './tags.ts';
import type { Trash } from './trash.ts';
import type { SoundFileRow, TrashQueries } from './trash-queries.ts';

type FactRefusal = SoundRefusal | { code: 'not_your_sound' };

const problemOf = (refusal: FactRefusal): Error => {
  switch (refusal.code) {
    case 'unknown_sound':
    // Nothing here adds a sound.
    case 'sound_exists':
    // Nor does anything here level one.
    case 'file_replaced':
      return soundUnknown();
    case 'sound_purged':
      return soundPurged();
    case 'trim_beyond_end':
      return trimBeyondEnd(refusal.duration_ms);
    case 'not_your_sound':
      return notYourSound();
  }
};

/** A volume knob has no finer steps. */
const tenth = (gain: number): number => Math.round(gain * 10) / 10;

/** What people say and decide of sounds. Every function throws `ProblemError` for a refusal. */
export const createSoundFacts = (kernel: Kernel, ports: { files: TrashQueries; trash: Trash }) => {
  const { bus } = kernel;
  const { files, trash } = ports;

  const run = async (
    request: CommandRequest,
    soundId: string,
    commandOf: (tx: Tx) => Answer<SoundCommand, FactRefusal>,
  ): Promise<number> => {
    const outcome = await bus.execute(request, (tx): Answer<null, FactRefusal> => {
      const command = commandOf(tx);
      if (!command.ok) return command;
      const decision = tx.decide(soundDecider, soundStream(soundId), command.result);
      return decision.accepted ? done(null) : refuse(decision.reason);
    });
    if (!outcome.ok) throw problemOf(outcome.reason);
    return outcome.position;
  };

  /** Users change what they added, admins everything. */
  const changing = (
    request: CommandRequest,
    identity: Identity | null,
    soundId: string,
    command: (file: SoundFileRow) => SoundCommand,
  ) =>
    run(request, soundId, () => {
      const known = files.fileOf(soundId);
      if (!known) return refuse({ code: 'unknown_sound' });
      const own = known.added_by !== null && known.added_by === request.actor;
      if (!own && identity?.role !== 'admin') return refuse({ code: 'not_your_sound' });
      return done(command(known));
    });

  return {
    change(
      request: CommandRequest,
      identity: Identity | null,
      soundId: string,
      { name, tags, gain, policy, trim }: SoundChangesBody,
    ) {
      const changes = {
        name,
        policy,
        trim,
        tags: tags && tagsFrom(tags),
        gain_db: gain === undefined ? undefined : tenth(gain),
      };
      return changing(request, identity, soundId, () => ({ type: 'DescribeSound', changes }));
    },

    remove: (request: CommandRequest, identity: Identity | null, soundId: string) =>
      changing(request, identity, soundId, () => ({ type: 'RemoveSound' })),

    restore: (request: CommandRequest, identity: Identity | null, soundId: string) =>
      changing(request, identity, soundId, (file) => ({
        type: 'RestoreSound',
        place: trash.freePlaceOf(file),
        lies_there: false,
      })),

    favourite: (request: CommandRequest, soundId: string) =>
      run(request, soundId, () => done({ type: 'FavouriteSound', user_id: request.actor })),

    unfavourite: (request: CommandRequest, soundId: string) =>
      run(request, soundId, () => done({ type: 'UnfavouriteSound', user_id: request.actor })),
  };
};
export type SoundFacts = ReturnType<typeof createSoundFacts>;
