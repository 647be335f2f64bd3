import type { NormalizationReport, SoundType } from '../../server/sounds/contract.ts';
import { countWord } from '../design/words.ts';

export const soundTypeWords: Record<SoundType, string> = {
  SDB: 'Effects',
  TTS: 'Speech',
  EXT: 'Extracted',
};

export const soundsWord = (count: number): string =>
  count === 1 ? '1 sound' : `${countWord(count)} sounds`;

/** How the last normalisation ended, up to the time. */
export const endOfNormalisation = ({ state, total, done, failed }: NormalizationReport): string => {
  const good = soundsWord(done - failed);
  switch (state) {
    case 'running':
      return 'It runs, begun';
    case 'finished':
      return total === 0 ? 'All were normalised already' : `${good} normalised`;
    case 'cancelled':
      return `Cancelled after ${good}`;
    case 'interrupted':
      return `Interrupted after ${good}, when Encore stopped; start it again to go on. That was`;
  }
};

const dayMs = 24 * 60 * 60 * 1000;

/** "in 29 days", "tomorrow", "today": when the file is deleted. */
export const untilWord = (iso: string, nowMs = Date.now()): string => {
  const days = Math.floor((Date.parse(iso) - nowMs) / dayMs);
  if (days < 1) return 'within a day';
  return days === 1 ? 'in 1 day' : `in ${days} days`;
};
