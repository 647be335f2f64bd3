import { msg, str } from '@lit/localize';
import { html, type TemplateResult } from 'lit';
import '../design/notice.ts';
import type { ShownBoard } from './boards.ts';

const toAll = html`<a slot="actions" class="button" href="/">${msg('To all sounds')}</a>`;

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
    return html`<enc-notice role="alert" heading=${msg('There is no such board')}>
      ${msg('It was deleted, or it is somebody’s own.', { id: 'board.gone' })} ${out}
    </enc-notice>`;
  }
  if (error && !board) {
    return html`<enc-notice role="alert" heading=${msg('The board did not load')}>
      ${error} ${out}
      <button slot="actions" class="button primary" @click=${retry}>${msg('Retry')}</button>
    </enc-notice>`;
  }
  if (!board || board.sounds.length > 0) return null;
  return html`<enc-notice .heading=${msg(str`Nothing stands on ${board.name} yet`)}>
    ${
      board.may_edit
        ? msg('Open the menu of a pad and choose “Add to board”, or “Select” for many.')
        : msg('Its owner can put sounds on it.')
    }
    ${out}
  </enc-notice>`;
};
