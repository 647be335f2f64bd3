import { msg, str } from '@lit/localize';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Playlist } from '../../server/playlists/contract.ts';
import type { Http } from '../api/http.ts';
import { sentenceOf } from '../api/problem.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import '../design/dialog.ts';
import { DialogLeftEvent } from '../design/dialog.ts';
import { fieldStyles } from '../design/field.styles.ts';
import { field } from '../design/field.ts';
import { formStyles } from '../design/form.styles.ts';
import { countWord } from '../design/words.ts';
import { textIn } from '../people/form-values.ts';
import { tracksWord } from '../player/player-words.ts';
import { PlaylistMadeEvent } from './playlist-dialog.ts';
import { importDialogStyles } from './import-dialog.styles.ts';

type Report = {
  playlist: Playlist;
  matched: number;
  unmatched: string[];
  unmatched_total: number;
};

const contentBytesMax = 1024 * 1024;

/**
 * Makes a playlist from an M3U or JSON file, and says which of its lines are not in the library.
 *
 * @event {PlaylistMadeEvent} enc-playlist-made - it is made, and the person goes on to it
 * @event {DialogLeftEvent} enc-dialog-left - nothing is wanted
 */
@customElement('enc-import-dialog')
export class EncImportDialog extends LitElement {
  static override readonly styles = [base, buttons, fieldStyles, formStyles, importDialogStyles];

  @property({ attribute: false }) http!: Http;
  @state() private busy = false;
  @state() private problem = '';
  @state() private name = '';
  @state() private report: Report | null = null;

  override render(): TemplateResult {
    return this.report ? this.#done(this.report) : this.#form();
  }

  #form(): TemplateResult {
    return html`<enc-dialog heading=${msg('Import a playlist')} @enc-dialog-left=${this.#leave}>
      <form id="import" class="form" novalidate @submit=${this.#import}>
        <div class="field">
          <label for="file">${msg('File')}</label>
          <div class="box">
            <input
              id="file"
              name="file"
              type="file"
              accept=".m3u,.m3u8,.json,audio/x-mpegurl,application/json"
              aria-describedby="file-note"
              @change=${this.#onFile}
            />
          </div>
          <div id="file-note" class="note">
            ${msg('M3U or Encore’s own JSON. Sounds are found by name in this library; nothing is fetched.')}
          </div>
        </div>
        ${field({ id: 'name', label: msg('Name'), value: this.name, maxLength: 200 })}
        <p class="problem" role="alert">${this.problem}</p>
      </form>
      <button slot="actions" type="button" class="button" @click=${this.#leave}>
        ${msg('Cancel')}
      </button>
      <button
        slot="actions"
        type="submit"
        form="import"
        class="button primary"
        ?disabled=${this.busy}
      >
        ${this.busy ? msg('One moment…') : msg('Import')}
      </button>
    </enc-dialog>`;
  }

  #done({ playlist, matched, unmatched, unmatched_total }: Report): TemplateResult {
    return html`<enc-dialog
      heading=${msg(str`${playlist.name} is here`)}
      @enc-dialog-left=${this.#goOn}
    >
      <p class="say">
        ${msg(str`${tracksWord(matched)} found, ${countWord(unmatched_total)} not in this library`)}${unmatched_total > 0 ? ':' : '.'}
      </p>
      ${
        unmatched.length > 0
          ? html`<ul>
              ${unmatched.map((line) => html`<li>${line}</li>`)}
            </ul>`
          : nothing
      }
      <button slot="actions" class="button primary" @click=${this.#goOn}>
        ${msg('Open the playlist')}
      </button>
    </enc-dialog>`;
  }

  readonly #onFile = (event: Event): void => {
    const [file] = (event.target as HTMLInputElement).files ?? [];
    this.problem = '';
    if (file) this.name = file.name.replace(/\.[^.]+$/, '');
  };

  readonly #import = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (this.busy) return;
    const data = new FormData(event.target as HTMLFormElement);
    const file = data.get('file');
    if (!(file instanceof File) || file.name === '') {
      this.problem = msg('Choose a file first.');
      return;
    }
    if (file.size > contentBytesMax) {
      this.problem = msg('This file is larger than 1 MB. Split it, or choose another one.');
      return;
    }
    this.busy = true;
    try {
      const format = file.name.toLowerCase().endsWith('.json') ? 'json' : 'm3u8';
      const content = await file.text();
      const body = { name: textIn(data, 'name') || file.name, format, content };
      this.report = await this.http.post<Report>('/playlists/import', body);
    } catch (error) {
      this.problem = sentenceOf(error);
    } finally {
      this.busy = false;
    }
  };

  readonly #goOn = (): void => {
    if (this.report) this.dispatchEvent(new PlaylistMadeEvent(this.report.playlist));
  };

  readonly #leave = (): void => void this.dispatchEvent(new DialogLeftEvent());
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-import-dialog': EncImportDialog;
  }
}
