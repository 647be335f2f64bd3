import type { SoundType } from '../../server/sounds/contract.ts';
import { hues, type Hue } from '../design/hues.ts';

const known: Record<string, Hue> = {
  memes: 52,
  house: 230,
  alerts: 20,
  games: 295,
  nature: 145,
  speech: 345,
  music: 185,
  ambience: 100,
  cartoon: 100,
  quiz: 345,
  crowd: 52,
};

const untagged: Record<SoundType, Hue> = { SDB: 52, TTS: 345, EXT: 185 };

/** FNV-1a over UTF-16 units: the same tag gets the same hue on every device, for ever. */
const hash = (text: string): number => {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    value = Math.imul(value ^ text.charCodeAt(i), 0x01000193) >>> 0;
  }
  return value;
};

export const hueOfTag = (tag: string): Hue => {
  const key = tag.trim().toLowerCase();
  return known[key] ?? hues[hash(key) % hues.length] ?? 52;
};

/** A sound is coloured by its first tag, and without one by its type. */
export const hueOf = (sound: { tags: readonly string[]; type: SoundType }): Hue => {
  const [first] = sound.tags;
  return first === undefined ? untagged[sound.type] : hueOfTag(first);
};
