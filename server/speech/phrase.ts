import { createHash } from 'node:crypto';
import type { EngineName, EngineVoice } from './speech-engine.ts';

const nameCharactersMax = 60;
const filenameHashDigits = 8;

const breaks = /[\p{Cc}\p{Zl}\p{Zp}\s]+/gu;
/** They turn the direction of what is read, and are spoken by nobody. */
const directions = /[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;
/** espeak-ng and piper read what is in [[double brackets]] as phonemes. */
const brackets = /[[\]]+/g;

/** One line of plain text. */
export const cleanText = (text: string): string =>
  text.normalize('NFC').replaceAll(directions, '').replaceAll(breaks, ' ').trim();

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

const shortened = (text: string): string => {
  const characters = Array.from(graphemes.segment(text), ({ segment }) => segment);
  if (characters.length <= nameCharactersMax) return text;
  return `${characters
    .slice(0, nameCharactersMax - 1)
    .join('')
    .trimEnd()}…`;
};

export type Phrase = {
  /** What the engine is given; empty when nothing of the text can be spoken. */
  readonly said: string;
  /** SHA-256 of all that the sound depends on, lower-case hex. */
  readonly hash: string;
  readonly name: string;
  readonly filename: string;
};

/** `text` has been through `cleanText`. */
export const phraseOf = (
  text: string,
  by: { engine: EngineName; version: string; voice: EngineVoice },
  name = shortened(text),
): Phrase => {
  const said = text.replaceAll(brackets, ' ').replaceAll(breaks, ' ').trim();
  const { engine, version, voice } = by;
  const hash = createHash('sha256')
    .update(JSON.stringify([engine, version, voice.id, voice.revision, voice.language, said]))
    .digest('hex');
  const stem = shortened(name).replaceAll(/[/\\]/g, ' ').replaceAll('…', '');
  // Phrases that begin alike, or are named alike, are many.
  const filename = `${stem} ${hash.slice(0, filenameHashDigits)}.wav`;
  return { said, hash, name, filename };
};
