import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import type { PlaylistRules } from '../../server/playlists/contract.ts';
import type { SoundType } from '../../server/sounds/contract.ts';
import type { Facets } from '../board/sounds.ts';
import { selectField } from '../design/choice-fields.ts';
import { field } from '../design/field.ts';
import { textIn } from '../people/form-values.ts';

const types: readonly { value: SoundType; label: string }[] = [
  { value: 'SDB', label: msg('Effects') },
  { value: 'TTS', label: msg('Speech') },
  { value: 'EXT', label: msg('Extracted') },
];
const sorts = [
  { value: 'name', label: msg('Name') },
  { value: 'plays', label: msg('Most played') },
  { value: 'recent', label: msg('Newest') },
  { value: 'duration', label: msg('Duration') },
];
const usualMax = 100;

const tagWords = (tags: readonly string[] | undefined): string => (tags ?? []).join(', ');

/** What chooses the sounds of a list, as fields of a form. Styles: `fieldStyles`, `formStyles`. */
export const ruleFields = (
  rules: PlaylistRules | null,
  facets: Facets,
  error: string | undefined,
): TemplateResult => html`
  <div class="pair">
    ${field({
      id: 'tags_any',
      label: msg('With any of these tags'),
      value: tagWords(rules?.tags_any),
      note: msg(
        str`Separated by commas, such as ${
          facets.tags
            .slice(0, 2)
            .map(([tag]) => tag)
            .join(', ') || 'memes, games'
        }. Empty: all.`,
      ),
    })}
    ${field({
      id: 'tags_all',
      label: msg('With all of these tags'),
      value: tagWords(rules?.tags_all),
      note: msg('Each of them has to be there.'),
    })}
  </div>
  <fieldset>
    <legend>${msg('Types; none chosen: all')}</legend>
    ${types.map(
      ({ value, label }) =>
        html`<label class="choice">
          <input
            type="checkbox"
            name="types"
            .value=${value}
            ?checked=${rules?.types?.includes(value) ?? false}
          /><b>${label}</b>
        </label>`,
    )}
  </fieldset>
  <label class="choice">
    <input type="checkbox" name="favourites" ?checked=${rules?.favourites ?? false} />
    <b>${msg('Favourites only')}</b>
  </label>
  ${selectField({
    id: 'sort',
    label: msg('In the order of'),
    value: rules?.sort ?? 'name',
    options: sorts,
  })}
  <div class="pair">
    ${field({
      id: 'plays_min',
      label: msg('Played at least … times'),
      type: 'number',
      min: '1',
      value: String(rules?.plays_min ?? ''),
    })}
    ${field({
      id: 'added_within_days',
      label: msg('Added in the last … days'),
      type: 'number',
      min: '1',
      max: '3650',
      value: String(rules?.added_within_days ?? ''),
    })}
    ${field({
      id: 'entries_max',
      label: msg('At most … sounds'),
      type: 'number',
      min: '1',
      max: '1000',
      value: String(rules?.entries_max ?? usualMax),
    })}
  </div>
  ${error ? html`<p class="problem" role="alert">${error}</p>` : nothing}
`;

/** Tags as they were keep their spelling, commas and all. */
const tagsIn = (data: FormData, field: 'tags_any' | 'tags_all', before: PlaylistRules | null) => {
  const text = textIn(data, field);
  const tags =
    text === tagWords(before?.[field])
      ? (before?.[field] ?? [])
      : text
          .split(',')
          .map((tag) => tag.trim())
          .filter((tag) => tag !== '');
  return tags.length > 0 && { [field]: tags };
};

/** What of rules the form shows; whatever else there is stays as it was. */
const shown: ReadonlySet<string> = new Set<keyof PlaylistRules>([
  'tags_any',
  'tags_all',
  'types',
  'favourites',
  'plays_min',
  'added_within_days',
  'sort',
  'entries_max',
]);

/** What is chosen there. Fields that are empty say nothing. */
export const rulesIn = (data: FormData, before: PlaylistRules | null): PlaylistRules => {
  const number = (name: string): number | undefined => {
    const text = textIn(data, name);
    return text === '' ? undefined : Number(text);
  };
  const chosen = types
    .map(({ value }) => value)
    .filter((type) => data.getAll('types').includes(type));
  const [plays, days] = [number('plays_min'), number('added_within_days')];
  return {
    ...Object.fromEntries(Object.entries(before ?? {}).filter(([name]) => !shown.has(name))),
    ...tagsIn(data, 'tags_any', before),
    ...tagsIn(data, 'tags_all', before),
    ...(chosen.length > 0 && { types: chosen }),
    ...(data.has('favourites') && { favourites: true }),
    ...(plays !== undefined && { plays_min: plays }),
    ...(days !== undefined && { added_within_days: days }),
    sort: (textIn(data, 'sort') || 'name') as PlaylistRules['sort'],
    entries_max: number('entries_max') ?? usualMax,
  };
};
