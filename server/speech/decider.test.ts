import { describe, it } from 'vitest';
import { specification } from '../kernel/testing/specification.ts';
import { speechDecider } from './decider.ts';
import type { SpeechEvent } from './events.ts';

const spec = specification(speechDecider);
const data = {
  speech_id: 'v1',
  user_id: 'mira',
  phrase: 'abc',
  characters: 5,
  engine: 'espeak-ng',
  engine_version: '1.51',
  voice: 'en-gb',
  language: 'en-gb',
} as const;
const requested: SpeechEvent = { type: 'SpeechRequested', data };
const end = { sound_id: 's1', hash: 'h1', was_there: false, took_ms: 80 };
const completed: SpeechEvent = {
  type: 'SpeechCompleted',
  data: { speech_id: 'v1', phrase: 'abc', ...end },
};
const failed: SpeechEvent = {
  type: 'SpeechFailed',
  data: { speech_id: 'v1', code: 'timed_out', message: '' },
};

describe('a speech', () => {
  it('is requested once', () => {
    const request = { type: 'RequestSpeech', ...data } as const;
    spec.given().when(request).thenAccepted(requested);
    spec.given(requested).when(request).thenAccepted();
  });

  it('is completed with its sound, or fails', () => {
    spec
      .given(requested)
      .when({ type: 'CompleteSpeech', ...end })
      .thenAccepted(completed);
    const fail = { type: 'FailSpeech', code: 'timed_out', message: '' } as const;
    spec.given(requested).when(fail).thenAccepted(failed);
  });

  it('ends once, whatever comes later', () => {
    const fail = { type: 'FailSpeech', code: 'interrupted', message: '' } as const;
    spec.given(requested, completed).when(fail).thenAccepted();
    spec
      .given(requested, failed)
      .when({ type: 'CompleteSpeech', ...end })
      .thenAccepted();
  });

  it('that nobody requested cannot end', () => {
    spec
      .given()
      .when({ type: 'CompleteSpeech', ...end })
      .thenAccepted();
  });
});
