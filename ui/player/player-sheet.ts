import { msg } from '@lit/localize';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { Library } from '../board/library.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import { deepActive } from '../design/focus.ts';
import { hueClasses } from '../design/hues.styles.ts';
import { setLayer } from '../design/keys.ts';
import { Watch } from '../design/watch.ts';
import { art, artStyles } from './art.ts';
import { playerIcons } from './player-icons.ts';
import { playerSheetStyles } from './player-sheet.styles.ts';
import { listWords, roomWord } from './player-words.ts';
import { hasMusic, type Player } from './player.ts';
import './queue.ts';
import './seek-bar.ts';
import './sleep-button.ts';
import './transport.ts';
import './volume.ts';

/**
 * The whole player over the whole screen, for as long as it is in the page.
 *
 * @event enc-sheet-left - it is to close
 */
@customElement('enc-player-sheet')
export class EncPlayerSheet extends LitElement {
  static override readonly styles = [base, buttons, hueClasses, artStyles, playerSheetStyles];

  @property({ attribute: false }) player!: Player;
  @property({ attribute: false }) library!: Library;
  @property() room = '';
  @property({ type: Boolean }) control = false;
  @query('dialog') private readonly dialog!: HTMLDialogElement;

  #before: HTMLElement | null = null;

  constructor() {
    super();
    this.addController(
      new Watch(this, () => {
        for (const one of [this.player.state, this.library.waveforms]) void one.value;
      }),
    );
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#before = deepActive();
    setLayer(this, true);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    setLayer(this, false);
    if (this.#before?.isConnected) this.#before.focus({ preventScroll: true });
  }

  protected override firstUpdated(): void {
    this.dialog.showModal();
  }

  override render(): TemplateResult {
    return html`<dialog aria-label=${msg('Player')} @close=${this.#leave}>
      <div class="head">
        <button
          type="button"
          class="icon-button"
          aria-label=${msg('Close the player')}
          @click=${() => this.dialog.close()}
        >
          ${playerIcons.close}
        </button>
        ${this.room ? html`<span>${playerIcons.room}${roomWord(this.room)}</span>` : nothing}
        ${
          this.control
            ? html`<enc-sleep-button .player=${this.player}></enc-sleep-button>`
            : html`<i></i>`
        }
      </div>
      <div class="body">${this.#now()}${this.#queue()}</div>
    </dialog>`;
  }

  #now(): TemplateResult | typeof nothing {
    const { player, library, control } = this;
    const state = player.state.value;
    if (!hasMusic(state)) return nothing;
    const { sound } = state;
    const waveform = sound ? library.waveforms.value[sound.id] : undefined;
    return html`<section class="now" aria-label=${msg('Now')}>
      <div class="cover">${art(sound, waveform)}</div>
      <div>
        <h2>${sound?.name ?? msg('Nothing chosen')}</h2>
        <p>${listWords(state).join(' • ')}</p>
      </div>
      <enc-seek-bar wide .player=${player} .library=${library} ?control=${control}></enc-seek-bar>
      ${
        control
          ? html`<enc-transport large .player=${player}></enc-transport>
              <enc-volume .player=${player}></enc-volume>`
          : nothing
      }
    </section>`;
  }

  #queue(): TemplateResult {
    return html`<enc-queue
      .player=${this.player}
      .library=${this.library}
      ?control=${this.control}
    ></enc-queue>`;
  }

  readonly #leave = (): void => {
    if (this.isConnected) this.dispatchEvent(new Event('enc-sheet-left'));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-player-sheet': EncPlayerSheet;
  }
}
