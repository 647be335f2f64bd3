import { msg } from '@lit/localize';
import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import { cssProps } from '../design/css-props.ts';
import { Watch } from '../design/watch.ts';
import { attempt } from './attempt.ts';
import { toggleMute } from './mute.ts';
import { playerIcons } from './player-icons.ts';
import type { Player } from './player.ts';

/** How loud the music is, as a slider with its number. */
@customElement('enc-volume')
export class EncVolume extends LitElement {
  static override readonly styles = [
    base,
    buttons,
    css`
      :host {
        display: flex;
        align-items: center;
        gap: 6px;
      }

      input {
        --track: linear-gradient(
          to right,
          var(--text-1) var(--level),
          var(--surface-3) var(--level)
        );

        flex: 1;
        inline-size: var(--volume-width, 93px);
        min-inline-size: 0;
        block-size: 24px;
        margin: 0;
        border-radius: 6px;
        background: none;
        appearance: none;
        cursor: pointer;
      }

      input::-webkit-slider-runnable-track {
        block-size: 4px;
        border-radius: 2px;
        background: var(--track);
      }

      input::-moz-range-track {
        block-size: 4px;
        border-radius: 2px;
        background: var(--track);
      }

      input::-webkit-slider-thumb {
        inline-size: 15px;
        block-size: 15px;
        margin-block-start: -5.5px;
        border: 0;
        border-radius: 50%;
        background: var(--text-1);
        appearance: none;
      }

      input::-moz-range-thumb {
        inline-size: 15px;
        block-size: 15px;
        border: 0;
        border-radius: 50%;
        background: var(--text-1);
      }

      output {
        inline-size: 28px;
        color: var(--text-2);
        font-size: 12px;
        text-align: end;
      }

      @media (pointer: coarse) {
        input {
          block-size: 44px;
        }
      }

      @media (forced-colors: active) {
        input {
          appearance: auto;
        }
      }
    `,
  ];

  @property({ attribute: false }) player!: Player;

  constructor() {
    super();
    this.addController(new Watch(this, () => void this.player.volume.value));
  }

  override render(): TemplateResult {
    const level = this.player.volume.value;
    const words = level === 0 ? msg('Sound on') : msg('Mute');
    return html`<button
        type="button"
        class="icon-button"
        aria-label=${words}
        title="${words} (M)"
        @click=${() => attempt(this, toggleMute(this.player))}
      >
        ${level === 0 ? playerIcons.muted : playerIcons.volume}
      </button>
      <input
        type="range"
        min="0"
        max="100"
        aria-label=${msg('Volume of the music')}
        .value=${live(String(level))}
        ${cssProps({ '--level': `${level}%` })}
        @input=${this.#onInput}
      />
      <output>${level}</output>`;
  }

  readonly #onInput = (event: Event): void => {
    const { value } = event.target as HTMLInputElement;
    void attempt(this, this.player.setVolume(Number(value)));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-volume': EncVolume;
  }
}
