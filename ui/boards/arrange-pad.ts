import { msg } from '@lit/localize';
import { css, html, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { EncPad } from '../board/pad.ts';
import { boardIcons } from './board-icons.ts';

/** A pad that is put elsewhere instead of played: a finger takes it by its grip, a mouse anywhere. */
@customElement('enc-arrange-pad')
export class EncArrangePad extends EncPad {
  static override readonly styles = [
    ...EncPad.styles,
    css`
      .pad {
        cursor: grab;
      }

      .grip {
        position: absolute;
        inset: 4px 4px auto auto;
        display: grid;
        place-items: center;
        inline-size: 30px;
        block-size: 30px;
        border-radius: 8px;
        background: color-mix(in oklab, var(--surface-2) 82%, transparent);
        color: var(--text-2);
        cursor: grab;
        touch-action: none;
      }

      /* The place where it would fall. */
      :host([lifted]) .pad {
        border-style: dashed;
        background: none;
      }

      :host([lifted]) :is(.pad > *, .grip) {
        opacity: 0;
      }

      @media (pointer: coarse) {
        .grip {
          inset: 0 0 auto auto;
          inline-size: 44px;
          block-size: 44px;
          background: none;
        }
      }
    `,
  ];

  protected override controls(): TemplateResult {
    return html`<span class="grip" title=${msg('Drag to move')}>${boardIcons.grip}</span>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-arrange-pad': EncArrangePad;
  }
}
