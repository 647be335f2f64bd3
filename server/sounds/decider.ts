import { accepted, refused, unreachable, type Decider } from '../kernel/decider.ts';
import type { SoundType } from './contract.ts';
import type { ScanEvent, SoundEvent, SoundFile } from './events.ts';
import {
  decideNormalisation,
  type SoundNormalisationCommand,
  type SoundNormalisationRefusal,
} from './normalisation-decider.ts';

export type SoundCommand =
  | {
      type: 'AddSound';
      sound_id: string;
      file: SoundFile;
      name: string;
      tags: string[];
      known: boolean;
    }
  | { type: 'ReplaceFile'; file: SoundFile }
  | { type: 'MoveFile'; place: { type: SoundType; filename: string } }
  | { type: 'MarkMissing' }
  | { type: 'MarkFound' }
  | SoundNormalisationCommand;

export type SoundRefusal =
  | { code: 'unknown_sound' }
  /** Another sound has this content already. */
  | { code: 'sound_exists' }
  | SoundNormalisationRefusal;

type SoundState =
  | { kind: 'unknown' }
  | {
      kind: 'known';
      sound_id: string;
      missing: boolean;
      hash: string;
      normalized_hash: string | null;
    };

/** One sound of the library. Only a scan or an upload, which have seen the file, command it. */
export const soundDecider: Decider<SoundState, SoundCommand, SoundEvent, SoundRefusal> = {
  initialState: () => ({ kind: 'unknown' }),

  decide(command, sound) {
    if (command.type === 'AddSound') {
      const { sound_id, name, tags, file } = command;
      if (command.known) return refused({ code: 'sound_exists' });
      if (sound.kind === 'known') return accepted();
      return accepted({ type: 'SoundAdded', data: { sound_id, name, tags, ...file } });
    }
    if (sound.kind === 'unknown') return refused({ code: 'unknown_sound' });
    const { sound_id } = sound;
    const found: SoundEvent[] = sound.missing ? [{ type: 'SoundFound', data: { sound_id } }] : [];
    switch (command.type) {
      case 'ReplaceFile':
        return accepted(
          { type: 'SoundFileReplaced', data: { sound_id, ...command.file } },
          ...found,
        );
      case 'MoveFile':
        return accepted({ type: 'SoundFileMoved', data: { sound_id, ...command.place } }, ...found);
      case 'MarkMissing':
        if (sound.missing) return accepted();
        return accepted({ type: 'SoundMissing', data: { sound_id } });
      case 'MarkFound':
        return accepted(...found);
      case 'RecordNormalized':
      case 'RecordNormalizationFailed':
      case 'RecordNormalizedFileLost':
        return decideNormalisation(command, sound);
      default:
        return unreachable(command);
    }
  },

  evolve(sound, event) {
    if (event.type === 'SoundAdded') {
      const { sound_id, hash } = event.data;
      return { kind: 'known', sound_id, missing: false, hash, normalized_hash: null };
    }
    if (sound.kind === 'unknown') throw new Error(`${event.type} of a sound that was never added`);
    switch (event.type) {
      case 'SoundMissing':
        return { ...sound, missing: true };
      case 'SoundFound':
        return { ...sound, missing: false };
      case 'SoundFileReplaced':
        return { ...sound, hash: event.data.hash, normalized_hash: null };
      case 'SoundNormalized':
        return { ...sound, normalized_hash: event.data.hash };
      case 'NormalizedFileLost':
        return { ...sound, normalized_hash: null };
      case 'SoundFileMoved':
      case 'NormalizationFailed':
        return sound;
      default:
        return unreachable(event);
    }
  },
};

/** A scan only records that it ran and what it found. */
export const scanDecider: Decider<null, ScanEvent, ScanEvent, never> = {
  initialState: () => null,
  decide: (event) => accepted(event),
  evolve: (state) => state,
};
