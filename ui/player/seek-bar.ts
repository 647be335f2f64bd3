import { msg, str } from '@lit/localize';
import { computed } from '@preact/signals-core';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Library } from '../board/library.ts';
import { hueOf } from '../board/hue-of.ts';
import { base } from '../design/base.styles.ts';
import { hueClasses } from '../design/hues.styles.ts';
import { Watch } from '../design/watch.ts';
import { attempt } from './attempt.ts';
import { fineBars, fineHeight, finePath, fineWidth } from './fine-waveform.ts';
import { clockWord } from './player-words.ts';
import type { Player } from './player.ts';

const stepMs = 5_000;
const pageShare = 0.1;

/** The track as its waveform: played part lit, and any place in it a click, a drag or a key away. */
@customElement('enc-seek-bar')
export class EncSeekBar extends LitElement {
  static override readonly styles = [
    base,
    hueClasses,
    css`
      :host {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr) auto;
        align-items: center;
        gap: 11px;
      }

      time {
        min-inline-size: 34px;
        color: var(--text-2);
        font-size: 12px;
        line-height: 16px;
      }

      time:first-child {
        text-align: end;
      }

      .bar {
        block-size: var(--seek-height, 20px);
        border-radius: 4px;
        touch-action: none;
      }

      .bar[role='slider'] {
        cursor: pointer;
      }

      svg {
        inline-size: 100%;
        block-size: 100%;
        overflow: visible;
        pointer-events: none;
      }

      .rest {
        fill: var(--line-strong);
        fill-opacity: 0.62;
      }

      .played {
        fill: var(--h-line, var(--text-2));
      }

      :host([wide]) {
        grid-template-columns: 1fr 1fr;
      }

      :host([wide]) .bar {
        grid-area: 1 / 1 / auto / -1;
      }

      :host([wide]) time:first-child {
        text-align: start;
      }

      :host([wide]) time:last-child {
        text-align: end;
      }

      @media (forced-colors: active) {
        .rest {
          fill: GrayText;
        }

        .played {
          fill: Highlight;
        }
      }
    `,
  ];

  @property({ attribute: false }) player!: Player;
  @property({ attribute: false }) library!: Library;
  /** Whether this person may choose the place. */
  @property({ type: Boolean }) control = false;
  /** Where the pointer holds it, in ms; null while nobody does. */
  @state() private held: number | null = null;
  @query('.bar') private readonly bar!: HTMLElement;

  /** Bars and seconds: between two of them nothing on screen changes. */
  readonly #shown = computed(() => {
    const [position, duration] = [this.player.position.value, this.#duration];
    const lit = duration > 0 ? Math.round((position / duration) * fineBars) : 0;
    return `${lit} ${Math.floor(position / 1000)}`;
  });

  constructor() {
    super();
    this.addController(
      new Watch(this, () => {
        for (const one of [this.player.state, this.library.waveforms, this.#shown]) void one.value;
      }),
    );
  }

  get #duration(): number {
    return this.player.state.value?.duration ?? 0;
  }

  override render(): TemplateResult {
    const duration = this.#duration;
    const sound = this.player.state.value?.sound ?? null;
    const position = Math.min(this.held ?? this.player.position.peek(), duration);
    const lit = duration > 0 ? Math.round((position / duration) * fineBars) : 0;
    const waveform = sound ? this.library.waveforms.value[sound.id] : undefined;
    const active = this.control && duration > 0;
    return html`<time>${clockWord(position)}</time>
      <div
        class="bar ${sound ? `hue-${hueOf(sound)}` : ''}"
        role=${active ? 'slider' : 'progressbar'}
        tabindex=${active ? 0 : nothing}
        aria-label=${msg('Place in the track')}
        aria-valuemin="0"
        aria-valuemax=${Math.max(1, Math.floor(duration / 1000))}
        aria-valuenow=${Math.floor(position / 1000)}
        aria-valuetext=${msg(str`${clockWord(position)} of ${clockWord(duration)}`)}
        @pointerdown=${active ? this.#onDown : nothing}
        @pointermove=${active ? this.#onMove : nothing}
        @pointerup=${active ? this.#onUp : nothing}
        @pointercancel=${this.#letGo}
        @keydown=${active ? this.#onKeyDown : nothing}
      >
        <svg viewBox="0 0 ${fineWidth} ${fineHeight}" preserveAspectRatio="none" aria-hidden="true">
          <path class="rest" d=${finePath(waveform)}></path>
          <path class="played" d=${finePath(waveform, lit)}></path>
        </svg>
      </div>
      <time>${clockWord(duration)}</time>`;
  }

  #at(event: PointerEvent): number {
    const { left, width } = this.bar.getBoundingClientRect();
    const share = Math.max(0, Math.min(1, (event.clientX - left) / width));
    return share * this.#duration;
  }

  readonly #onDown = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    this.bar.setPointerCapture(event.pointerId);
    this.held = this.#at(event);
  };

  readonly #onMove = (event: PointerEvent): void => {
    if (this.held !== null) this.held = this.#at(event);
  };

  readonly #onUp = (event: PointerEvent): void => {
    if (this.held === null) return;
    this.held = null;
    void attempt(this, this.player.seek(this.#at(event)));
  };

  readonly #letGo = (): void => {
    this.held = null;
  };

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    const to = this.#afterKey(event.key);
    if (to === null || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    void attempt(this, this.player.seek(to));
  };

  #afterKey(key: string): number | null {
    const [now, duration] = [this.player.position.peek(), this.#duration];
    if (key === 'ArrowLeft' || key === 'ArrowDown') return now - stepMs;
    if (key === 'ArrowRight' || key === 'ArrowUp') return now + stepMs;
    if (key === 'PageDown') return now - duration * pageShare;
    if (key === 'PageUp') return now + duration * pageShare;
    if (key === 'Home') return 0;
    return key === 'End' ? duration : null;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-seek-bar': EncSeekBar;
  }
}
