import { msg } from '@lit/localize';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Playlist } from '../../server/playlists/contract.ts';
import { fieldErrorsOf, withoutTyped, type FieldErrors } from '../api/field-errors.ts';
import type { Http } from '../api/http.ts';
import type { Library } from '../board/library.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import { textField } from '../design/choice-fields.ts';
import '../design/dialog.ts';
import { DialogLeftEvent } from '../design/dialog.ts';
import { fieldStyles } from '../design/field.styles.ts';
import { field } from '../design/field.ts';
import { formStyles } from '../design/form.styles.ts';
import { textIn } from '../people/form-values.ts';
import { pathOf } from './playlists.ts';
import { ruleFields, rulesIn } from './rule-fields.ts';

const fields = ['name', 'description', 'visibility', 'rules'] as const;
type Field = (typeof fields)[number];
const form = { fields, rest: 'name' } as const;

/** A playlist was made or changed. */
export class PlaylistMadeEvent extends Event {
  readonly playlist: Playlist;

  constructor(playlist: Playlist) {
    super('enc-playlist-made');
    this.playlist = playlist;
  }
}

/**
 * Makes a playlist, or with `list` changes its name, description and rules.
 *
 * @event {PlaylistMadeEvent} enc-playlist-made - it is as it was asked for
 * @event {DialogLeftEvent} enc-dialog-left - nothing is wanted
 */
@customElement('enc-playlist-dialog')
export class EncPlaylistDialog extends LitElement {
  static override readonly styles = [base, buttons, fieldStyles, formStyles];

  @property({ attribute: false }) http!: Http;
  @property({ attribute: false }) library!: Library;
  @property({ attribute: false }) list: Playlist | null = null;
  @state() private byRules = false;
  @state() private busy = false;
  @state() private errors: FieldErrors<Field> = {};

  override render(): TemplateResult {
    const { list, errors } = this;
    const rules = list ? list.rules !== null : this.byRules;
    return html`<enc-dialog
      heading=${list ? msg('Edit the playlist') : msg('New playlist')}
      @enc-dialog-left=${this.#leave}
    >
      <form id="playlist" class="form" novalidate @submit=${this.#save} @input=${this.#onInput}>
        ${field({
          id: 'name',
          label: msg('Name'),
          value: list?.name ?? '',
          error: errors.name,
          maxLength: 200,
          autofocus: true,
        })}
        ${textField({
          id: 'description',
          label: msg('Description (optional)'),
          value: list?.description ?? '',
          error: errors.description,
          rows: 2,
        })}
        ${list ? nothing : this.#kinds()}
        ${rules ? ruleFields(list?.rules ?? null, this.library.facets.peek(), errors.rules) : nothing}
      </form>
      <button slot="actions" type="button" class="button" @click=${this.#leave}>
        ${msg('Cancel')}
      </button>
      <button
        slot="actions"
        type="submit"
        form="playlist"
        class="button primary"
        ?disabled=${this.busy}
      >
        ${this.busy ? msg('One moment…') : list ? msg('Save') : msg('Make the playlist')}
      </button>
    </enc-dialog>`;
  }

  #kinds(): TemplateResult {
    const choose = (byRules: boolean) => (): void => {
      this.byRules = byRules;
    };
    return html`<fieldset>
        <legend>${msg('Filled')}</legend>
        <label class="choice">
          <input type="radio" name="kind" value="hand" checked @change=${choose(false)} />
          <b>${msg('By hand')}</b><small>${msg('Sounds in an order of your own.')}</small>
        </label>
        <label class="choice">
          <input type="radio" name="kind" value="rules" @change=${choose(true)} />
          <b>${msg('By rules')}</b
          ><small>${msg('Always what matches: tags, types, most played, new.')}</small>
        </label>
      </fieldset>
      <label class="choice">
        <input type="checkbox" name="household" />
        <b>${msg('Share with the household')}</b
        ><small>${msg('Everybody hears it, members may change it.')}</small>
      </label>`;
  }

  readonly #save = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (this.busy) return;
    const data = new FormData(event.target as HTMLFormElement);
    const { list } = this;
    const rules = (list ? list.rules !== null : this.byRules)
      ? { rules: rulesIn(data, list?.rules ?? null) }
      : {};
    const said = { name: textIn(data, 'name'), description: textIn(data, 'description'), ...rules };
    this.busy = true;
    try {
      const visibility = data.has('household') ? 'household' : 'private';
      const playlist = list
        ? await this.http.patch<Playlist>(pathOf(list.id), said)
        : await this.http.post<Playlist>('/playlists/', { ...said, visibility });
      this.dispatchEvent(new PlaylistMadeEvent(playlist));
    } catch (error) {
      this.errors = fieldErrorsOf(error, form);
    } finally {
      this.busy = false;
    }
  };

  readonly #onInput = (event: Event): void => {
    this.errors = withoutTyped(this.errors, event);
  };

  readonly #leave = (): void => void this.dispatchEvent(new DialogLeftEvent());
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-playlist-dialog': EncPlaylistDialog;
  }
}
