import { msg, str } from '@lit/localize';
import type { What, When } from '../../server/schedules/contract.ts';
import type { FieldErrors } from '../api/field-errors.ts';
import type { Weekday } from '../design/weekdays.ts';
import { typedIn, textIn } from '../people/form-values.ts';
import type { DeedType, ScheduleBody } from './schedule-body.ts';

export const scheduleFields = [
  'name',
  'sound_id',
  'playlist_id',
  'volume',
  'fade_in_ms',
  'text',
  'voice',
  'language',
  'weekdays',
  'time',
  'cron',
  'zone',
  'rest',
] as const;
export type ScheduleField = (typeof scheduleFields)[number];

/** What the form holds beside its inputs. */
export type Chosen = {
  deed: DeedType;
  by: 'week' | 'cron';
  days: readonly Weekday[];
  soundId: string | null;
  /** null: the volume stays as it is. */
  volume: number | null;
};

type Read = { body: ScheduleBody; errors: FieldErrors<ScheduleField> };

const deedIn = (data: FormData, { deed, soundId, volume }: Chosen): What => {
  switch (deed) {
    case 'play_sound':
      return { type: 'play_sound', sound_id: soundId ?? '' };
    case 'play_playlist':
      return {
        type: 'play_playlist',
        playlist_id: typedIn(data, 'playlist_id'),
        fade_in_ms: Number(typedIn(data, 'fade_in_ms')),
        ...(volume !== null && { volume }),
      };
    case 'say': {
      const [voice, language] = [typedIn(data, 'voice'), typedIn(data, 'language')];
      return {
        type: 'say',
        text: textIn(data, 'text'),
        ...(voice !== '' && { voice }),
        ...(language !== '' && { language }),
      };
    }
    case 'stop':
      return { type: 'stop' };
  }
};

const faultOfDeed = (deed: What): FieldErrors<ScheduleField> => {
  if (deed.type === 'play_sound' && deed.sound_id === '')
    return { sound_id: msg('Choose a sound.') };
  if (deed.type === 'play_playlist' && deed.playlist_id === '') {
    return { playlist_id: msg('Choose a playlist.') };
  }
  if (deed.type === 'say' && deed.text === '') return { text: msg('Write what is to be said.') };
  return {};
};

const faultOfWhen = (when: When): FieldErrors<ScheduleField> => {
  if ('cron' in when) {
    const fields = when.cron.split(/\s+/).filter((field) => field !== '').length;
    if (fields === 5) return {};
    const have = fields === 0 ? '' : ` ${msg(str`These are ${fields}.`)}`;
    return {
      cron: `${msg('Give five fields: minute, hour, day of the month, month, day of the week.')}${have}`,
    };
  }
  return {
    ...(when.weekdays.length === 0 && { weekdays: msg('Choose at least one day.') }),
    ...(when.time === '' && { time: msg('Give a time.') }),
  };
};

/** The schedule that a form says, with what is wrong with it as far as the page can tell. */
export const readSchedule = (data: FormData, chosen: Chosen): Read => {
  const what = deedIn(data, chosen);
  const when: When =
    chosen.by === 'cron'
      ? { cron: textIn(data, 'cron') }
      : { weekdays: [...chosen.days], time: typedIn(data, 'time') };
  const [name, zone] = [textIn(data, 'name'), textIn(data, 'zone')];
  const body = { name, when, what, alarm: data.has('alarm'), ...(zone !== '' && { zone }) };
  const errors = {
    ...(name === '' && { name: msg('Give it a name.') }),
    ...faultOfDeed(what),
    ...faultOfWhen(when),
  };
  return { body, errors };
};
