import { msg } from '@lit/localize';
import { computed } from '@preact/signals-core';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { hueOf } from '../board/hue-of.ts';
import type { Library } from '../board/library.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import { cssProps } from '../design/css-props.ts';
import { hueClasses } from '../design/hues.styles.ts';
import { InTurn } from '../design/in-turn.ts';
import { Watch } from '../design/watch.ts';
import { art, artStyles } from './art.ts';
import { attempt } from './attempt.ts';
import { miniPlayerStyles } from './mini-player.styles.ts';
import { playerIcons } from './player-icons.ts';
import { listWords } from './player-words.ts';
import { hasMusic, type Player } from './player.ts';

const steps = 200;

/**
 * The player as the phone's card: what plays, and the two buttons that cannot wait.
 *
 * @event enc-player-open - the whole player is wanted
 */
@customElement('enc-mini-player')
export class EncMiniPlayer extends InTurn {
  static override readonly styles = [base, buttons, hueClasses, artStyles, miniPlayerStyles];

  @property({ attribute: false }) player!: Player;
  @property({ attribute: false }) library!: Library;
  @property({ type: Boolean }) control = false;

  readonly #step = computed(() => {
    const duration = this.player.state.value?.duration ?? 0;
    return duration > 0 ? Math.round((this.player.position.value / duration) * steps) : 0;
  });

  constructor() {
    super();
    this.addController(
      new Watch(this, () => {
        for (const one of [this.player.state, this.library.waveforms, this.#step]) void one.value;
      }),
    );
  }

  override render(): TemplateResult | typeof nothing {
    const { player } = this;
    const state = player.state.value;
    if (!hasMusic(state)) return nothing;
    const { sound, status } = state;
    const waveform = sound ? this.library.waveforms.value[sound.id] : undefined;
    const playing = status === 'playing';
    const played = { 'inline-size': `${(this.#step.value / steps) * 100}%` };
    return html`<section
      class="card ${sound ? `hue-${hueOf(sound)}` : 'none'}"
      aria-label=${msg('Player')}
    >
      <button
        type="button"
        class="open"
        aria-haspopup="dialog"
        @click=${() => this.dispatchEvent(new Event('enc-player-open'))}
      >
        ${art(sound, waveform, playing)}
        <span class="words">
          <span class="title">${sound?.name ?? msg('Nothing chosen')}</span>
          <span class="list">${listWords(state).join(' • ')}</span>
          <span class="sr-only">${msg(', open the player')}</span>
        </span>
      </button>
      ${
        this.control
          ? html`<button
                type="button"
                class="icon-button strong"
                aria-label=${playing ? msg('Pause') : msg('Play')}
                @click=${() => attempt(this, player.toggle())}
              >
                ${playing ? playerIcons.pauseLarge : playerIcons.playLarge}
              </button>
              <button
                type="button"
                class="icon-button"
                aria-label=${msg('Next')}
                @click=${() => attempt(this, player.next())}
              >
                ${playerIcons.nextLarge}
              </button>`
          : nothing
      }
      <span class="line" ${cssProps(played)}></span>
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-mini-player': EncMiniPlayer;
  }
}
