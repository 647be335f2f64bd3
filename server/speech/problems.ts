import { unreachable } from '../kernel/decider.ts';
import type { Problem } from '../kernel/problem.ts';
import type { SpeechFailureCode } from './events.ts';

export const speechUnavailable = (reason: string): Problem => ({
  status: 503,
  code: 'speech_unavailable',
  title: 'Nothing here can speak',
  detail: `Nothing here can speak: ${reason}.`,
});

export const speechBusy: Problem = {
  status: 503,
  code: 'speech_busy',
  title: 'Too much to say',
  detail: 'As many phrases as may wait are waiting to be spoken. Try again in a few seconds.',
};

const unknown = (
  field: 'voice' | 'language',
  detail: string,
  suggestions: readonly string[],
): Problem => {
  const hint = suggestions.length > 0 ? ` Did you mean: ${suggestions.join(', ')}?` : '';
  const message = `${detail}${hint} GET /api/v1/sounds/tts/voices lists all.`;
  return {
    status: 422,
    code: `unknown_${field}`,
    title: `Unknown ${field}`,
    detail: message,
    errors: [{ path: field, message: detail }],
    extra: { suggestions },
  };
};

export const unknownVoice = (voice: string, suggestions: readonly string[]): Problem =>
  unknown('voice', `No voice is called "${voice}".`, suggestions);

export const unknownLanguage = (language: string, suggestions: readonly string[]): Problem =>
  unknown('language', `No voice speaks "${language}".`, suggestions);

export const otherLanguage = (voice: string, speaks: string, language: string): Problem =>
  unknown('voice', `The voice "${voice}" speaks ${speaks}, not "${language}".`, []);

export const stopping: Problem = {
  status: 503,
  code: 'stopping',
  title: 'Encore is stopping',
  detail: 'Nothing was spoken and nothing is charged. Send it again in a moment.',
};

/** What a speech that failed means to whoever asked for it. */
export const failureProblem = (code: SpeechFailureCode): Problem => {
  switch (code) {
    case 'engine_missing':
      return speechUnavailable('its program is not there any more');
    case 'engine_failed':
      return {
        status: 503,
        code: 'speech_failed',
        title: 'Not spoken',
        detail:
          'The program that speaks ended with a fault; its words are in the log. Nothing is charged. Try another voice.',
      };
    case 'timed_out':
      return {
        status: 503,
        code: 'speech_timed_out',
        title: 'Not spoken in time',
        detail: 'Speaking this took too long. Nothing is charged. Try a shorter text.',
      };
    case 'too_long':
      return {
        status: 422,
        code: 'speech_too_long',
        title: 'Too long',
        detail: 'Spoken, this would be too long. Nothing is charged. Try a shorter text.',
      };
    case 'nothing_to_say':
      return {
        status: 422,
        code: 'nothing_to_say',
        title: 'Nothing to say',
        detail:
          'This voice finds nothing in the text that can be spoken. Nothing is charged. Write it in words, or choose a voice of its language.',
      };
    case 'not_kept':
      return {
        status: 503,
        code: 'speech_not_kept',
        title: 'Not kept',
        detail: 'The phrase could not be kept as a sound. Nothing is charged.',
      };
    case 'interrupted':
      return stopping;
    default:
      return unreachable(code);
  }
};
