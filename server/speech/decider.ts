import { accepted, unreachable, type Decider } from '../kernel/decider.ts';
import type { SpeechEvent, SpeechFailureCode } from './events.ts';

type Requested = Extract<SpeechEvent, { type: 'SpeechRequested' }>['data'];

export type SpeechCommand =
  | ({ type: 'RequestSpeech' } & Requested)
  | {
      type: 'CompleteSpeech';
      sound_id: string;
      hash: string;
      was_there: boolean;
      took_ms: number;
    }
  | { type: 'FailSpeech'; code: SpeechFailureCode; message: string };

type SpeechState =
  | { kind: 'unknown' }
  | { kind: 'requested' | 'ended'; speech_id: string; phrase: string };

/** One phrase from request to sound. It ends once: what comes later changes nothing. */
export const speechDecider: Decider<SpeechState, SpeechCommand, SpeechEvent, never> = {
  initialState: () => ({ kind: 'unknown' }),

  decide(command, speech) {
    if (command.type === 'RequestSpeech') {
      const { type: _, ...data } = command;
      if (speech.kind !== 'unknown') return accepted();
      return accepted({ type: 'SpeechRequested', data });
    }
    if (speech.kind !== 'requested') return accepted();
    const { speech_id, phrase } = speech;
    switch (command.type) {
      case 'CompleteSpeech': {
        const { type: _, ...data } = command;
        return accepted({ type: 'SpeechCompleted', data: { speech_id, phrase, ...data } });
      }
      case 'FailSpeech': {
        const { code, message } = command;
        return accepted({ type: 'SpeechFailed', data: { speech_id, code, message } });
      }
      default:
        return unreachable(command);
    }
  },

  evolve(speech, event) {
    switch (event.type) {
      case 'SpeechRequested': {
        const { speech_id, phrase } = event.data;
        return { kind: 'requested', speech_id, phrase };
      }
      case 'SpeechCompleted':
      case 'SpeechFailed':
        return speech.kind === 'unknown' ? speech : { ...speech, kind: 'ended' };
      default:
        return unreachable(event);
    }
  },
};
