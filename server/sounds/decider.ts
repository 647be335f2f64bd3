import { accepted, refused, unreachable, type Decider } from '../kernel/decider.ts';
import type { SoundPolicy, SoundTrim, SoundType } from './contract.ts';
import type { ScanEvent, SoundEvent, SoundFile } from './events.ts';
import {
  decideNormalisation,
  type SoundNormalisationCommand,
  type SoundNormalisationRefusal,
} from './normalisation-decider.ts';

/** What people may say of a sound; what is left out stays as it is. */
export type SoundChanges = {
  readonly name?: string | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly gain_db?: number | undefined;
  readonly policy?: SoundPolicy | undefined;
  readonly trim?: SoundTrim | null | undefined;
};

type Place = { readonly type: SoundType; readonly filename: string };

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
  | { type: 'MoveFile'; place: Place }
  | { type: 'MarkMissing' }
  | { type: 'MarkFound' }
  | { type: 'DescribeSound'; changes: SoundChanges }
  | { type: 'RemoveSound' }
  /** `place`: where the file will lie again; `lies_there`: it does already, as after an upload. */
  | { type: 'RestoreSound'; place: Place; lies_there: boolean }
  | { type: 'ConfirmTrashed'; kept: boolean }
  | { type: 'PurgeSound' }
  | { type: 'FavouriteSound'; user_id: string }
  | { type: 'UnfavouriteSound'; user_id: string }
  | SoundNormalisationCommand;

export type SoundRefusal =
  | { code: 'unknown_sound' }
  /** Another sound has this content already. */
  | { code: 'sound_exists' }
  | { code: 'sound_purged' }
  | { code: 'trim_beyond_end'; duration_ms: number }
  | SoundNormalisationRefusal;

/** `leaving`: removed, while the file is still on its way to the trash. */
type Whereabouts = 'library' | 'leaving' | 'trash' | 'purged';

type KnownSound = Place & {
  readonly kind: 'known';
  readonly sound_id: string;
  readonly missing: boolean;
  readonly whereabouts: Whereabouts;
  readonly name: string;
  readonly tags: readonly string[];
  readonly gain_db: number;
  readonly policy: SoundPolicy;
  readonly trim: SoundTrim | null;
  readonly duration_ms: number;
  readonly favourite_of: readonly string[];
  readonly hash: string;
  readonly normalized_hash: string | null;
};
export type SoundState = { readonly kind: 'unknown' } | KnownSound;

const sameTrim = (one: SoundTrim | null, other: SoundTrim | null): boolean =>
  one?.start_ms === other?.start_ms && one?.end_ms === other?.end_ms;

/** The facts that are new in what somebody says of a sound. */
const describe = (sound: KnownSound, changes: SoundChanges): SoundEvent[] => {
  const { sound_id } = sound;
  const { name, tags, gain_db, policy } = changes;
  const whole = changes.trim?.start_ms === 0 && changes.trim.end_ms === sound.duration_ms;
  const trim = whole ? null : changes.trim;
  const events: SoundEvent[] = [];
  if (name !== undefined && name !== sound.name) {
    events.push({ type: 'SoundRenamed', data: { sound_id, name } });
  }
  if (tags !== undefined && tags.join('\n') !== sound.tags.join('\n')) {
    events.push({ type: 'SoundTagged', data: { sound_id, tags: [...tags] } });
  }
  if (gain_db !== undefined && gain_db !== sound.gain_db) {
    events.push({ type: 'SoundGainSet', data: { sound_id, gain_db } });
  }
  if (policy !== undefined && policy !== sound.policy) {
    events.push({ type: 'SoundPolicySet', data: { sound_id, policy } });
  }
  if (trim !== undefined && !sameTrim(trim, sound.trim)) {
    events.push({ type: 'SoundTrimmed', data: { sound_id, trim } });
  }
  return events;
};

