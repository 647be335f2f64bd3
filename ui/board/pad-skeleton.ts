import { css, LitElement, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';

/** The place of a pad that has not come yet. */
@customElement('enc-pad-skeleton')
export class EncPadSkeleton extends LitElement {
  static override readonly styles = css`
    :host {
      display: block;
      block-size: 100%;
      border: 1px solid var(--line);
      border-radius: var(--radius-pad);
      background: var(--surface-1);
      animation: wait 1.1s ease-in-out infinite alternate;
    }

    @keyframes wait {
      to {
        opacity: 0.5;
      }
    }

    @media (prefers-reduced-motion: reduce) {
      :host {
        animation: none;
      }
    }
  `;

  override render(): typeof nothing {
    return nothing;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-pad-skeleton': EncPadSkeleton;
  }
}
