import { html, LitElement, type TemplateResult } from 'lit';
import { customElement, query } from 'lit/decorators.js';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import { icons } from '../design/icons.ts';
import { singleKeys } from '../design/keys.ts';
import { Watch } from '../design/watch.ts';
import { shortcutsStyles } from './shortcuts-dialog.styles.ts';

const shortcuts: readonly [string, string][] = [
  ['Search', '/'],
  ['Search, also while typing', 'Ctrl K'],
  ['Play the first sound found', 'Enter'],
  ['From the search to the pads', '↓'],
  ['Move between pads', '↑ ↓ ← →'],
  ['First and last pad', 'Home End'],
  ['A screen up or down', 'PgUp PgDn'],
  ['Play the focused pad', 'Enter'],
  ['Clear the search, then stop all', 'Esc'],
  ['Pad size', 'D'],
];

/** All keys at a glance; opened by `?`. */
@customElement('enc-shortcuts-dialog')
export class EncShortcutsDialog extends LitElement {
  static override readonly styles = [base, buttons, shortcutsStyles];

  @query('dialog') private readonly dialog!: HTMLDialogElement;

  constructor() {
    super();
    this.addController(new Watch(this, () => void singleKeys.value));
  }

  show(): void {
    if (!this.dialog.open) this.dialog.showModal();
  }

  override render(): TemplateResult {
    return html`<dialog aria-labelledby="title" @click=${this.#onClick}>
      <div class="sheet">
        <header>
          <h2 id="title">Keyboard</h2>
          <button
            type="button"
            class="icon-button"
            aria-label="Close"
            @click=${() => this.dialog.close()}
          >
            ${icons.close}
          </button>
        </header>
        <dl>
          ${shortcuts.map(
            ([what, keys]) =>
              html`<div>
                <dt>${what}</dt>
                <dd>${keys.split(' ').map((key) => html`<kbd>${key}</kbd>`)}</dd>
              </div>`,
          )}
        </dl>
        <label>
          <input
            type="checkbox"
            .checked=${singleKeys.value}
            @change=${(event: Event) =>
              (singleKeys.value = (event.target as HTMLInputElement).checked)}
          />
          Single keys such as / and D work outside of fields
        </label>
      </div>
    </dialog>`;
  }

  readonly #onClick = (event: MouseEvent): void => {
    // A click on the dialog itself is one beside the sheet.
    if (event.target === this.dialog) this.dialog.close();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-shortcuts-dialog': EncShortcutsDialog;
  }
}
