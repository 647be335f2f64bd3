import { msg, str } from '@lit/localize';
import { effect } from '@preact/signals-core';
import { html, nothing, svg, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base } from '../design/base.styles.ts';
import { hueClasses } from '../design/hues.styles.ts';
import { icons } from '../design/icons.ts';
import { InTurn } from '../design/in-turn.ts';
import { lengthWord, msWord } from '../design/words.ts';
import type { Density } from './density.ts';
import { atRest, looksDiffer, typeLooks, type PadLook, type PadLooks } from './pad-look.ts';
import { padStyles } from './pad.styles.ts';
import { matchesIn } from './search.ts';
import type { BoardSound } from './sounds.ts';
import { playedPath, waveformHeight, waveformPath, waveformWidth } from './waveform-path.ts';

/** Somebody wants to hear this sound. */
export class PadPressEvent extends Event {
  readonly soundId: string;
  /** With Shift, which picks a range. */
  readonly shift: boolean;

  constructor(soundId: string, shift = false) {
    super('enc-pad-press', { bubbles: true, composed: true });
    this.soundId = soundId;
    this.shift = shift;
  }
}

export type PadAction = 'favourite' | 'menu' | 'rename' | 'focus' | 'pick';

/** Somebody wants something else of this sound; a menu opens at the point, in px of the viewport. */
export class PadActionEvent extends Event {
  readonly soundId: string;
  readonly action: PadAction;
  readonly x: number;
  readonly y: number;

  constructor(soundId: string, action: PadAction, x = 0, y = 0) {
    super('enc-pad-action', { bubbles: true, composed: true });
    this.soundId = soundId;
    this.action = action;
    this.x = x;
    this.y = y;
  }
}

const noTerms: readonly string[] = [];

/**
 * One sound as a physical key: its waveform, its name, lit while it sounds.
 *
 * @event {PadPressEvent} enc-pad-press - pressed, by pointer or key
 * @event {PadActionEvent} enc-pad-action - by its heart or its three dots
 */
@customElement('enc-pad')
export class EncPad extends InTurn {
  static override readonly styles = [base, hueClasses, padStyles];
  static override readonly shadowRootOptions: ShadowRootInit = {
    ...InTurn.shadowRootOptions,
    delegatesFocus: true,
  };

  @property({ attribute: false }) sound!: BoardSound;
  /** 44 hex digits; undefined while they have not come. */
  @property({ attribute: false }) waveform: string | undefined;
  @property({ attribute: false }) terms: readonly string[] = noTerms;
  @property() density: Density = 'comfortable';
  @property({ attribute: false, hasChanged: looksDiffer }) look: PadLook = atRest;
  /** Where the look comes from, when the board is alive. */
  @property({ attribute: false }) looks: PadLooks | null = null;
  @property({ type: Boolean }) favourite = false;
  /** From 1 to 9, where one plays it. */
  @property({ attribute: false }) hotkey: number | undefined;
  /** Why it cannot be played now; empty when it can. */
  @property() reason = '';
  /** Whether it is one of those that are picked; null while nothing is to be picked. */
  @property({ attribute: false }) picked: boolean | null = null;
  /** The one pad of the grid in the tab order. */
  @property({ type: Boolean }) current = false;

