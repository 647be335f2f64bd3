import { msg } from '@lit/localize';
import { computed, effect } from '@preact/signals-core';
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Http } from '../api/http.ts';
import type { Library } from '../board/library.ts';
import { InTurn } from '../design/in-turn.ts';
import { onPhone } from '../design/media.ts';
import { ToastEvent } from '../design/toast-event.ts';
import { Watch } from '../design/watch.ts';
import type { Feed } from '../feed/feed.ts';
import { attempt } from './attempt.ts';
import { showInSystem, takeMediaKeys } from './media-session.ts';
import './mini-player.ts';
import './player-bar.ts';
import { onPlayerKey } from './player-keys.ts';
import { hasMusic, playerOf, type Player } from './player.ts';
import { queueFits, queueOpen } from './queue-open.ts';
import './queue-panel.ts';

/** The jukebox below every screen: the bar, on phones the card; its keys, and the sheet. */
@customElement('enc-player-area')
export class EncPlayerArea extends InTurn {
  static override readonly styles = css`
    :host {
      display: block;
    }
  `;

  @property({ attribute: false }) http!: Http;
  @property({ attribute: false }) feed!: Feed;
  @property({ attribute: false }) library!: Library;
  /** Whether this person may do more than look. */
  @property({ type: Boolean }) control = false;
  @state() private sheet = false;
  @query('enc-player-sheet') private readonly open!: HTMLElement | null;

  #leave: (() => void) | undefined;

  constructor() {
    super();
    this.addController(
      new Watch(this, () => {
        for (const one of [this.#player.state, this.#room, onPhone]) void one.value;
      }),
    );
  }

  /** All else that the line tells is no reason to draw the player again. */
  readonly #room = computed(() => this.feed.state.value.room ?? '');

  get #player(): Player {
    return playerOf(this.feed, this.http);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('keydown', this.#onKeyDown);
    const stopShowing = effect(() => showInSystem(this.#player.state.value));
    const letGo = this.control ? takeMediaKeys(this.#player, this.#act) : () => {};
    this.#leave = () => {
      stopShowing();
      letGo();
      window.removeEventListener('keydown', this.#onKeyDown);
    };
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#leave?.();
  }

  override render(): TemplateResult | typeof nothing {
    if (!hasMusic(this.#player.state.value)) return nothing;
    return html`${onPhone.value ? this.#card() : this.#bar()}${this.sheet ? this.#sheet() : nothing}`;
  }

  #bar(): TemplateResult {
    return html`<enc-player-bar
      .player=${this.#player}
      .library=${this.library}
      room=${this.#room.value}
      ?control=${this.control}
      @enc-queue-toggle=${this.#toggleQueue}
    ></enc-player-bar>`;
  }

  #card(): TemplateResult {
    return html`<enc-mini-player
      .player=${this.#player}
      .library=${this.library}
      ?control=${this.control}
      @enc-player-open=${this.#openSheet}
    ></enc-mini-player>`;
  }

  #sheet(): TemplateResult {
    return html`<enc-player-sheet
      .player=${this.#player}
      .library=${this.library}
      room=${this.#room.value}
      ?control=${this.control}
      @enc-sheet-left=${() => (this.sheet = false)}
    ></enc-player-sheet>`;
  }

  readonly #openSheet = async (): Promise<void> => {
    try {
      await import('./player-sheet.ts');
      this.sheet = true;
    } catch {
      this.dispatchEvent(
        new ToastEvent(msg('The player did not load. Reload this page and try again.')),
      );
    }
  };

  readonly #toggleQueue = (): void => {
    if (this.open) this.sheet = false;
    else if (queueFits.peek()) queueOpen.value = !queueOpen.peek();
    else void this.#openSheet();
  };

  readonly #act = (work: Promise<void>): void => void attempt(this, work);

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    if (!hasMusic(this.#player.state.peek())) return;
    const does = { act: this.#act, toggleQueue: this.#toggleQueue };
    onPlayerKey(event, this.#player, this.control, does);
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-player-area': EncPlayerArea;
  }
}
