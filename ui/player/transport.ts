import { msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { PlayerMode } from '../../server/player/contract.ts';
import { playerModeNames } from './modes.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import '../design/menu.ts';
import type { EncMenu, MenuChoiceEvent } from '../design/menu.ts';
import { Watch } from '../design/watch.ts';
import { attempt } from './attempt.ts';
import { modeIcons, playerIcons } from './player-icons.ts';
import { modeWords } from './player-words.ts';
import type { Player } from './player.ts';

/** Mode, previous, play or pause, next, stop. */
@customElement('enc-transport')
export class EncTransport extends LitElement {
  static override readonly styles = [
    base,
    buttons,
    css`
      :host {
        display: flex;
        align-items: center;
        justify-content: center;
        gap: 8px;
      }

      .icon-button {
        color: var(--text-2);
      }

      .main {
        inline-size: 40px;
        block-size: 40px;
        border-radius: 50%;
        background: var(--strong);
        color: var(--on-strong);
      }

      :host([large]) {
        justify-content: space-between;
      }

      :host([large]) .icon-button {
        inline-size: 52px;
        block-size: 52px;
      }

      :host([large]) .main {
        inline-size: 68px;
        block-size: 68px;
      }

      @media (hover: hover) {
        .main.main:hover {
          background: color-mix(in oklab, var(--strong) 88%, var(--bg));
          color: var(--on-strong);
        }
      }
    `,
  ];

  @property({ attribute: false }) player!: Player;
  @property({ type: Boolean, reflect: true }) large = false;
  @query('enc-menu') private readonly menu!: EncMenu;

  constructor() {
    super();
    this.addController(new Watch(this, () => void this.player.state.value));
  }

  override render(): TemplateResult {
    const { player, large } = this;
    const { status, mode = 'continuous' } = player.state.value ?? {};
    const playing = status === 'playing';
    const entries = playerModeNames.map((id) => ({
      id,
      label: modeWords[id],
      icon: modeIcons[id],
      checked: id === mode,
    }));
    const icons = large
      ? [playerIcons.previousLarge, playerIcons.nextLarge]
      : [playerIcons.previous, playerIcons.next];
    const pause = large ? playerIcons.pauseLarge : playerIcons.pause;
    const play = large ? playerIcons.playLarge : playerIcons.play;
    return html`<button
        type="button"
        class="icon-button"
        aria-haspopup="menu"
        aria-label=${msg(str`Mode: ${modeWords[mode]}`)}
        title="${modeWords[mode]} (R)"
        @click=${this.#openModes}
      >
        ${modeIcons[mode]}
      </button>
      ${this.#button(msg('Previous'), 'P', icons[0], () => player.previous())}
      ${this.#button(
        playing ? msg('Pause') : msg('Play'),
        'K',
        playing ? pause : play,
        () => player.toggle(),
        'main',
      )}
      ${this.#button(msg('Next'), 'N', icons[1], () => player.next())}
      ${this.#button(msg('Stop the music'), '', playerIcons.stop, () => player.stop())}
      <enc-menu
        bare
        label=${msg('Mode')}
        .entries=${entries}
        @enc-menu-choice=${({ id }: MenuChoiceEvent) =>
          attempt(this, player.setMode(id as PlayerMode))}
      ></enc-menu>`;
  }

  #button(
    label: string,
    key: string,
    icon: TemplateResult | undefined,
    act: () => Promise<void>,
    look = '',
  ): TemplateResult {
    return html`<button
      type="button"
      class="icon-button ${look}"
      aria-label=${label}
      aria-keyshortcuts=${key || nothing}
      title=${key ? `${label} (${key})` : label}
      @click=${() => attempt(this, act())}
    >
      ${icon}
    </button>`;
  }

  readonly #openModes = (event: Event): void => {
    const { left, top } = (event.currentTarget as HTMLElement).getBoundingClientRect();
    this.menu.openAt(left, top);
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-transport': EncTransport;
  }
}
