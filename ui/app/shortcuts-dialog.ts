import { html, LitElement, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { base } from '../design/base.styles.ts';
import { DialogLeftEvent } from '../design/dialog.ts';
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
  ['Play what is pinned to a key', '1…9'],
  ['Make it a favourite', 'F'],
  ['Its menu', '.'],
  ['Rename it', 'F2'],
  ['Select it, and others', 'X'],
  ['Clear the search, then stop all', 'Esc'],
  ['Pad size', 'D'],
  ['Play or pause the music', 'K'],
  ['10 seconds back and on', 'J L'],
  ['Previous and next track', 'P N'],
  ['What follows a track', 'R'],
  ['Mute the music', 'M'],
  ['Music softer and louder', '− +'],
  ['Up next', 'Q'],
];

/**
 * All keys at a glance; opened by `?`.
 *
 * @event {DialogLeftEvent} enc-dialog-left - it is to close
 */
@customElement('enc-shortcuts-dialog')
export class EncShortcutsDialog extends LitElement {
  static override readonly styles = [base, shortcutsStyles];

  constructor() {
    super();
    this.addController(new Watch(this, () => void singleKeys.value));
  }

  override render(): TemplateResult {
    return html`<enc-dialog heading="Keyboard" @enc-dialog-left=${this.#leave}>
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
    </enc-dialog>`;
  }

  readonly #leave = (): void => void this.dispatchEvent(new DialogLeftEvent());
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-shortcuts-dialog': EncShortcutsDialog;
  }
}
