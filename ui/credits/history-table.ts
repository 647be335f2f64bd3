import { msg } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import type { Transaction } from '../../server/credits/contract.ts';
import { countWord } from '../design/words.ts';
import { shortMoment } from './moments.ts';
import {
  changeLook,
  refusedMark,
  whatWord,
  whoWord,
  type TransactionWords,
} from './transaction-look.ts';

/** Rows above the one that was picked: what came right after. */
const rowsAfter = 2;

type Options = {
  items: readonly Transaction[];
  words: TransactionWords;
  /** The place of the picked row; −1 where none is. Null: it is about now. */
  picked: number | null;
  /** How many rows at most. */
  shown: number;
  mayHaveOlder: boolean;
  /** Older rows are on their way, or cannot be fetched. */
  fetching: boolean;
  cannotFetch: boolean;
  toNow: () => void;
  /** `from` is the first row on screen. */
  showOlder: (from: number) => void;
};

/** Every movement of a balance, the newest first, from right after the one that is looked at. */
export const historyTable = (options: Options): TemplateResult => {
  const { items, words, picked, shown, mayHaveOlder, fetching, cannotFetch } = options;
  const current = picked ?? 0;
  const from = picked === null ? 0 : Math.max(0, (picked < 0 ? items.length : picked) - rowsAfter);
  const rows = items.slice(from, from + shown);
  const older = mayHaveOlder || items.length > from + shown;
  return html`<section class="history" aria-labelledby="history">
    <div class="head">
      <h2 id="history">
        ${picked === null ? msg('What happened') : msg('What happened around then')}
      </h2>
      ${
        picked === null
          ? nothing
          : html`<button type="button" class="button" @click=${options.toNow}>
              ${msg('Back to now')}
            </button>`
      }
    </div>
    <table aria-labelledby="history">
      <thead>
        <tr>
          <th scope="col">${msg('When')}</th>
          <th scope="col">${msg('What')}</th>
          <th scope="col" class="who">${msg('Who')}</th>
          <th scope="col" class="number">${msg('Change', { id: 'credits.change' })}</th>
          <th scope="col" class="number">${msg('Balance')}</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map((item, index) =>
          row(item, words, { after: from + index - Math.max(0, current), none: current < 0 }),
        )}
      </tbody>
    </table>
    ${
      older
        ? html`<button
            type="button"
            class="button more"
            aria-disabled=${fetching || (cannotFetch && mayHaveOlder) ? 'true' : 'false'}
            @click=${() => options.showOlder(from)}
          >
            ${fetching ? msg('Loading…') : msg('Show older')}
          </button>`
        : nothing
    }
  </section>`;
};

/** `after` is how many rows below the picked one it stands; negative came later. */
const row = (
  item: Transaction,
  words: TransactionWords,
  { after, none }: { after: number; none: boolean },
): TemplateResult => {
  const current = !none && after === 0;
  return html`<tr
    class="${current ? 'current' : ''} ${none || after < 0 ? 'later' : ''}"
    aria-current=${current ? 'true' : nothing}
  >
    <td class="when">
      <time datetime=${item.created_at}>${shortMoment(Date.parse(item.created_at))}</time>
    </td>
    <td>
      <span class="cell">${whatWord(item, words)} ${item.success ? nothing : refusedMark}</span>
    </td>
    <td class="who">${whoWord(item, words)}</td>
    <td class="number">${changeLook(item)}</td>
    <td class="number">${countWord(item.balance_after)}</td>
  </tr>`;
};
