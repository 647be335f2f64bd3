import { msg, str } from '@lit/localize';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { TrackSound } from '../../server/player/contract.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import { hueClasses } from '../design/hues.styles.ts';
import { icons } from '../design/icons.ts';
import { capitalised, lengthWord } from '../design/words.ts';
import { art, artStyles } from './art.ts';
import { playerIcons } from './player-icons.ts';
import { trackRowStyles } from './track-row.styles.ts';

export type RowAct = 'press' | 'menu' | 'grab';

/** Something is wanted of a row of tracks. */
export class RowEvent extends Event {
  readonly act: RowAct;
  /** Where a menu opens, in px of the viewport. */
  readonly at: { x: number; y: number };

  constructor(act: RowAct, at = { x: 0, y: 0 }) {
    super('enc-row', { bubbles: true, composed: true });
    this.act = act;
    this.at = at;
  }
}

const typeWords = { SDB: msg('Effect'), TTS: msg('Speech'), EXT: msg('Extracted') } as const;

/**
 * One sound as a line of a list: 56 px high.
 *
 * @event {RowEvent} enc-row - it is to be played, taken hold of, or asked what else can be done
 */
@customElement('enc-track-row')
export class EncTrackRow extends LitElement {
  static override readonly styles = [base, buttons, hueClasses, artStyles, trackRowStyles];
  static override readonly shadowRootOptions: ShadowRootInit = {
    ...LitElement.shadowRootOptions,
    delegatesFocus: true,
  };

  @property({ attribute: false }) sound!: Omit<TrackSound, 'id'> & { missing?: boolean };
  @property({ attribute: false }) waveform: string | undefined;
  /** What pressing it does: "Play", "Add". */
  @property() verb = msg('Play');
  /** Instead of the tag, such as "In the queue". */
  @property() about = '';
  /** The one row of the list in the tab order. */
  @property({ type: Boolean }) current = false;
  @property({ type: Boolean }) sounding = false;
  /** Pressing it does nothing: for who may only look. */
  @property({ type: Boolean }) still = false;
  @property({ type: Boolean, attribute: 'has-menu' }) hasMenu = false;
  /** A pointer can take it elsewhere. */
  @property({ type: Boolean }) grip = false;

  override render(): TemplateResult {
    const { sound, verb, still } = this;
    const about = this.about || capitalised(sound.tags[0] ?? typeWords[sound.type]);
    const tab = this.current ? 0 : -1;
    return html`<div class=${this.sounding ? 'row sounding' : 'row'}>
      ${
        this.grip
          ? html`<span class="grip" title=${msg('Drag to move')} @pointerdown=${this.#grab}
              >${playerIcons.grip}</span
            >`
          : nothing
      }
      <button
        type="button"
        class="main"
        tabindex=${tab}
        aria-disabled=${still ? 'true' : nothing}
        aria-current=${this.sounding ? 'true' : nothing}
        @click=${() => still || this.#say('press')}
      >
        ${art(sound, this.waveform, this.sounding)}
        <span class="words">
          <span class="sr-only">${still ? '' : `${verb} `}</span
          ><span class="name">${sound.name}</span>
          <span class="about">${sound.missing ? msg('The file is missing') : about}</span>
        </span>
        <span class="length">${lengthWord(sound.duration)}</span>
      </button>
      ${
        this.hasMenu
          ? html`<button
              type="button"
              class="icon-button"
              tabindex=${tab}
              aria-haspopup="menu"
              aria-label=${msg(str`More for ${sound.name}`)}
              title=${msg('More')}
              @click=${this.#openMenu}
            >
              ${icons.more}
            </button>`
          : nothing
      }
    </div>`;
  }

  #say(act: RowAct, at?: { x: number; y: number }): void {
    this.dispatchEvent(new RowEvent(act, at));
  }

  readonly #grab = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    event.preventDefault();
    this.#say('grab');
  };

  readonly #openMenu = (event: Event): void => {
    const { left, bottom } = (event.currentTarget as HTMLElement).getBoundingClientRect();
    this.#say('menu', { x: left, y: bottom });
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-track-row': EncTrackRow;
  }
  interface HTMLElementEventMap {
    'enc-row': RowEvent;
  }
}