/** One sound of the library: what its file is, what people say of it, and whether it is still in. */
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
    const { sound_id, whereabouts } = sound;
    const found: SoundEvent[] = sound.missing ? [{ type: 'SoundFound', data: { sound_id } }] : [];
    const restored: SoundEvent[] =
      whereabouts === 'library' ? [] : [{ type: 'SoundRestored', data: { sound_id } }];
    const moved = (to: Place): SoundEvent[] =>
      to.type === sound.type && to.filename === sound.filename
        ? []
        : [{ type: 'SoundFileMoved', data: { sound_id, type: to.type, filename: to.filename } }];
    switch (command.type) {
      case 'ReplaceFile': {
        if (whereabouts !== 'library') return accepted();
        const { file } = command;
        const cutOff: SoundEvent[] =
          sound.trim !== null && sound.trim.end_ms > file.duration_ms
            ? [{ type: 'SoundTrimmed', data: { sound_id, trim: null } }]
            : [];
        return accepted(
          { type: 'SoundFileReplaced', data: { sound_id, ...file } },
          ...cutOff,
          ...found,
        );
      }
      // Seen in the folders: of a removed sound that is a return, unless it has not left them yet.
      case 'MoveFile':
        if (whereabouts === 'leaving') return accepted();
        return accepted(...moved(command.place), ...restored, ...found);
      case 'MarkFound':
        if (whereabouts === 'leaving') return accepted();
        return accepted(...restored, ...found);
      case 'MarkMissing':
        if (sound.missing || whereabouts !== 'library') return accepted();
        return accepted({ type: 'SoundMissing', data: { sound_id } });
      case 'DescribeSound': {
        if (whereabouts !== 'library') return refused({ code: 'unknown_sound' });
        const { duration_ms } = sound;
        const { trim } = command.changes;
        if (trim && trim.end_ms > duration_ms) {
          return refused({ code: 'trim_beyond_end', duration_ms });
        }
        return accepted(...describe(sound, command.changes));
      }
      case 'RemoveSound':
        if (whereabouts !== 'library') return accepted();
        return accepted({ type: 'SoundRemoved', data: { sound_id } });
      case 'RestoreSound':
        if (whereabouts === 'purged') return refused({ code: 'sound_purged' });
        if (whereabouts === 'library') return accepted();
        return accepted(...restored, ...moved(command.place), ...(command.lies_there ? found : []));
      case 'ConfirmTrashed':
        if (whereabouts !== 'leaving') return accepted();
        return accepted({ type: 'SoundFileTrashed', data: { sound_id, kept: command.kept } });
      case 'PurgeSound':
        if (whereabouts !== 'trash') return accepted();
        return accepted({ type: 'SoundPurged', data: { sound_id } });
      case 'FavouriteSound': {
        const { user_id } = command;
        if (whereabouts !== 'library') return refused({ code: 'unknown_sound' });
        if (sound.favourite_of.includes(user_id)) return accepted();
        return accepted({ type: 'SoundFavourited', data: { sound_id, user_id } });
      }
      case 'UnfavouriteSound': {
        const { user_id } = command;
        if (!sound.favourite_of.includes(user_id)) return accepted();
        return accepted({ type: 'SoundUnfavourited', data: { sound_id, user_id } });
      }
      case 'RecordNormalized':
      case 'RecordNormalizationFailed':
      case 'RecordNormalizedFileLost':
        if (whereabouts !== 'library') return accepted();
        return decideNormalisation(command, sound);
      default:
        return unreachable(command);
    }
  },

  evolve(sound, event) {
    if (event.type === 'SoundAdded') {
      const { sound_id, name, tags, type, filename, duration_ms, hash } = event.data;
      return {
        kind: 'known',
        hash,
        normalized_hash: null,
        sound_id,
        name,
        tags,
        type,
        filename,
        duration_ms,
        gain_db: 0,
        policy: 'overlap',
        trim: null,
        missing: false,
        whereabouts: 'library',
        favourite_of: [],
      };
    }
    if (sound.kind === 'unknown') return sound;
    switch (event.type) {
      case 'SoundFileReplaced': {
        const { type, filename, duration_ms, hash } = event.data;
        return { ...sound, type, filename, duration_ms, hash, normalized_hash: null };
      }
      case 'SoundFileMoved':
        return { ...sound, type: event.data.type, filename: event.data.filename };
      case 'SoundMissing':
        return { ...sound, missing: true };
      case 'SoundFound':
        return { ...sound, missing: false };
      case 'SoundRenamed':
        return { ...sound, name: event.data.name };
      case 'SoundTagged':
        return { ...sound, tags: event.data.tags };
      case 'SoundGainSet':
        return { ...sound, gain_db: event.data.gain_db };
      case 'SoundPolicySet':
        return { ...sound, policy: event.data.policy };
      case 'SoundTrimmed':
        return { ...sound, trim: event.data.trim };
      case 'SoundRemoved':
        return { ...sound, whereabouts: 'leaving' };
      case 'SoundFileTrashed':
        return { ...sound, whereabouts: 'trash' };
      case 'SoundRestored':
        return { ...sound, whereabouts: 'library' };
      case 'SoundPurged':
        return { ...sound, whereabouts: 'purged' };
      case 'SoundFavourited':
        return { ...sound, favourite_of: [...sound.favourite_of, event.data.user_id] };
      case 'SoundUnfavourited': {
        const { user_id } = event.data;
        return { ...sound, favourite_of: sound.favourite_of.filter((id) => id !== user_id) };
      }
      case 'SoundNormalized':
        return { ...sound, normalized_hash: event.data.hash };
      case 'NormalizedFileLost':
        return { ...sound, normalized_hash: null };
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
