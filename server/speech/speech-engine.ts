/**
 * What the room asks of a program that speaks. An answer is a value; only a bug and a cancelled
 * signal throw.
 */
export type EngineName = 'espeak-ng' | 'piper';

export type EngineVoice = {
  /** Stable; what clients send. */
  readonly id: string;
  readonly name: string;
  /** BCP 47 in lower case, such as `en-gb`. */
  readonly language: string;
  /** Languages this voice is good for, its own included; the lowest number is the best for one. */
  readonly speaks: Readonly<Record<string, number>>;
  readonly gender: 'female' | 'male' | null;
  /** Says when the same id speaks otherwise than before, such as after a new model. */
  readonly revision: string;
};

export type Spoken =
  | {
      readonly ok: true;
      /** Hertz. */
      readonly sample_rate: number;
      /** Signed 16-bit little-endian samples, mono. */
      readonly pcm: Buffer;
    }
  | {
      readonly ok: false;
      readonly code: 'engine_missing' | 'timed_out' | 'too_long' | 'engine_failed';
      /** The program's last lines; empty when it said nothing. */
      readonly last_words: string;
    };

export type EngineState =
  | { readonly ok: true; readonly version: string; readonly voices: readonly EngineVoice[] }
  /** One sentence without a full stop that says what to do. */
  | { readonly ok: false; readonly reason: string };

export type SpeechEngine = {
  readonly name: EngineName;
  /** Which voices there are; asked now and then. */
  look(): Promise<EngineState>;
  /** `text` is plain: nothing in it is a command to the program. */
  speak(text: string, voiceId: string, signal: AbortSignal): Promise<Spoken>;
};

export const speechEngineLimits = {
  /** Of sound; 1,000 characters take about a minute. */
  spokenMsMax: 5 * 60_000,
  speakTimeoutMs: 20_000,
  lookTimeoutMs: 5000,
} as const;
