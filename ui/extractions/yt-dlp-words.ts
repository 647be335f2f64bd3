import type { ExtractionStatus } from '../../server/extractions/contract.ts';
import { countWord } from '../design/words.ts';

type YtDlp = ExtractionStatus['yt_dlp'];

const sources: Record<NonNullable<YtDlp['source']>, string> = {
  own: 'Encore keeps it itself',
  system: 'It is the system’s own',
  configured: 'It is the one that YTDLP_PATH names',
};

export const ageWord = (days: number): string => {
  if (days === 0) return 'released today';
  return days === 1 ? '1 day old' : `${countWord(days)} days old`;
};

/** "yt-dlp 2026.11.10, 13 days old. Encore keeps it itself, with deno 2.6.1 for JavaScript." */
export const ytDlpWord = ({ version, age_days, source, javascript }: YtDlp): string => {
  if (version === null) return 'yt-dlp is not here, so nothing can be extracted.';
  const age = age_days === null ? '' : `, ${ageWord(age_days)}`;
  const runtime = javascript === null ? '' : `, with ${javascript} for JavaScript`;
  return source === null
    ? `yt-dlp ${version}${age}.`
    : `yt-dlp ${version}${age}. ${sources[source]}${runtime}.`;
};

export const ytDlpChips: Record<YtDlp['state'], { word: string; look: string }> = {
  ok: { word: 'Works', look: 'ok' },
  old: { word: 'Old', look: 'bad' },
  missing: { word: 'Missing', look: 'bad' },
};

const domainsMax = 6;

/** "youtube.com, soundcloud.com and 3 more" */
export const domainsWord = (domains: readonly string[]): string => {
  const shown = domains.slice(0, domainsMax);
  const more = domains.length - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${countWord(more)} more` : shown.join(', ');
};
