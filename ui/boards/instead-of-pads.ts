import { html, type TemplateResult } from 'lit';
import '../design/notice.ts';
import type { ShownBoard } from './boards.ts';

const toAll = html`<a slot="actions" class="button" href="/">To all sounds</a>`;

/**
 * Why a board shows no pads, and what to do about it; null where it has some, or still may.
 *
 * @param stuck what to do where no link may lead away; empty: links may
 */
export const insteadOfPads = (
  { board, gone, error }: ShownBoard,
  retry: () => void,
  stuck = '',
): TemplateResult | null => {
  const out = stuck === '' ? toAll : stuck;
  if (gone) {
    return html`<enc-notice role="alert" heading="There is no such board">
      It was deleted, or it is somebody’s own. ${out}
    </enc-notice>`;
  }
  if (error && !board) {
    return html`<enc-notice role="alert" heading="The board did not load">
      ${error} ${out}
      <button slot="actions" class="button primary" @click=${retry}>Retry</button>
    </enc-notice>`;
  }
  if (!board || board.sounds.length > 0) return null;
  return html`<enc-notice .heading=${`Nothing stands on ${board.name} yet`}>
    ${
      board.may_edit
        ? 'Open the menu of a pad and choose “Add to board”, or “Select” for many.'
        : 'Its owner can put sounds on it.'
    }
    ${out}
  </enc-notice>`;
};
