import { msg, str } from '@lit/localize';
import { countWord, decimalWord } from '../design/words.ts';
import type { Upload } from './uploads.ts';

const soundsWord = (count: number): string =>
  count === 1 ? msg('1 sound') : msg(str`${countWord(count)} sounds`);

const mean = (parts: readonly number[]): number =>
  parts.reduce((sum, part) => sum + part, 0) / Math.max(1, parts.length);

/** How far one is, 0 … 1; what was refused is over too. */
const partOf = ({ state }: Upload): number => {
  if (state.is === 'waiting') return 0;
  return state.is === 'sending' ? state.part : 1;
};

/** How far all are, 0 … 1, the large ones counting for more. */
export const partOfAll = (items: readonly Upload[]): number => {
  const bytes = items.reduce((sum, { file }) => sum + file.size, 0);
  if (bytes === 0) return mean(items.map(partOf));
  return items.reduce((sum, one) => sum + partOf(one) * one.file.size, 0) / bytes;
};

const counts = (items: readonly Upload[]): Record<Upload['state']['is'], number> => {
  const count = { waiting: 0, sending: 0, checking: 0, added: 0, existing: 0, refused: 0 };
  for (const { state } of items) count[state.is] += 1;
  return count;
};

/** The tray in one line: "Adding 3 of 7 sounds", "6 sounds added, 1 refused". */
export const summaryOf = (items: readonly Upload[]): string => {
  const { waiting, sending, checking, added, existing, refused } = counts(items);
  const open = waiting + sending + checking;
  if (open > 0) {
    const total = items.length - refused;
    return total === 1
      ? msg('Adding 1 sound')
      : msg(str`Adding ${countWord(total - open + 1)} of ${soundsWord(total)}`);
  }
  const parts = [
    added > 0 ? msg(str`${soundsWord(added)} added`) : '',
    existing > 0 ? msg(str`${countWord(existing)} known already`) : '',
    refused > 0 ? msg(str`${countWord(refused)} refused`) : '',
  ].filter((part) => part !== '');
  return parts.length > 0 ? parts.join(', ') : msg('Nothing to add');
};

/** What became of a file so far. */
export const stateWord = ({ state, file }: Upload): string => {
  switch (state.is) {
    case 'waiting':
      return msg('Waiting');
    case 'sending':
      return msg(str`${Math.floor(state.part * 100)} % of ${sizeWord(file.size)}`);
    case 'checking':
      return msg('Checking');
    case 'added':
      return msg('Added');
    case 'existing':
      return state.sound.name === file.name.replace(/\.[^.]+$/, '')
        ? msg('Already in your library')
        : msg(str`Already in your library as “${state.sound.name}”`);
    case 'refused':
      return state.reason;
  }
};

/** "340 kB", "2.4 MB" */
export const sizeWord = (bytes: number): string => {
  if (bytes < 1_000_000) return `${Math.max(1, Math.round(bytes / 1_000))} kB`;
  const mb = bytes / 1_000_000;
  return `${mb < 10 ? decimalWord(mb) : countWord(Math.round(mb))} MB`;
};
