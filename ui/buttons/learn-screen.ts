import { msg, str } from '@lit/localize';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Candidate, LearnSession } from '../../server/bindings/contract.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import { DialogLeftEvent } from '../design/dialog.ts';
import { deepActive } from '../design/focus.ts';
import { icons } from '../design/icons.ts';
import { setLayer } from '../design/keys.ts';
import { candidateWord, vendorWords } from './button-words.ts';
import { buttonIcons } from './buttons-icons.ts';
import { learnScreenStyles } from './learn-screen.styles.ts';

const shownMax = 6;

/** One of the things that were heard is the button that was meant. */
export class LearntEvent extends Event {
  readonly candidate: Candidate;

  constructor(candidate: Candidate) {
    super('enc-learnt');
    this.candidate = candidate;
  }
}

type Words = { heading: string; say: string };

const wordsOf = (session: LearnSession | null): Words => {
  const heard = session?.candidates.length ?? 0;
  switch (session?.phase) {
    case undefined:
    case 'baseline':
      return {
        heading: msg('One moment'),
        say: msg('Encore listens to what is going on anyway. Do not press anything yet.'),
      };
    case 'listening':
      return heard === 0
        ? {
            heading: msg('Press the button'),
            say: msg('Or turn the knob, or hold the card to its reader.'),
          }
        : {
            heading: msg('Press once more'),
            say: msg('So that it is sure, or choose from what was heard.'),
          };
    case 'confirmed':
      return {
        heading: msg('This is it'),
        say: msg('It was heard twice. Choose what it should do.'),
      };
    case 'ended':
      return heard === 0
        ? {
            heading: msg('Nothing was heard'),
            say: msg('See that the device is on and speaks to this broker, then try again.'),
          }
        : { heading: msg('Which one was it?'), say: msg('Choose it, or listen again.') };
  }
};

/**
 * Fills the screen while Encore listens for a button.
 *
 * @event {LearntEvent} enc-learnt - it is this one
 * @event {DialogLeftEvent} enc-dialog-left - not now
 * @event {Event} enc-again - listen once more
 */
@customElement('enc-learn-screen')
export class EncLearnScreen extends LitElement {
  static override readonly styles = [base, buttons, learnScreenStyles];

  /** Null until the server has answered. */
  @property({ attribute: false }) session: LearnSession | null = null;
  @query('dialog') private readonly dialog!: HTMLDialogElement;
  #before: HTMLElement | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#before = deepActive();
    setLayer(this, true);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    setLayer(this, false);
    this.dialog?.close();
    if (this.#before?.isConnected) this.#before.focus({ preventScroll: true });
  }

  protected override firstUpdated(): void {
    this.dialog.showModal();
  }

  override render(): TemplateResult {
    const { session } = this;
    const { heading, say } = wordsOf(session);
    const candidates = session?.candidates ?? [];
    const shown = session?.phase === 'confirmed' ? candidates.slice(0, 1) : candidates;
    const listening = session?.phase === 'listening';
    return html`<dialog aria-labelledby="heading" @cancel=${this.#onCancel}>
      <header>
        <button type="button" class="icon-button" aria-label=${msg('Close')} @click=${this.#leave}>
          ${icons.close}
        </button>
      </header>
      <div class="stage">
        <div class="pulse ${listening ? 'listening' : ''}">${buttonIcons.listening}</div>
        <h2 id="heading" aria-live="polite">${heading}</h2>
        <p class="say">${say}</p>
        <ul aria-label=${msg('What was heard')}>
          ${repeat(
            shown.slice(0, shownMax),
            ({ id }) => id,
            (one) => this.#candidate(one),
          )}
        </ul>
      </div>
      <footer>
        ${
          session?.phase === 'ended'
            ? html`<button
                type="button"
                class="button primary"
                @click=${() => this.dispatchEvent(new Event('enc-again'))}
              >
                ${msg('Listen again')}
              </button>`
            : nothing
        }
        <button type="button" class="button" @click=${this.#leave}>${msg('Cancel')}</button>
      </footer>
    </dialog>`;
  }

  #candidate(one: Candidate): TemplateResult {
    const { device, vendor, uid, confirmed, bound } = one;
    const what = candidateWord(one);
    return html`<li class=${confirmed ? 'confirmed' : ''}>
      ${uid === null ? buttonIcons.device : buttonIcons.card}
      <div class="thing">
        <b>${what}</b>
        <small
          >${device} ·
          ${vendorWords[vendor]}${uid === null ? '' : ` · ${uid}`}${
            bound.length === 0 ? '' : msg(str` · already “${bound.join('”, “')}”`)
          }</small
        >
      </div>
      <button
        type="button"
        class="button ${confirmed ? 'primary' : ''}"
        aria-label=${msg(str`Use this: ${what} of ${device}`)}
        @click=${() => this.dispatchEvent(new LearntEvent(one))}
      >
        ${msg('Use this')}
      </button>
    </li>`;
  }

  readonly #onCancel = (event: Event): void => {
    event.preventDefault();
    this.#leave();
  };

  readonly #leave = (): void => void this.dispatchEvent(new DialogLeftEvent());
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-learn-screen': EncLearnScreen;
  }
  interface HTMLElementEventMap {
    'enc-learnt': LearntEvent;
    'enc-again': Event;
  }
}
