import { msg } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import type { Binding } from '../../server/bindings/contract.ts';
import type { FieldErrors } from '../api/field-errors.ts';
import { selectField } from '../design/choice-fields.ts';
import { field } from '../design/field.ts';
import { modeWords } from '../player/player-words.ts';
import type { BindingField } from './binding-form.ts';
import { volumeStep, type Action } from './choices.ts';

type Choices = readonly { value: string; label: string }[];

const modes = Object.entries(modeWords).map(([value, label]) => ({ value, label }));

/** What an action needs to know besides; a sound is chosen elsewhere. Styles: `fieldStyles`, `formStyles`. */
export const commandFields = (options: {
  action: Action | null;
  /** What it does so far. */
  command: Binding['command'] | undefined;
  playlists: Choices;
  people: Choices;
  errors: FieldErrors<BindingField>;
}): TemplateResult | typeof nothing => {
  const { action, command, playlists, people, errors } = options;
  switch (action) {
    case 'tag': {
      const tag = command?.type === 'random' && 'tag' in command ? command.tag : undefined;
      const error = errors.tag;
      return field({ id: 'tag', label: msg('Tag'), value: tag ?? '', error, maxLength: 64 });
    }
    case 'random':
    case 'playlist': {
      const value = command && 'playlist_id' in command ? command.playlist_id : '';
      return selectField({ id: 'playlist', label: msg('Playlist'), value, options: playlists });
    }
    case 'volume': {
      const volume = command?.type === 'volume' && 'volume' in command ? command.volume : 40;
      return field({
        id: 'volume',
        label: msg('Volume, 0 to 100'),
        type: 'number',
        value: String(volume ?? 40),
        min: '0',
        max: '100',
        error: errors.volume,
      });
    }
    case 'louder':
    case 'quieter': {
      const delta = command?.type === 'volume' && 'delta' in command ? command.delta : volumeStep;
      return field({
        id: 'step',
        label: msg('By how much, 1 to 100'),
        type: 'number',
        value: String(Math.abs(delta)),
        min: '1',
        max: '100',
        error: errors.step,
      });
    }
    case 'mode': {
      const value = command?.type === 'mode' ? command.mode : 'continuous';
      return selectField({ id: 'mode', label: msg('Player mode'), value, options: modes });
    }
    case 'say': {
      const text = command?.type === 'say' ? (command.text ?? '') : '';
      const error = errors.text;
      return field({ id: 'text', label: msg('What it says'), value: text, error, maxLength: 1000 });
    }
    case 'credits': {
      const given = command?.type === 'grant_credits' ? command : null;
      const value = given?.user_id ?? '';
      return html`<div class="pair">
        ${selectField({ id: 'user_id', label: msg('To whom'), value, options: people })}
        ${field({
          id: 'amount',
          label: msg('Credits each time'),
          type: 'number',
          value: String(given?.amount ?? 1),
          min: '1',
          max: '1000',
          error: errors.amount,
        })}
      </div>`;
    }
    case 'sound':
    case 'card':
    case 'stop':
    case 'toggle':
    case 'pause':
    case 'resume':
    case 'next':
    case 'previous':
    case 'none':
    case null:
      return nothing;
  }
};
