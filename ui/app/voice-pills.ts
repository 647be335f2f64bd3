import { msg, str } from '@lit/localize';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { base } from '../design/base.styles.ts';
import { cssProps } from '../design/css-props.ts';
import { hueClasses } from '../design/hues.styles.ts';
import { msWord } from '../design/words.ts';
import type { Voice } from '../feed/feed-state.ts';
import type { BoardSound } from '../board/sounds.ts';
import { voicePillStyles } from './voice-pills.styles.ts';

/** Somebody wants one voice silent. */
export class VoiceStopEvent extends Event {
  readonly playId: string;

  constructor(playId: string) {
    super('enc-voice-stop', { bubbles: true, composed: true });
    this.playId = playId;
  }
}

const circumference = 2 * Math.PI * 7;

/**
 * What sounds now, as pills; pressing one silences that voice. The newest few, and how many more.
 *
 * @event {VoiceStopEvent} enc-voice-stop - a pill was pressed
 */
@customElement('enc-voice-pills')
export class EncVoicePills extends LitElement {
  static override readonly styles = [base, hueClasses, voicePillStyles];

  @property({ attribute: false }) voices: readonly Voice[] = [];
  /** Pills at once; the rest is a number. */
  @property({ type: Number }) most = 4;
  @property({ attribute: false }) sounds: ReadonlyMap<string, BoardSound> = new Map();

  override render(): TemplateResult {
    const more = Math.max(0, this.voices.length - this.most);
    return html`${
      more > 0
        ? html`<span class="more"
            ><span class="sr-only">${msg('And')} </span>+${more}<span class="sr-only">
              ${msg('more playing')}</span
            ></span
          >`
        : nothing
    }${repeat(
      this.voices.slice(-this.most),
      (voice) => voice.playId,
      (voice) => this.#pill(voice),
    )}`;
  }

  #pill(voice: Voice): TemplateResult {
    const sound = this.sounds.get(voice.soundId);
    const name = sound?.name ?? msg('A sound');
    const part = voice.durationMs > 0 ? Math.min(1, voice.positionMs / voice.durationMs) : 0;
    const left = { 'stroke-dashoffset': String(-circumference * part) };
    return html`<button
      type="button"
      class="pill hue-${sound?.hue ?? 52}"
      title=${msg(str`Stop ${name}`)}
      @click=${() => this.dispatchEvent(new VoiceStopEvent(voice.playId))}
    >
      <svg viewBox="0 0 18 18" width="18" height="18" aria-hidden="true">
        <circle class="track" cx="9" cy="9" r="7"></circle>
        <circle class="left" cx="9" cy="9" r="7" ${cssProps(left)}></circle>
        <rect class="square" x="5.5" y="5.5" width="7" height="7" rx="1.5"></rect>
      </svg>
      <span class="sr-only">${msg('Stop')} </span><span class="name">${name}</span>
      ${
        voice.latencyMs === null
          ? nothing
          : html`<span class="latency">${msWord(voice.latencyMs)}</span>`
      }
    </button>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-voice-pills': EncVoicePills;
  }
  interface HTMLElementEventMap {
    'enc-voice-stop': VoiceStopEvent;
  }
}
