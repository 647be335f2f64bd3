import { soundLimits } from '../sounds/contract.ts';

const control = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;
/** They make a name read otherwise than it is. */
const invisible = /[\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu;

/** The name of a sound after the title that a service gives; `otherwise` where nothing is left of it. */
export const soundNameOf = (title: string, otherwise: string): string => {
  const plain = title
    .toWellFormed()
    .normalize('NFC')
    .replaceAll(control, ' ')
    .replaceAll(invisible, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  const cut = plain.slice(0, soundLimits.nameCharactersMax);
  return (cut.isWellFormed() ? cut : cut.slice(0, -1)).trim() || otherwise;
};

/** A wanted file name; the library makes it safe. */
export const filenameOf = (name: string, format: string): string => {
  const stem = name.replaceAll(/[/\\:*?"<>|]+/g, '_').replace(/^[. ]+/, '');
  return `${/[^_\s.-]/.test(stem) ? stem : 'Extraction'}.${format}`;
};
