import { msg } from '@lit/localize';
import { computed } from '@preact/signals-core';
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { sentenceOf } from '../api/problem.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import { icons } from '../design/icons.ts';
import { InTurn } from '../design/in-turn.ts';
import { onPhone } from '../design/media.ts';
import { ToastEvent } from '../design/toast-event.ts';
import { Watch } from '../design/watch.ts';
import type { Feed } from '../feed/feed.ts';
import type { Library } from '../board/library.ts';
import type { View } from '../board/view.ts';
import './voice-pills.ts';
import type { VoiceStopEvent } from './voice-pills.ts';

/**
 * What lies over the lower edge of every screen: the voices, each to be silenced, and on the board that
 * there is no line. Other screens say for themselves what that means there.
 */
@customElement('enc-floor')
export class EncFloor extends InTurn {
  static override readonly styles = [
    base,
    buttons,
    css`
      :host {
        display: block;
        padding: 56px 24px 13px;
        pointer-events: none;
      }

      /* Tiles end softly behind the pills instead of showing through between them. */
      .fade {
        position: absolute;
        inset: 0 10px 0 0;
        background: linear-gradient(to top, var(--bg) 22px, transparent);
      }

      .row {
        position: relative;
        display: flex;
        gap: 7px;
      }

      .row > * {
        max-inline-size: 100%;
        pointer-events: auto;
      }

      .offline {
        display: flex;
        align-items: center;
        gap: 12px;
        padding: 8px 8px 8px 15px;
        border: 1px solid var(--line);
        border-radius: var(--radius-pad);
        background: var(--surface-2);
        box-shadow: 0 8px 28px var(--shadow);
        font-size: 13px;
        animation: rise var(--enter) var(--ease);
      }

      .offline > svg {
        color: var(--danger);
      }

      .offline .button {
        margin-inline-start: 4px;
      }

      @media not (pointer: coarse) {
        .offline .button {
          min-block-size: 34px;
        }
      }

      @keyframes rise {
        from {
          opacity: 0;
          transform: translateY(10px);
        }
      }

      @media (max-width: 759.98px) {
        :host {
          padding: 56px 16px 12px;
        }

        .fade {
          inset: 0;
        }
      }
    `,
  ];

  @property({ attribute: false }) library!: Library;
  @property({ attribute: false }) feed!: Feed;
  @property({ attribute: false }) view!: View;
  @property({ type: Boolean, attribute: 'on-board' }) onBoard = false;

  /** All else that the line tells is no reason to draw the pills again. */
  readonly #sounding = computed(() => this.feed.state.value.voices);

  constructor() {
    super();
    this.addController(
      new Watch(this, () => {
        void this.view.previewing.value;
        for (const one of [this.#sounding, this.feed.link, this.library.byId, onPhone])
          void one.value;
      }),
    );
  }

  override render(): TemplateResult | typeof nothing {
    if (this.feed.link.value === 'offline') {
      return this.onBoard ? this.#onFloor(this.#offline()) : nothing;
    }
    const previewing = this.view.previewing.value;
    const any = previewing !== null || this.#sounding.value.length > 0;
    // Who previews has the pill's chunk already.
    return any
      ? this.#onFloor(
          html`${
            previewing
              ? html`<enc-preview-pill .previewing=${previewing}></enc-preview-pill>`
              : nothing
          }${this.#voices()}`,
        )
      : nothing;
  }

  #onFloor(content: TemplateResult): TemplateResult {
    return html`<div class="fade"></div>
      <div class="row">${content}</div>`;
  }

  #offline(): TemplateResult {
    return html`<div class="offline" role="status">
      ${icons.offline}<span
        ><strong>${msg('Offline.')}</strong>
        ${msg('Nothing can be played until Encore answers.')}</span
      >
      <button type="button" class="button" @click=${() => this.feed.retryNow()}>
        ${msg('Try now')}
      </button>
    </div>`;
  }

  #voices(): TemplateResult {
    return html`<enc-voice-pills
      role="group"
      aria-label=${msg('Playing now')}
      .voices=${this.#sounding.value}
      .most=${onPhone.value ? 2 : 4}
      .sounds=${this.library.byId.value}
      @enc-voice-stop=${this.#onVoiceStop}
    ></enc-voice-pills>`;
  }

  readonly #onVoiceStop = (event: VoiceStopEvent): void => {
    this.feed.stopSounds(event.playId).catch((error: unknown) => {
      this.dispatchEvent(new ToastEvent(sentenceOf(error)));
    });
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-floor': EncFloor;
  }
}
