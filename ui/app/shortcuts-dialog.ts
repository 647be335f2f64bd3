import { msg } from '@lit/localize';
import { html, LitElement, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { base } from '../design/base.styles.ts';
import { DialogLeftEvent } from '../design/dialog.ts';
import { singleKeys } from '../design/keys.ts';
import { Watch } from '../design/watch.ts';
import { shortcutsStyles } from './shortcuts-dialog.styles.ts';

const shortcuts: readonly [string, string][] = [
  [msg('Search'), '/'],
  [msg('Search, also while typing'), 'Ctrl K'],
  [msg('Play the first sound found'), 'Enter'],
  [msg('From the search to the pads'), '↓'],
  [msg('Move between pads'), '↑ ↓ ← →'],
  [msg('First and last pad'), 'Home End'],
  [msg('A screen up or down'), 'PgUp PgDn'],
  [msg('Play the focused pad'), 'Enter'],
  [msg('Play what is pinned to a key'), '1…9'],
  [msg('Make it a favourite'), 'F'],
  [msg('Its menu'), '.'],
  [msg('Rename it'), 'F2'],
  [msg('Select it, and others'), 'X'],
  [msg('Clear the search, then stop all'), 'Esc'],
  [msg('Pad size'), 'D'],
  [msg('Play or pause the music'), 'K'],
  [msg('10 seconds back and on'), 'J L'],
  [msg('Previous and next track'), 'P N'],
  [msg('What follows a track'), 'R'],
  [msg('Mute the music'), 'M'],
  [msg('Music softer and louder'), '− +'],
  [msg('Up next'), 'Q'],
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
    return html`<enc-dialog heading=${msg('Keyboard')} @enc-dialog-left=${this.#leave}>
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
        ${msg('Single keys such as / and D work outside of fields')}
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
