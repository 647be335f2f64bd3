import { msg, str } from '@lit/localize';
import type { NormalizationReport, SoundType } from '../../server/sounds/contract.ts';
import { countWord } from '../design/words.ts';

export const soundTypeWords: Record<SoundType, string> = {
  SDB: msg('Effects'),
  TTS: msg('Speech'),
  EXT: msg('Extracted'),
};

export const soundsWord = (count: number): string =>
  count === 1 ? msg('1 sound') : msg(str`${countWord(count)} sounds`);

/** How the last normalisation ended, up to the time. */
export const endOfNormalisation = ({ state, total, done, failed }: NormalizationReport): string => {
  const good = soundsWord(done - failed);
  switch (state) {
    case 'running':
      return msg('It runs, begun');
    case 'finished':
      return total === 0 ? msg('All were normalised already') : msg(str`${good} normalised`);
    case 'cancelled':
      return msg(str`Cancelled after ${good}`);
    case 'interrupted':
      return msg(
        str`Interrupted after ${good}, when Encore stopped; start it again to go on. That was`,
      );
  }
};

const dayMs = 24 * 60 * 60 * 1000;

/** "in 29 days", "tomorrow", "today": when the file is deleted. */
export const untilWord = (iso: string, nowMs = Date.now()): string => {
  const days = Math.floor((Date.parse(iso) - nowMs) / dayMs);
  if (days < 1) return msg('within a day');
  return days === 1 ? msg('in 1 day') : msg(str`in ${days} days`);
};
