import { createHash } from 'node:crypto';
import type { Funds, Ledger } from '../credits/index.ts';
import { done, type CommandRequest, type Tx } from '../kernel/command-bus.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { ProblemError, type Problem } from '../kernel/problem.ts';
import type { SoundIntake } from '../sounds/index.ts';
import { speechDecider } from './decider.ts';
import { speechStream, type SpeechFailureCode } from './events.ts';
import type { Phrase } from './phrase.ts';
import { failureProblem } from './problems.ts';
import type { SpeechQueries } from './queries.ts';
import { speechEngineLimits } from './speech-engine.ts';
import { createTurns, turnLimits } from './turns.ts';
import type { Speaker } from './voices.ts';
import { isSilent, wavOf } from './wav.ts';

const { speakTimeoutMs } = speechEngineLimits;
const messageCharactersMax = 1000;

export type Made =
  | { ok: true; sound_id: string; was_there: boolean; funds: Funds; position: number }
  | { ok: false; problem: Problem; position: number };

/** `user_id` null: the house. */
type Asked = { readonly id: string; readonly user_id: string | null };

type Failure = { code: SpeechFailureCode; message: string; problem: Problem };

const failure = (code: SpeechFailureCode, message = ''): Failure => ({
  code,
  message,
  problem: failureProblem(code),
});

const notKept = (problem: Problem): Failure => ({
  code: 'not_kept',
  message: problem.detail,
  problem,
});

/** What follows a request: the engine speaks, the library keeps it, and it is paid or given back. */
export const createSynthesis = (
  kernel: Kernel,
  ports: { queries: SpeechQueries; ledger: Ledger; intake: SoundIntake; stopping: AbortSignal },
) => {
  const { bus, clock, logger } = kernel;
  const { queries, ledger, intake, stopping } = ports;
  const inTurn = createTurns(turnLimits.atOnceMax);

  const fail = async (
    by: CommandRequest,
    { id, user_id }: Asked,
    { code, message }: Failure,
  ): Promise<number> => {
    const { position } = await bus.execute(by, (tx) => {
      const words = message.slice(0, messageCharactersMax).toWellFormed();
      tx.decide(speechDecider, speechStream(id), { type: 'FailSpeech', code, message: words });
      if (user_id !== null) ledger.release(tx, user_id, id, code);
      return done(null);
    });
    return position;
  };

  const hear = async (phrase: Phrase, { engine, voice }: Speaker): Promise<Buffer | Failure> => {
    const late = AbortSignal.timeout(speakTimeoutMs);
    const signal = AbortSignal.any([stopping, late]);
    try {
      const spoken = await inTurn(() => engine.speak(phrase.said, voice.id, signal), signal);
      if (!spoken.ok) return failure(spoken.code, spoken.last_words);
      if (isSilent(spoken.pcm)) return failure('nothing_to_say');
      return wavOf(spoken.pcm, spoken.sample_rate);
    } catch (error) {
      if (stopping.aborted) return failure('interrupted');
      if (late.aborted) return failure('timed_out');
      throw error;
    }
  };

  /** What is left after it; the house has nothing and pays nothing. */
  const pay = (tx: Tx, { id, user_id }: Asked, wasThere: boolean): Funds => {
    if (user_id === null) return { balance: 0, available: 0 };
    if (wasThere) ledger.release(tx, user_id, id, 'was_there');
    else ledger.settle(tx, user_id, id);
    return ledger.fundsOf(tx, user_id);
  };

  const deposit = async (
    by: CommandRequest,
    speech: Asked,
    phrase: Phrase,
    wav: Buffer,
    began_ms: number,
  ): Promise<Made | Failure> => {
    let kept: { was_there: boolean; funds: Funds } | undefined;
    const hash = createHash('sha256').update(wav).digest('hex');
    const { filename, name } = phrase;
    const made = { type: 'TTS', filename, name, bytes: wav } as const;
    try {
      const answer = await intake.deposit(by, made, (tx, { sound_id, was_there }) => {
        const took_ms = Math.round(clock.monotonic() - began_ms);
        tx.decide(speechDecider, speechStream(speech.id), {
          type: 'CompleteSpeech',
          sound_id,
          hash,
          was_there,
          took_ms,
        });
        kept = { was_there, funds: pay(tx, speech, was_there) };
      });
      if (answer.status === 'refused') return notKept(answer.problem);
      if (!kept) throw new Error('a sound was kept without its speech');
      return { ok: true, sound_id: answer.sound_id, position: answer.position, ...kept };
    } catch (error) {
      if (stopping.aborted) return failure('interrupted');
      if (error instanceof ProblemError) return notKept(error.problem);
      throw error;
    }
  };

  const make = async (
    by: CommandRequest,
    speech: Asked,
    phrase: Phrase,
    speaker: Speaker,
  ): Promise<Made> => {
    const began_ms = clock.monotonic();
    const wav = await hear(phrase, speaker);
    const made = Buffer.isBuffer(wav) ? await deposit(by, speech, phrase, wav, began_ms) : wav;
    if ('ok' in made) return made;
    const { code, message, problem } = made;
    logger.warn({ speech_id: speech.id, code, said: message }, 'a phrase was not spoken');
    return { ok: false, problem, position: await fail(by, speech, made) };
  };

  return {
    /** Speaks a phrase that was requested. Whatever comes of it is recorded before it answers. */
    async make(
      request: CommandRequest,
      speechId: string,
      phrase: Phrase,
      speaker: Speaker,
    ): Promise<Made> {
      const speech = queries.find(speechId);
      if (!speech) throw new Error(`the speech ${speechId} was not requested`);
      const { actor, origin } = request;
      const { causationId, correlationId } = speech;
      const by = { actor, origin, causationId, correlationId };
      try {
        return await make(by, speech, phrase, speaker);
      } catch (error) {
        // A disk that is full may refuse this too: then the next start gives the credit back.
        await fail(by, speech, failure('engine_failed', String(error))).catch((err: unknown) =>
          logger.error({ err, speech_id: speechId }, 'a failed speech stays open'),
        );
        throw error;
      }
    },

    /** Gives back what a killed server had reserved. */
    async recover(): Promise<void> {
      for (const speech of queries.open()) {
        const { causationId, correlationId } = speech;
        const by = { actor: 'system', origin: 'system', causationId, correlationId } as const;
        await fail(by, speech, failure('interrupted'));
      }
    },
  };
};
export type Synthesis = ReturnType<typeof createSynthesis>;
