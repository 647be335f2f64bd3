import { it } from 'vitest';
import { projectionSpec } from '../kernel/testing/projection-spec.ts';
import type { SpeechEvent } from './events.ts';
import { speechProjection } from './projection.ts';

const requested = (speech_id: string): { stream: string; event: SpeechEvent } => ({
  stream: `speech-${speech_id}`,
  event: {
    type: 'SpeechRequested',
    data: {
      speech_id,
      user_id: 'mira',
      phrase: `phrase of ${speech_id}`,
      characters: 5,
      engine: 'espeak-ng',
      engine_version: '1.51',
      voice: 'en-gb',
      language: 'en-gb',
    },
  },
});

it('speeches remember what became of each request', async () => {
  const spec = await projectionSpec(speechProjection).given(
    requested('a'),
    requested('b'),
    requested('c'),
    {
      stream: 'speech-a',
      event: {
        type: 'SpeechCompleted',
        data: {
          speech_id: 'a',
          sound_id: 's1',
          phrase: 'phrase of a',
          hash: 'h1',
          was_there: false,
          took_ms: 90,
        },
      },
    },
    {
      stream: 'speech-b',
      event: {
        type: 'SpeechFailed',
        data: { speech_id: 'b', code: 'engine_failed', message: 'no such phoneme' },
      },
    },
  );
  spec.thenRows(
    'SELECT id, user_id, origin, phrase, status, sound_id, hash, was_there, code, position FROM speeches ORDER BY id',
    [
      {
        id: 'a',
        user_id: 'mira',
        origin: 'system',
        phrase: 'phrase of a',
        status: 'completed',
        sound_id: 's1',
        hash: 'h1',
        was_there: 0,
        code: null,
        position: 1,
      },
      {
        id: 'b',
        user_id: 'mira',
        origin: 'system',
        phrase: 'phrase of b',
        status: 'failed',
        sound_id: null,
        hash: null,
        was_there: null,
        code: 'engine_failed',
        position: 2,
      },
      {
        id: 'c',
        user_id: 'mira',
        origin: 'system',
        phrase: 'phrase of c',
        status: 'requested',
        sound_id: null,
        hash: null,
        was_there: null,
        code: null,
        position: 3,
      },
    ],
  );
});
