import { css, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { EncPad } from '../board/pad.ts';

/** A pad for hands that do nothing but play: no heart, no dots, nothing that comes with a pointer. */
@customElement('enc-wall-pad')
export class EncWallPad extends EncPad {
  static override readonly styles = [
    ...EncPad.styles,
    css`
      .pad,
      :host(:hover) .pad:not(.live, [aria-disabled]) {
        border-color: color-mix(in oklab, var(--h-line) 20%, transparent);
        background: var(--h-tint);
      }

      :host(:hover) .pad:not(.live, [aria-disabled]) .rest {
        fill-opacity: 0.68;
      }

      .pad.live {
        border-color: var(--h-line);
        background: var(--h-live);
      }

      .pad:active:not([aria-disabled]),
      :host(:hover) .pad:active:not(.live, [aria-disabled]),
      .pad.pending,
      :host(:hover) .pad.pending:not(.live, [aria-disabled]) {
        border-color: var(--h-line);
        background: var(--h-press);
      }

      .name {
        font-size: 16px;
        line-height: 22px;
      }

      .meta {
        font-size: 12px;
      }
    `,
  ];

  protected override controls(): typeof nothing {
    return nothing;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-wall-pad': EncWallPad;
  }
}
