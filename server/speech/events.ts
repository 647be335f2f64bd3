import type { Upcasters } from '../kernel/upcasters.ts';
import type { EngineName } from './speech-engine.ts';

/** Why nothing was spoken. */
export type SpeechFailureCode =
  | 'engine_missing'
  | 'engine_failed'
  | 'timed_out'
  | 'too_long'
  | 'nothing_to_say'
  /** The library did not take it. */
  | 'not_kept'
  /** The server stopped or was killed meanwhile. */
  | 'interrupted';

/**
 * Stream `speech-<id>`. What was said is not in it: `phrase` is the hash of text and voice, and the
 * words stand in the name of the sound only, where whoever speaks can choose another.
 */
export type SpeechEvent =
  | {
      type: 'SpeechRequested';
      data: {
        speech_id: string;
        /** Null: the house, which pays nothing. Version 1 knew no such speech. */
        user_id: string | null;
        phrase: string;
        characters: number;
        engine: EngineName;
        engine_version: string;
        voice: string;
        language: string;
      };
    }
  | {
      type: 'SpeechCompleted';
      data: {
        speech_id: string;
        sound_id: string;
        phrase: string;
        /** SHA-256 of the file, lower-case hex. */
        hash: string;
        /** Another sound had this content already: nothing is charged. */
        was_there: boolean;
        took_ms: number;
      };
    }
  | {
      type: 'SpeechFailed';
      data: {
        speech_id: string;
        code: SpeechFailureCode;
        /** The engine's last words, or the library's. */
        message: string;
      };
    };

/** The house speaks since version 2: an older Encore would look for its account. */
export const speechUpcasters: Upcasters = {
  SpeechRequested: { 1: (data: Record<string, unknown>) => data },
};

export const speechStream = (speechId: string): string => `speech-${speechId}`;
