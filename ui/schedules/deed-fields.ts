import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import type { Playlist } from '../../server/playlists/contract.ts';
import type { What } from '../../server/schedules/contract.ts';
import type { Voice } from '../../server/speech/contract.ts';
import type { FieldErrors } from '../api/field-errors.ts';
import { selectField, textField } from '../design/choice-fields.ts';
import { rangeField } from '../design/range-field.ts';
import type { ScheduleField } from './schedule-form.ts';
import { spanWord } from './schedule-words.ts';

type Choices = { value: string; label: string }[];

const usualVolume = 40;
const fadesMs = [0, 10_000, 30_000, 60_000, 300_000, 600_000];

/** What was chosen stays choosable, also where it is gone from the list. */
const withKept = (choices: Choices, kept: string, label: string): Choices =>
  kept === '' || choices.some(({ value }) => value === kept)
    ? choices
    : [...choices, { value: kept, label }];

/** A playlist, how loud, and how slowly it gets there. */
export const playlistFields = (options: {
  before: (What & { type: 'play_playlist' }) | null;
  playlists: readonly Playlist[];
  volume: number | null;
  errors: FieldErrors<ScheduleField>;
  setVolume: (volume: number | null) => void;
}): TemplateResult => {
  const { before, playlists, volume, errors, setVolume } = options;
  const lists: Choices = [
    { value: '', label: msg('Choose one…') },
    ...playlists.map(({ id, name }) => ({ value: id, label: name })),
  ];
  const fadeMs = before?.fade_in_ms ?? 0;
  const fades = [...new Set([...fadesMs, fadeMs])].toSorted((a, b) => a - b);
  const onSwitch = (event: Event): void =>
    setVolume((event.target as HTMLInputElement).checked ? usualVolume : null);
  return html`<div class="pair">
      ${selectField({
        id: 'playlist_id',
        label: msg('Playlist'),
        value: before?.playlist_id ?? '',
        options: withKept(lists, before?.playlist_id ?? '', msg('A playlist that is gone')),
        error: errors.playlist_id,
      })}
      ${selectField({
        id: 'fade_in_ms',
        label: msg('Rises from silence'),
        value: String(fadeMs),
        options: fades.map((ms) => ({
          value: String(ms),
          label: ms === 0 ? msg('At once') : msg(str`Over ${spanWord(ms)}`),
        })),
        error: errors.fade_in_ms,
      })}
    </div>
    <div class="group">
      <label class="switch-line"
        >${msg('Set the volume of the music')}
        <input type="checkbox" class="switch" .checked=${volume !== null} @change=${onSwitch} />
      </label>
      ${
        volume === null
          ? nothing
          : rangeField({
              id: 'volume',
              label: msg('Volume'),
              value: volume,
              min: 0,
              max: 100,
              step: 1,
              words: String,
              onInput: setVolume,
            })
      }
      ${errors.volume ? html`<p class="problem" role="alert">${errors.volume}</p>` : nothing}
    </div>`;
};

/** Words, and whose voice speaks them. */
export const sayFields = (options: {
  before: (What & { type: 'say' }) | null;
  /** Null while they are not known. */
  voices: readonly Voice[] | null;
  errors: FieldErrors<ScheduleField>;
}): TemplateResult => {
  const { before, voices, errors } = options;
  const [voice, language] = [before?.voice ?? '', before?.language ?? ''];
  const languages = [...new Set((voices ?? []).map((one) => one.language))].toSorted();
  return html`${textField({
      id: 'text',
      label: msg('Words'),
      value: before?.text ?? '',
      error: errors.text,
      rows: 2,
    })}
    <div class="pair">
      ${selectField({
        id: 'voice',
        label: msg('Voice'),
        value: voice,
        options: withKept(
          [
            { value: '', label: msg('The house’s own') },
            ...(voices ?? []).map((one) => ({
              value: one.id,
              label: `${one.name} (${one.language})`,
            })),
          ],
          voice,
          voice,
        ),
        error: errors.voice,
      })}
      ${selectField({
        id: 'language',
        label: msg('Language'),
        value: language,
        options: withKept(
          [
            { value: '', label: msg('The voice’s own') },
            ...languages.map((one) => ({ value: one, label: one })),
          ],
          language,
          language,
        ),
        error: errors.language,
      })}
    </div>`;
};
