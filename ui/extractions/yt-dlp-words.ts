import { msg, str } from '@lit/localize';
import type { ExtractionStatus, YtDlpUpdate } from '../../server/extractions/contract.ts';
import { countWord } from '../design/words.ts';

type YtDlp = ExtractionStatus['yt_dlp'];

const sources: Record<NonNullable<YtDlp['source']>, string> = {
  own: msg('Encore’s own copy'),
  system: msg('the system’s copy'),
  configured: msg('the copy that YTDLP_PATH names'),
};

export const ageWord = (days: number): string => {
  if (days === 0) return msg('released today');
  return days === 1 ? msg('1 day old') : msg(str`${countWord(days)} days old`);
};

/** "Version 2026.11.10 · 13 days old · Encore’s own copy · JavaScript by deno 2.6.1"; empty without one. */
export const ytDlpFacts = ({ version, age_days, source, javascript }: YtDlp): string =>
  version === null
    ? ''
    : [
        msg(str`Version ${version}`),
        ...(age_days === null ? [] : [ageWord(age_days)]),
        ...(source === null ? [] : [sources[source]]),
        ...(javascript === null ? [] : [msg(str`JavaScript by ${javascript}`)]),
      ].join('\u00a0· ');

export const ytDlpChips: Record<YtDlp['state'], { word: string; look: string }> = {
  ok: { word: msg('Works'), look: 'ok' },
  old: { word: msg('Old'), look: 'bad' },
  missing: { word: msg('Missing'), look: 'bad' },
};

export type Way = 'update' | 'rollback';

/** An update that ended with the version from before did not go well, however well it went back. */
export const wentWell = (way: Way, outcome: YtDlpUpdate['outcome']): boolean =>
  way === 'rollback' ? outcome === 'rolled_back' : outcome === 'updated' || outcome === 'current';

const domainsMax = 6;

/** "youtube.com, soundcloud.com and 3 more" */
export const domainsWord = (domains: readonly string[]): string => {
  const shown = domains.slice(0, domainsMax);
  const more = domains.length - shown.length;
  return more > 0 ? msg(str`${shown.join(', ')} and ${countWord(more)} more`) : shown.join(', ');
};
