import { accepted, refused, unreachable, type Decider, type Decision } from '../kernel/decider.ts';
import type { BatchEvent, SoundNormalisationEvent } from './normalisation-events.ts';

type DataOf<E extends { type: string; data: unknown }, T extends E['type']> = Extract<
  E,
  { type: T }
>['data'];

export type SoundNormalisationCommand =
  | { type: 'RecordNormalized'; file: DataOf<SoundNormalisationEvent, 'SoundNormalized'> }
  | {
      type: 'RecordNormalizationFailed';
      failure: DataOf<SoundNormalisationEvent, 'NormalizationFailed'>;
    }
  | { type: 'RecordNormalizedFileLost'; hash: string };

/** The original became another one while it was levelled. */
export type SoundNormalisationRefusal = { code: 'file_replaced' };

/** What of a sound matters here: the content of its original and of its normalised file. */
export type NormalisedState = {
  readonly sound_id: string;
  readonly hash: string;
  readonly normalized_hash: string | null;
};

export const decideNormalisation = (
  command: SoundNormalisationCommand,
  sound: NormalisedState,
): Decision<SoundNormalisationEvent, SoundNormalisationRefusal> => {
  switch (command.type) {
    case 'RecordNormalized':
      if (command.file.source_hash !== sound.hash) return refused({ code: 'file_replaced' });
      return accepted({ type: 'SoundNormalized', data: command.file });
    case 'RecordNormalizationFailed':
      if (command.failure.source_hash !== sound.hash) return refused({ code: 'file_replaced' });
      return accepted({ type: 'NormalizationFailed', data: command.failure });
    case 'RecordNormalizedFileLost': {
      const { hash } = command;
      if (hash !== sound.normalized_hash) return accepted();
      return accepted({ type: 'NormalizedFileLost', data: { sound_id: sound.sound_id, hash } });
    }
    default:
      return unreachable(command);
  }
};

export type BatchCommand =
  | { type: 'StartBatch'; batch: DataOf<BatchEvent, 'BatchStarted'> }
  | { type: 'FinishBatch'; report: DataOf<BatchEvent, 'BatchFinished'> };

type BatchState = 'none' | 'running' | 'over';

/** One batch begins and ends once, however it ends. */
export const batchDecider: Decider<BatchState, BatchCommand, BatchEvent, never> = {
  initialState: () => 'none',
  decide(command, batch) {
    switch (command.type) {
      case 'StartBatch':
        if (batch !== 'none') return accepted();
        return accepted({ type: 'BatchStarted', data: command.batch });
      case 'FinishBatch':
        if (batch !== 'running') return accepted();
        return accepted({ type: 'BatchFinished', data: command.report });
      default:
        return unreachable(command);
    }
  },
  evolve(_batch, event) {
    switch (event.type) {
      case 'BatchStarted':
        return 'running';
      case 'BatchFinished':
        return 'over';
      default:
        return unreachable(event);
    }
  },
};
