import { lstat } from 'node:fs/promises';
import type { Funds, Ledger } from '../credits/index.ts';
import { done, refuse, type CommandRequest, type Outcome, type Tx } from '../kernel/command-bus.ts';
import type { Identity } from '../kernel/door.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Problem } from '../kernel/problem.ts';
import type { PlayerLink } from '../player/player-link.ts';
import { playerUnavailable, type Board } from '../soundboard/index.ts';
import type { SoundQueries } from '../sounds/index.ts';
import { speechDecider } from './decider.ts';
import { speechStream } from './events.ts';
import { phraseOf, type Phrase } from './phrase.ts';
import { failureProblem, speechBusy } from './problems.ts';
import type { SpeechQueries } from './queries.ts';
import type { Synthesis } from './synthesis.ts';
import { createKeyedTurns, turnLimits } from './turns.ts';
import type { Speaker, Voices, VoiceWish } from './voices.ts';

/** What every door says of a wish to speak. `text` has been through `cleanText`. */
export type SpeechRequest = {
  readonly command: CommandRequest;
  /** Null: the house, which pays nothing. */
  readonly identity: Identity | null;
  /** An alarm passes quiet hours where the household lets it. */
  readonly alarm?: boolean;
  readonly wish: VoiceWish & {
    readonly text: string;
    readonly name?: string | undefined;
    readonly play: boolean;
  };
};

type Heard = {
  readonly sound_id: string;
  readonly cached: boolean;
  readonly balance: number;
  readonly available: number;
  readonly play_id: string | null;
  /** Why it was not played, where that was asked for. */
  readonly play_refused: Problem | null;
};

/** The request's own transaction: the sound that is there, or the id of a speech to be made. */
type Begun = { readonly sound_id: string } | { readonly speech_id: string };
type Settled = Funds & { readonly sound_id: string; readonly cached: boolean };

const placesMax = turnLimits.atOnceMax + turnLimits.waitingMax;

