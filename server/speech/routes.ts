import { route, type Identity, type Route } from '../kernel/door.ts';
import { wholeList } from '../kernel/lists.ts';
import { ProblemError } from '../kernel/problem.ts';
import { soundUnknown, type SoundQueries } from '../sounds/index.ts';
import { speakBody, spoken, voiceList } from './contract.ts';
import type { Speech } from './speech.ts';
import type { Voices } from './voices.ts';

export const speechRoutes = (ports: {
  speech: Speech;
  voices: Voices;
  sounds: SoundQueries;
}): Route[] => [
  route({
    method: 'POST',
    path: '/sounds/tts',
    summary: 'Make a sound of a text',
    access: { role: 'user', scope: 'play' },
    body: speakBody,
    answers: {
      200: { description: 'The phrase was there already; nothing was charged', schema: spoken },
      201: { description: 'Spoken, kept and paid', schema: spoken },
    },
    problems: [
      { status: 404, code: 'unknown_sound' },
      { status: 409, code: 'not_enough_credits' },
      { status: 422, code: 'unknown_voice' },
      { status: 422, code: 'unknown_language' },
      { status: 422, code: 'nothing_to_say' },
      { status: 422, code: 'speech_too_long' },
      { status: 503, code: 'speech_unavailable' },
      { status: 503, code: 'speech_busy' },
      { status: 503, code: 'speech_failed' },
      { status: 503, code: 'speech_timed_out' },
      { status: 503, code: 'disk_full' },
      { status: 503, code: 'player_unavailable' },
      { status: 503, code: 'stopping' },
    ],
    async handle({ body, command, ...request }) {
      // The door lets nobody in without an identity: this route asks for a role.
      const identity = request.identity as Identity;
      const outcome = await ports.speech.speak({ command, identity, wish: body });
      if (!outcome.ok) throw new ProblemError(outcome.reason);
      const { position } = outcome;
      const { sound_id, play_refused, ...heard } = outcome.result;
      const sound = ports.sounds.find(sound_id, command.actor);
      if (!sound) throw soundUnknown();
      const why = play_refused && { code: play_refused.code, detail: play_refused.detail };
      const answer = { sound, ...heard, play_refused: why };
      return { status: heard.cached ? 200 : 201, body: answer, position };
    },
  }),
  route({
    method: 'GET',
    path: '/sounds/tts/voices',
    summary: 'Voices that speak here',
    access: { role: 'guest', scope: 'read' },
    answers: { 200: { description: 'All voices', schema: voiceList } },
    problems: [{ status: 503, code: 'speech_unavailable' }],
    async handle() {
      const listed = await ports.voices.list();
      if ('problem' in listed) throw new ProblemError(listed.problem);
      return { status: 200, body: wholeList(listed) };
    },
  }),
];
