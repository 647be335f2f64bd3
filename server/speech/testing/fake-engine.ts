import type { EngineState, SpeechEngine, Spoken } from '../speech-engine.ts';

export type FakeEngine = SpeechEngine & {
  state: EngineState;
  /** What comes of the next texts; without it each is spoken at once. */
  answer: (text: string, signal: AbortSignal) => Promise<Spoken>;
  /** Texts it was given, in order. */
  readonly texts: string[];
  /** Texts that it speaks now. */
  atOnce: number;
  atOnceSeen: number;
};

/** A tone that no other text has. */
export const tone = (text: string): Spoken => {
  const pcm = Buffer.alloc(8000);
  let step = 7;
  for (const character of text) step = (step * 31 + (character.codePointAt(0) ?? 0)) % 9973;
  for (let at = 0; at < pcm.length; at += 2) {
    pcm.writeInt16LE(Math.round(9000 * Math.sin((at * (step + 50)) / 20_000)), at);
  }
  return { ok: true, sample_rate: 16_000, pcm };
};

/** An engine that does what the test says; by itself it speaks. */
export const fakeEngine = (): FakeEngine => {
  const engine: FakeEngine = {
    name: 'espeak-ng',
    texts: [],
    atOnce: 0,
    atOnceSeen: 0,
    state: {
      ok: true,
      version: '1',
      voices: [
        {
          id: 'en-gb',
          name: 'English',
          language: 'en-gb',
          speaks: { 'en-gb': 2, en: 2 },
          gender: null,
          revision: '1',
        },
      ],
    },
    look: () => Promise.resolve(engine.state),
    answer: (text) => Promise.resolve(tone(text)),
    async speak(text, _voice, signal) {
      engine.texts.push(text);
      engine.atOnce += 1;
      engine.atOnceSeen = Math.max(engine.atOnceSeen, engine.atOnce);
      try {
        return await engine.answer(text, signal);
      } finally {
        engine.atOnce -= 1;
      }
    },
  };
  return engine;
};