/** The commands of speech, the same behind every door. */
export const createSpeech = (
  kernel: Kernel,
  ports: {
    voices: Voices;
    queries: SpeechQueries;
    sounds: SoundQueries;
    ledger: Ledger;
    board: Board;
    link: PlayerLink;
    synthesis: Synthesis;
  },
) => {
  const { bus, clock, log } = kernel;
  const { voices, queries, sounds, ledger, board, link, synthesis } = ports;
  /** Two who say the same at the same time hear one sound, and one of them pays. */
  const inTurn = createKeyedTurns();
  const underWay = new Set<Promise<unknown>>();
  let places = 0;

  const refused = (problem: Problem): Outcome<never, Problem> => ({
    ok: false,
    reason: problem,
    position: log.head().position,
    repeated: false,
  });

  /** A phrase whose file is gone is spoken anew. */
  const thereIs = async (phrase: Phrase): Promise<string | undefined> => {
    const soundId = queries.soundOf(phrase.hash);
    const found = soundId === undefined ? undefined : sounds.playable(soundId);
    if (!found || found.missing) return undefined;
    const file = await lstat(found.path).catch(() => undefined);
    return file?.isFile() ? found.id : undefined;
  };

  /** Why it cannot be paid; the house need not. */
  const pay = (
    tx: Tx,
    userId: string | null,
    speech_id: string,
    { play }: SpeechRequest['wish'],
  ): Problem | undefined => {
    if (userId === null) return undefined;
    const bought = { userId, reservationId: speech_id, subject: { speech_id } };
    const paid = ledger.reserve(tx, { ...bought, action: 'tts' });
    if (!paid.ok) return paid.problem;
    // A phrase to be heard is not paid for where the press after it could not be.
    if (!play || paid.funds.available >= ledger.priceOf(userId, 'play')) return undefined;
    const press = { ...bought, reservationId: `${speech_id} play`, action: 'play' } as const;
    const pressed = ledger.reserve(tx, press);
    return pressed.ok ? undefined : pressed.problem;
  };

  const begin = (
    { command, identity, wish }: SpeechRequest,
    phrase: Phrase,
    { engine, version, voice }: Speaker,
    known: string | undefined,
  ): Promise<Outcome<Begun, Problem>> =>
    bus.execute<Begun, Problem>(command, (tx) => {
      if (wish.play && !link.connected) return refuse(playerUnavailable);
      if (known !== undefined) return done({ sound_id: known });
      const speech_id = tx.newId();
      const user_id = identity?.actor ?? null;
      const unpaid = pay(tx, user_id, speech_id, wish);
      if (unpaid) return refuse(unpaid);
      tx.decide(speechDecider, speechStream(speech_id), {
        type: 'RequestSpeech',
        speech_id,
        user_id,
        phrase: phrase.hash,
        characters: phrase.said.length,
        engine: engine.name,
        engine_version: version,
        voice: voice.id,
        language: voice.language,
      });
      return done({ speech_id });
    });

  /** What is there already: a known phrase, or what the request that this one repeats came to. */
  const endOf = async (
    { actor, origin }: CommandRequest,
    { result, position, repeated }: Outcome<Begun, Problem> & { ok: true },
  ): Promise<Outcome<Settled, Problem>> => {
    const speech = 'speech_id' in result ? queries.find(result.speech_id) : undefined;
    const soundId = 'sound_id' in result ? result.sound_id : (speech?.sound_id ?? undefined);
    if (soundId === undefined) {
      return {
        ok: false,
        reason: failureProblem(speech?.code ?? 'interrupted'),
        position,
        repeated,
      };
    }
    const cached = !speech || speech.was_there === 1;
    return bus.execute<Settled, Problem>({ actor, origin }, (tx) =>
      done({ sound_id: soundId, cached, ...ledger.fundsOf(tx, actor) }),
    );
  };

  const settle = async (
    request: SpeechRequest,
    phrase: Phrase,
    speaker: Speaker,
  ): Promise<Outcome<Settled, Problem>> => {
    const begun = await begin(request, phrase, speaker, await thereIs(phrase));
    if (!begun.ok) return begun;
    if (begun.repeated || 'sound_id' in begun.result) return endOf(request.command, begun);
    const made = await synthesis.make(request.command, begun.result.speech_id, phrase, speaker);
    const { position } = made;
    if (!made.ok) return { ok: false, reason: made.problem, position, repeated: false };
    const { sound_id, was_there, funds } = made;
    return {
      ok: true,
      result: { sound_id, cached: was_there, ...funds },
      position,
      repeated: false,
    };
  };

  /** Fresh when the sound is there: speaking may take longer than a press stays fresh. */
  const press = ({ command, wish: _, ...who }: SpeechRequest, soundId: string) => {
    const { repeat, ...by } = command;
    const again = repeat && { repeat: { ...repeat, key: `${repeat.key} play` } };
    const receivedAtMs = clock.monotonic();
    return board.playById({ ...who, command: { ...by, ...again }, receivedAtMs }, soundId);
  };

  const speak = async (request: SpeechRequest): Promise<Outcome<Heard, Problem>> => {
    const { wish } = request;
    const speaker = await voices.choose(wish);
    if ('problem' in speaker) return refused(speaker.problem);
    const { engine, version, voice } = speaker;
    const phrase = phraseOf(wish.text, { engine: engine.name, version, voice }, wish.name);
    if (phrase.said === '') return refused(failureProblem('nothing_to_say'));
    const isThere = (await thereIs(phrase)) !== undefined;
    if (!isThere && places >= placesMax) return refused(speechBusy);
    const place = isThere ? 0 : 1;
    places += place;
    let settled: Outcome<Settled, Problem>;
    try {
      settled = await inTurn(phrase.hash, () => settle(request, phrase, speaker));
    } finally {
      places -= place;
    }
    if (!settled.ok) return settled;
    const heard = { ...settled.result, play_id: null, play_refused: null };
    if (!wish.play) return { ...settled, result: heard };
    const played = await press(request, heard.sound_id);
    const { position } = played;
    return played.ok
      ? { ...settled, position, result: { ...heard, ...played.result } }
      : { ...settled, position, result: { ...heard, play_refused: played.reason } };
  };

  const follow = (request: SpeechRequest): Promise<Outcome<Heard, Problem>> => {
    const speaking = speak(request);
    underWay.add(speaking);
    return speaking.finally(() => underWay.delete(speaking));
  };

  return {
    speak: follow,

    /** Speaks at once; what cannot be heard is refused. */
    async say({
      wish,
      ...request
    }: Omit<SpeechRequest, 'wish'> & {
      wish: Omit<SpeechRequest['wish'], 'play' | 'name'>;
    }): Promise<Outcome<Omit<Heard, 'play_refused'>, Problem>> {
      const heard = await follow({ ...request, wish: { ...wish, play: true } });
      if (!heard.ok) return heard;
      const { play_refused, ...result } = heard.result;
      const { position, repeated } = heard;
      return play_refused
        ? { ok: false, reason: play_refused, position, repeated }
        : { ok: true, result, position, repeated };
    },

    settled: () => Promise.allSettled(underWay),
  };
};
export type Speech = ReturnType<typeof createSpeech>;
