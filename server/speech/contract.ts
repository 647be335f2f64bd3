/** Wire shapes of speech. */
import { z } from 'zod';
import { wholeListOf } from '../kernel/lists.ts';
import { sound } from '../sounds/contract.ts';
import { cleanText } from './phrase.ts';

export const speechLimits = {
  textCharactersMax: 1000,
  nameCharactersMax: 200,
  wishCharactersMax: 100,
} as const;

const { textCharactersMax, nameCharactersMax, wishCharactersMax } = speechLimits;
const whole = (text: string) => text.isWellFormed();
const broken = 'holds half a character (a lone surrogate)';

/** Whatever a client sends as text: never a command, an option or markup. */
export const spokenText = z
  .string()
  .min(1, 'say something')
  .max(textCharactersMax, `at most ${textCharactersMax} characters`)
  .refine(whole, broken)
  .transform(cleanText)
  .pipe(z.string().min(1, 'say something: nothing of this can be spoken'));

const wish = z.string().trim().min(1).max(wishCharactersMax).optional();

/** POST /sounds/tts */
export const speakBody = z
  .strictObject({
    text: spokenText,
    /** Id or name of a voice; without it the house's own, or the language's. */
    voice: wish,
    /** Such as `en`, `de` or `pt-BR`. */
    language: wish,
    /** Of the sound; without it the text, shortened. */
    name: z
      .string()
      .refine(whole, broken)
      .trim()
      .min(1)
      .max(nameCharactersMax)
      .regex(/^[^\p{Cc}]*$/u, 'no control characters')
      .optional(),
    /** Plays it at once, at the price of a play. */
    play: z.boolean().default(false),
  })
  .meta({ id: 'SpeakBody' });

/** `balance` and `available` as in GET /credits, after all that was paid. */
export const spoken = z
  .object({
    sound,
    /** The phrase was there already: nothing was charged. */
    cached: z.boolean(),
    balance: z.number().int(),
    available: z.number().int(),
    play_id: z.string().nullable(),
    /** Why it was not played, where that was asked for. */
    play_refused: z.object({ code: z.string(), detail: z.string() }).nullable(),
  })
  .meta({ id: 'Spoken' });

export const voice = z
  .object({
    engine: z.string(),
    id: z.string(),
    name: z.string(),
    /** BCP 47, lower case. */
    language: z.string(),
    gender: z.enum(['female', 'male']).nullable(),
    /** Speaks where neither voice nor language is asked for. */
    default: z.boolean(),
  })
  .meta({ id: 'Voice' });
export type Voice = z.infer<typeof voice>;

/** GET /sounds/tts/voices: those of the preferred engine first. */
export const voiceList = wholeListOf(voice);

/** WebSocket command and MQTT topic `say`: speaks at once. Unknown keys are ignored. */
export const sayData = z.object({ text: spokenText, voice: wish, language: wish });