  #unfollow: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#unfollow = effect(() => this.#follow(this.looks?.value));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unfollow?.();
  }

  protected override willUpdate(changes: PropertyValues<this>): void {
    if (changes.has('sound')) this.#follow(this.looks?.peek());
  }

  #follow(looks: ReadonlyMap<string, PadLook> | undefined): void {
    if (looks) this.look = looks.get(this.sound.id) ?? atRest;
  }

  override render(): TemplateResult {
    const { sound, density, picked } = this;
    const { progress, latencyMs, pending, refused } = this.look;
    const live = progress !== null;
    const state = `${live ? ' live' : ''}${pending ? ' pending' : ''}${refused ? ' refused' : ''}${latencyMs === null ? '' : ' measured'}${picked === null ? '' : picked ? ' picking picked' : ' picking'}`;
    return html`<button
        type="button"
        class="pad hue-${sound.hue} ${density}${state}"
        tabindex=${this.current ? 0 : -1}
        aria-disabled=${this.reason ? 'true' : nothing}
        aria-pressed=${picked === null ? nothing : picked ? 'true' : 'false'}
        aria-keyshortcuts=${this.hotkey ?? nothing}
        title=${this.reason || nothing}
        @click=${this.#press}
        @keydown=${this.#onKeyDown}
      >
        ${density === 'compact' ? nothing : this.#wave()}
        ${picked === null ? nothing : html`<span class="check">${picked ? icons.check : nothing}</span>`}
        <span class="name">${this.#name()}</span>
        <span class="meta">
          ${typeLooks[sound.type].pad}${sound.type}<span class="dot" aria-hidden="true"></span
          >${lengthWord(sound.duration)}
          ${live ? html`<span class="sr-only">${msg(', playing')}</span>` : nothing}
          ${latencyMs === null ? nothing : html`<span class="latency">${msWord(latencyMs)}</span>`}
        </span></button
      >${picked === null ? this.controls() : nothing}`;
  }

  /** Beside the button and not in it, and after it, so that the name of the sound comes first. */
  protected controls(): TemplateResult | typeof nothing {
    const { name, hue } = this.sound;
    const tabIndex = this.current ? 0 : -1;
    return html`<button
        type="button"
        class="control heart hue-${hue} ${this.density}"
        tabindex=${tabIndex}
        aria-label=${msg(str`Favourite: ${name}`)}
        aria-pressed=${this.favourite}
        @click=${this.#onHeart}
      >
        ${icons.heart}</button
      ><button
        type="button"
        class="control more ${this.density}"
        tabindex=${tabIndex}
        aria-label=${msg(str`More for ${name}`)}
        aria-haspopup="menu"
        @click=${this.#onMore}
      >
        ${icons.padMore}
      </button>`;
  }

  #wave(): TemplateResult {
    const { progress } = this.look;
    const box = `0 0 ${waveformWidth} ${waveformHeight}`;
    return html`<svg class="wave" viewBox=${box} preserveAspectRatio="none" aria-hidden="true">
      <path class="rest" d=${waveformPath(this.waveform)}></path>
      ${
        progress === null
          ? nothing
          : svg`<path class="played" d=${playedPath(this.waveform, progress)}></path>`
      }
    </svg>`;
  }

  #name(): string | (string | TemplateResult)[] {
    const { name, folded } = this.sound;
    const hits = this.terms.length > 0 ? matchesIn(folded, this.terms) : [];
    if (hits.length === 0) return name;
    const parts: (string | TemplateResult)[] = [];
    let end = 0;
    for (const [from, to] of hits) {
      parts.push(name.slice(end, from), html`<mark>${name.slice(from, to)}</mark>`);
      end = to;
    }
    return [...parts, name.slice(end)];
  }

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    // A key held down is one press, not a machine gun.
    if (event.repeat && (event.key === 'Enter' || event.key === ' ')) event.preventDefault();
  };

  readonly #onHeart = (): void => {
    this.dispatchEvent(new PadActionEvent(this.sound.id, 'favourite'));
  };

  readonly #onMore = (event: Event): void => {
    // The dots go when the pointer leaves, and would take the focus with them.
    this.renderRoot.querySelector('button')?.focus();
    const { left, bottom } = (event.currentTarget as HTMLElement).getBoundingClientRect();
    this.dispatchEvent(new PadActionEvent(this.sound.id, 'menu', left, bottom + 4));
  };

  readonly #press = ({ shiftKey }: MouseEvent): void => {
    this.dispatchEvent(new PadPressEvent(this.sound.id, shiftKey));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-pad': EncPad;
  }
  interface HTMLElementEventMap {
    'enc-pad-press': PadPressEvent;
    'enc-pad-action': PadActionEvent;
  }
}
