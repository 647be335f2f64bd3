import { msg } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import '../design/menu.ts';
import type { EncMenu, MenuChoiceEvent } from '../design/menu.ts';
import { Watch } from '../design/watch.ts';
import { attempt } from './attempt.ts';
import { playerIcons } from './player-icons.ts';
import { sleepChoices, sleepWord } from './player-words.ts';
import type { Player } from './player.ts';
import { midSentence } from '../design/words.ts';

/** When the music is to stop by itself. */
@customElement('enc-sleep-button')
export class EncSleepButton extends LitElement {
  static override readonly styles = [
    base,
    buttons,
    css`
      :host {
        display: inline-flex;
      }

      .on {
        color: var(--accent-text);
      }
    `,
  ];

  @property({ attribute: false }) player!: Player;
  @query('enc-menu') private readonly menu!: EncMenu;

  constructor() {
    super();
    this.addController(new Watch(this, () => void this.player.state.value));
  }

  override render(): TemplateResult {
    const timer = this.player.state.value?.sleep_timer ?? null;
    const words = sleepWord(timer);
    const entries = sleepChoices
      .filter((choice) => choice.timer !== null || timer !== null)
      .map(({ id, label, timer: one }) => ({
        id,
        label: one === null ? `${label} (${midSentence(words)})` : label,
        rule: one === null,
      }));
    const label = `${msg('Sleep timer')}${words ? `: ${words}` : ''}`;
    return html`<button
        type="button"
        class=${timer ? 'icon-button on' : 'icon-button'}
        aria-haspopup="menu"
        aria-label=${label}
        title=${label}
        @click=${this.#open}
      >
        ${playerIcons.sleep}
      </button>
      <enc-menu
        bare
        label=${msg('Sleep timer')}
        .entries=${entries}
        @enc-menu-choice=${this.#choose}
      ></enc-menu>
      ${timer ? html`<span class="sr-only" role="status">${words}</span>` : nothing}`;
  }

  readonly #open = (event: Event): void => {
    const { left, top } = (event.currentTarget as HTMLElement).getBoundingClientRect();
    this.menu.openAt(left, top);
  };

  readonly #choose = ({ id }: MenuChoiceEvent): void => {
    const choice = sleepChoices.find((one) => one.id === id);
    if (choice) void attempt(this, this.player.sleep(choice.timer));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-sleep-button': EncSleepButton;
  }
}
