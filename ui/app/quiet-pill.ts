import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { User } from '../../server/users/contract.ts';
import type { Http } from '../api/http.ts';
import { base } from '../design/base.styles.ts';
import { icons } from '../design/icons.ts';
import { InTurn } from '../design/in-turn.ts';
import { onPhone } from '../design/media.ts';
import { Watch } from '../design/watch.ts';
import type { Feed } from '../feed/feed.ts';
import { quietMeaning, quietOf, quietWords } from './quiet.ts';

/** Says, while it is, that it is quiet in the house and until when; leads administrators to why. */
@customElement('enc-quiet-pill')
export class EncQuietPill extends InTurn {
  static override readonly styles = [
    base,
    css`
      :host {
        display: block;
        min-inline-size: 0;
      }

      :host([look='strip']) {
        padding-block-start: env(safe-area-inset-top);
        border-block-end: 1px solid var(--line);
        background: var(--surface-1);
      }

      :host([hidden]) {
        display: none;
      }

      .quiet {
        display: flex;
        align-items: center;
        gap: 11px;
        min-block-size: 36px;
        margin-block-end: 8px;
        padding: 0 10px;
        border-radius: var(--radius);
        color: var(--text-2);
        font-size: 13px;
        font-weight: 500;
        text-decoration: none;
      }

      .quiet svg {
        inline-size: 18px;
        block-size: 18px;
        color: var(--accent-text);
      }

      :host([look='strip']) .quiet {
        justify-content: center;
        gap: 8px;
        min-block-size: 32px;
        margin: 0;
        font-size: 12px;
      }

      :host([look='strip']) svg {
        inline-size: 15px;
        block-size: 15px;
      }

      @media (hover: hover) {
        a.quiet:hover {
          background: var(--surface-2);
          color: var(--text-1);
        }
      }

      @media (pointer: coarse) {
        a.quiet {
          min-block-size: 44px;
        }
      }

      /* On the icon rail the moon alone. */
      @media (min-width: 760px) and (max-width: 1179.98px) {
        .quiet {
          justify-content: center;
          inline-size: 44px;
          block-size: 44px;
          padding: 0;
        }

        .words {
          position: absolute;
          inline-size: 1px;
          block-size: 1px;
          overflow: hidden;
          clip-path: inset(50%);
        }
      }
    `,
  ];

  @property({ attribute: false }) http!: Http;
  @property({ attribute: false }) feed!: Feed;
  @property({ attribute: false }) user!: User;
  /** A row of the navigation, or a strip above the phone's screen. */
  @property({ reflect: true }) look: 'row' | 'strip' = 'row';

  constructor() {
    super();
    this.addController(
      new Watch(this, () => {
        for (const one of [quietOf(this.feed, this.http), onPhone]) void one.value;
      }),
    );
  }

  override render(): TemplateResult | typeof nothing {
    const state = quietOf(this.feed, this.http).value;
    const here = state?.quiet === true && onPhone.value === (this.look === 'strip');
    this.toggleAttribute('hidden', !here);
    return html`<div role="status">${here ? this.#words(state) : nothing}</div>`;
  }

  #words(state: NonNullable<ReturnType<typeof quietOf>['value']>): TemplateResult {
    const { role } = this.user;
    const meaning = quietMeaning(state, role);
    const content = html`${icons.moon}<span class="words"
        >${quietWords(state, Date.now())}<span class="sr-only">. ${meaning}</span></span
      >`;
    return role === 'admin'
      ? html`<a class="quiet" href="/settings" title=${meaning}>${content}</a>`
      : html`<span class="quiet" title=${meaning}>${content}</span>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-quiet-pill': EncQuietPill;
  }
}
