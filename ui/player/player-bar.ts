import { msg } from '@lit/localize';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Library } from '../board/library.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import { hueClasses } from '../design/hues.styles.ts';
import { Watch } from '../design/watch.ts';
import { art, artStyles } from './art.ts';
import { playerBarStyles } from './player-bar.styles.ts';
import { playerIcons } from './player-icons.ts';
import { listWords, roomWord } from './player-words.ts';
import type { Player } from './player.ts';
import { queueFits, queueOpen } from './queue-open.ts';
import './seek-bar.ts';
import './sleep-button.ts';
import './transport.ts';
import './volume.ts';

/**
 * The player along the lower edge of wide screens.
 *
 * @event enc-queue-toggle - "Up next" is wanted, or not any more
 */
@customElement('enc-player-bar')
export class EncPlayerBar extends LitElement {
  static override readonly styles = [base, buttons, hueClasses, artStyles, playerBarStyles];

  @property({ attribute: false }) player!: Player;
  @property({ attribute: false }) library!: Library;
  @property() room = '';
  /** Whether this person may do more than look. */
  @property({ type: Boolean }) control = false;

  constructor() {
    super();
    this.addController(
      new Watch(this, () => {
        for (const one of [this.player.state, this.library.waveforms, queueOpen, queueFits])
          void one.value;
      }),
    );
  }

  override render(): TemplateResult {
    return html`<section class="bar" aria-label=${msg('Player')}>
      ${this.#now()}
      <div class="middle">
        ${this.control ? html`<enc-transport .player=${this.player}></enc-transport>` : nothing}
        <enc-seek-bar
          .player=${this.player}
          .library=${this.library}
          ?control=${this.control}
        ></enc-seek-bar>
      </div>
      <div class="end">
        ${
          this.room
            ? html`<span class="room" title=${msg('Where it plays')}
                >${playerIcons.room}<span>${roomWord(this.room)}</span></span
              >`
            : nothing
        }
        ${
          this.control
            ? html`<enc-sleep-button .player=${this.player}></enc-sleep-button>
                <enc-volume .player=${this.player}></enc-volume>`
            : nothing
        }
        ${this.#queueButton()}
      </div>
    </section>`;
  }

  #now(): TemplateResult | typeof nothing {
    const state = this.player.state.value;
    if (!state) return nothing;
    const { sound, status } = state;
    const waveform = sound ? this.library.waveforms.value[sound.id] : undefined;
    const [first, second] = listWords(state);
    return html`<div class="now">
      ${art(sound, waveform, status === 'playing')}
      <div class="words">
        <div class="title" title=${sound?.name ?? nothing}>
          ${sound?.name ?? msg('Nothing chosen')}
        </div>
        <div class="list">
          <span>${first}</span
          >${second ? html`<i aria-hidden="true"></i><b>${second}</b>` : nothing}
        </div>
      </div>
    </div>`;
  }

  #queueButton(): TemplateResult {
    const shown = queueOpen.value && queueFits.value;
    return html`<button
      type="button"
      class=${shown ? 'icon-button on' : 'icon-button'}
      aria-label=${msg('Up next')}
      aria-pressed=${String(shown)}
      aria-keyshortcuts="Q"
      title=${msg('Up next (Q)')}
      @click=${() => this.dispatchEvent(new Event('enc-queue-toggle'))}
    >
      ${playerIcons.queue}
    </button>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-player-bar': EncPlayerBar;
  }
}
