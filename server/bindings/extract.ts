import type { Extract } from './contract.ts';
import { pathOf, valuesAt, type Path, type Payload } from './payload.ts';

/** Of a tag's UID and of a name; more is none. */
const valueCharactersMax = 256;

export type Extractor = (payload: Payload) => string | number | undefined;

/** `94D8FC5F`, `74-10-37-94`, `04:A2:…` are written alike in the tags of sounds. */
export const uidOf = (text: string): string | undefined => {
  const uid = text.replaceAll(/[\s:-]/g, '').toLowerCase();
  return /^[\da-f]{4,32}$/.test(uid) ? uid : undefined;
};

const numberOf = (value: unknown, scale: number): number | undefined => {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number * scale : undefined;
};

const textOf = (value: unknown): string | undefined => {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  return text === '' || text.length > valueCharactersMax ? undefined : text;
};

const taken = (value: unknown, { as, scale = 1 }: Extract): string | number | undefined => {
  switch (as) {
    case 'volume': {
      const volume = numberOf(value, scale);
      return volume === undefined ? undefined : Math.round(Math.max(0, Math.min(100, volume)));
    }
    case 'delta': {
      const delta = numberOf(value, scale);
      return delta === undefined ? undefined : Math.round(Math.max(-100, Math.min(100, delta)));
    }
    case 'count': {
      const count = numberOf(value, scale);
      return count !== undefined && count >= 1 ? Math.round(count) : undefined;
    }
    case 'rfid':
      return uidOf(textOf(value) ?? '');
    case 'tag':
    case 'sound_id':
    case 'name':
    case 'text':
      return textOf(value);
  }
};

/** Takes the command's argument out of a payload; undefined where there is none that would do. */
export const createExtractor = (extract: Extract): Extractor => {
  const path: Path = pathOf(extract.path);
  return ({ text, json }) => {
    // As it is written: `12E45678` is a UID, and would be a number too large for JSON.
    const whole = typeof json === 'string' ? json : text;
    const values = path.length === 0 ? [whole] : valuesAt(json, path);
    for (const value of values) {
      const found = taken(value, extract);
      if (found !== undefined) return found;
    }
    return undefined;
  };
};
