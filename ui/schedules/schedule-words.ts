import { msg, str } from '@lit/localize';
import type { Schedule, What, When } from '../../server/schedules/contract.ts';
import { agoWord, comingWord } from '../design/time-words.ts';
import { daysWord } from '../design/weekdays.ts';
import { capitalised } from '../design/words.ts';
import type { DeedType } from './schedule-body.ts';

export const deedWords: Record<DeedType, string> = {
  play_sound: msg('Play a sound'),
  play_playlist: msg('Play a playlist'),
  say: msg('Say something'),
  stop: msg('Stop everything'),
};

/** Names of what a schedule plays; undefined where that is gone. */
export type Names = {
  sound: (id: string) => string | undefined;
  playlist: (id: string) => string | undefined;
};

/** "10 s", "5 min" */
export const spanWord = (ms: number): string =>
  ms < 60_000 || ms % 60_000 !== 0 ? `${Math.round(ms / 1000)} s` : `${ms / 60_000} min`;

const musicWords = (volume: number | undefined, fadeMs: number): string => {
  const words = [
    ...(volume === undefined ? [] : [msg(str`at volume ${volume}`)]),
    ...(fadeMs === 0 ? [] : [msg(str`rising over ${spanWord(fadeMs)}`)]),
  ];
  return words.length === 0 ? '' : ` ${words.join(', ')}`;
};

/** "Plays Air horn": what it does when its time comes. */
export const deedSentence = (deed: What, names: Names): string => {
  switch (deed.type) {
    case 'play_sound':
      return msg(str`Plays ${names.sound(deed.sound_id) ?? msg('a sound that is gone')}`);
    case 'play_playlist': {
      const name = names.playlist(deed.playlist_id) ?? msg('a playlist that is gone');
      return msg(str`Plays ${name}${musicWords(deed.volume, deed.fade_in_ms)}`);
    }
    case 'say':
      return msg(str`Says “${deed.text}”`);
    case 'stop':
      return msg('Stops every sound and the music');
  }
};

/** The time of day of a pattern that names one minute and one hour; null: it names more. */
const timeOfCron = (pattern: string): string | null => {
  const [, minute, hour] = /^(\d{1,2})\s+(\d{1,2})\s/.exec(pattern) ?? [];
  return minute && hour ? `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}` : null;
};

/** In large: "07:00"; null where a cron pattern has no one time. */
export const timeWord = (when: When): string | null =>
  'cron' in when ? timeOfCron(when.cron) : when.time;

/** "Weekdays", or the pattern. */
export const daysOfWhen = (when: When): string =>
  'cron' in when ? when.cron : daysWord(when.weekdays);

/** "Europe/Berlin" as people say it: "Berlin time". */
export const zoneWord = (zone: string): string =>
  zone === 'UTC' ? 'UTC' : msg(str`${(zone.split('/').at(-1) ?? zone).replaceAll('_', ' ')} time`);

export const deviceZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** "Tomorrow 07:00", by the clocks of its own zone, which is named where they are not this device's. */
export const nextWord = (
  { next_at, zone }: Pick<Schedule, 'next_at' | 'zone'>,
  nowMs: number,
  here: string = deviceZone(),
): string | null => {
  if (next_at === null) return null;
  const words = capitalised(comingWord(Date.parse(next_at), nowMs, zone));
  return zone === here ? words : `${words}, ${zoneWord(zone)}`;
};

/** "Last fired 5 minutes ago"; empty while it never has. */
export const firedWord = (firedAt: string | null, nowMs: number): string =>
  firedAt === null ? '' : msg(str`Last fired ${agoWord(firedAt, nowMs)}`);

/** Whichever fires next of all. */
export const nextOf = (schedules: readonly Schedule[]): Schedule | undefined =>
  schedules
    .filter(({ next_at }) => next_at !== null)
    .toSorted((a, b) => Date.parse(a.next_at ?? '') - Date.parse(b.next_at ?? ''))[0];
