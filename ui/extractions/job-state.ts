import { msg, str } from '@lit/localize';
import type {
  Extraction,
  ExtractionProgress,
  ExtractionStep,
} from '../../server/extractions/contract.ts';
import { countWord, decimalWord } from '../design/words.ts';
import { shortLink } from './links.ts';
import { serverWords } from '../languages/server-words.ts';

/** What the feed said last of a running download. */
export type Told = { step: ExtractionStep; progress: ExtractionProgress };

/** What a row shows of a job. */
export type JobState = {
  is: 'waiting' | 'running' | 'ready' | 'failed' | 'cancelled';
  /** "Downloading 43 %" */
  words: string;
  /** "4.1 of 9.6 MB · 1.2 MB/s"; empty when there is no more to say. */
  detail: string;
  /** 0 … 1 of the download; null while that is not known, or not what takes its time. */
  part: number | null;
};

export const stepWords: Record<ExtractionStep, string> = {
  queued: msg('Waiting'),
  resolving: msg('Looking at the link'),
  downloading: msg('Downloading'),
  converting: msg('Converting'),
  adding: msg('Adding to the library'),
  normalizing: msg('Normalising'),
  completed: msg('Ready'),
};

const kilo = 1_000;
const mega = kilo * kilo;

/** "640 kB", "9.6 MB" */
export const bytesWord = (bytes: number): string =>
  bytes < mega ? `${Math.round(bytes / kilo)} kB` : `${decimalWord(bytes / mega)} MB`;

const downloaded = ({ bytes, bytes_total, bytes_per_second }: ExtractionProgress): string =>
  [
    bytes_total === null
      ? bytesWord(bytes)
      : msg(str`${bytesWord(bytes)} of ${bytesWord(bytes_total)}`),
    ...(bytes_per_second === null ? [] : [`${bytesWord(bytes_per_second)}/s`]),
  ].join(' · ');

const waiting = (ahead: number | null): string => {
  if (ahead === null) return '';
  if (ahead === 0) return msg('Next in line');
  return ahead === 1 ? msg('1 before it') : msg(str`${countWord(ahead)} before it`);
};

const running = (words: string, detail = '', part: number | null = null): JobState => ({
  is: 'running',
  words,
  detail,
  part,
});

const downloading = (progress: ExtractionProgress | null): JobState => {
  if (!progress) return running(stepWords.downloading);
  const { percent } = progress;
  if (percent === null) return running(stepWords.downloading, downloaded(progress));
  const shown = Math.max(0, Math.min(100, percent));
  return running(
    `${stepWords.downloading} ${Math.floor(shown)} %`,
    downloaded(progress),
    shown / 100,
  );
};

const atStep = (step: ExtractionStep, progress: ExtractionProgress | null): JobState => {
  switch (step) {
    case 'queued':
    case 'resolving':
      return running(stepWords.resolving);
    case 'downloading':
      return downloading(progress);
    case 'converting':
    case 'adding':
    case 'normalizing':
    case 'completed':
      return running(stepWords[step], '', 1);
  }
};

/** The state of a job as it is known, with what the feed has said since. Pure. */
export const stateOf = (
  { status, step, progress, ahead, duplicate, error }: Extraction,
  told?: Told,
): JobState => {
  switch (status) {
    case 'pending':
      return { is: 'waiting', words: stepWords.queued, detail: waiting(ahead), part: null };
    case 'processing':
      return told?.step === step ? atStep(step, told.progress) : atStep(step, progress);
    case 'completed':
      return {
        is: 'ready',
        words: duplicate ? msg('Already in your library') : msg('Ready'),
        detail: '',
        part: null,
      };
    case 'failed':
      return {
        is: 'failed',
        words: error ? serverWords(`extraction.${error.code}`, error.message) : msg('It failed.'),
        detail: error ? serverWords(`advice.${error.code}`, error.advice) : '',
        part: null,
      };
    case 'cancelled':
      return { is: 'cancelled', words: msg('Cancelled'), detail: '', part: null };
  }
};

export const isOpen = ({ status }: Pick<Extraction, 'status'>): boolean =>
  status === 'pending' || status === 'processing';

/** "Submarine klaxon", or the link while nothing better is known. */
export const nameOf = ({ title, url }: Pick<Extraction, 'title' | 'url'>): string =>
  title ?? shortLink(url);

/** What a link was that led to more than one thing. */
export const listWord = (playlist: Extraction['playlist']): string => {
  if (!playlist) return '';
  const { title, entries } = playlist;
  const named = title ? ` (“${title}”)` : '';
  return entries === null
    ? msg(str`This was a list${named}: its first entry was taken.`)
    : msg(str`This was a list of ${countWord(entries)}${named}: the first was taken.`);
};

const serviceNames: Readonly<Record<string, string>> = {
  youtube: 'YouTube',
  soundcloud: 'SoundCloud',
  vimeo: 'Vimeo',
  dailymotion: 'Dailymotion',
  tiktok: 'TikTok',
  twitter: 'Twitter/X',
  instagram: 'Instagram',
  bandcamp: 'Bandcamp',
  twitch: 'Twitch',
};

/** "YouTube" for yt-dlp's `youtube`; a plain web address has its host for a name. */
export const serviceWord = ({ service, url }: Pick<Extraction, 'service' | 'url'>): string => {
  if (service !== null && !service.startsWith('generic') && !service.startsWith('html5')) {
    const known = serviceNames[service.split(':')[0] ?? ''];
    return known ?? service.charAt(0).toUpperCase() + service.slice(1);
  }
  return URL.canParse(url) ? new URL(url).hostname.replace(/^www\./, '') : '';
};
