import { msg } from '@lit/localize';
import { html, type TemplateResult } from 'lit';
import type { Transaction } from '../../server/credits/contract.ts';
import type { BoardSound } from '../board/sounds.ts';
import { icons } from '../design/icons.ts';
import { countWord } from '../design/words.ts';
import { serverWords } from '../languages/server-words.ts';

export type TransactionWords = {
  sounds: ReadonlyMap<string, BoardSound>;
  /** Whose credits they are. */
  user: { id: string; name: string };
  /** The name of somebody else who gave or took. */
  nameOf: (userId: string) => string | undefined;
};

const signed = (amount: number): string =>
  `${amount < 0 ? '−' : '+'}${countWord(Math.abs(amount))}`;

export const refusedMark = html`<span class="refused">${icons.refused}${msg('Refused')}</span>`;

/** How the balance moved, or would have. */
export const changeLook = ({ amount, success }: Transaction): TemplateResult =>
  success
    ? html`<b class=${amount > 0 ? 'gain' : ''}>${signed(amount)}</b>`
    : html`<s>${signed(amount)}</s>`;

/** What it was about: the sound by the name it has now, or the words of then. */
export const whatWord = (
  { action, success, metadata, description }: Transaction,
  { sounds }: TransactionWords,
): string => {
  const id = metadata['sound_id'];
  const sound = typeof id === 'string' ? sounds.get(id) : undefined;
  return sound?.name ?? serverWords(`transaction.${success ? action : 'refused'}`, description);
};

export const whoWord = (
  { action, metadata }: Transaction,
  { user, nameOf }: TransactionWords,
): string => {
  if (action === 'replenish') return 'Encore';
  const by = metadata['by'];
  if (by === undefined || by === user.id) return user.name;
  const name = typeof by === 'string' ? nameOf(by) : undefined;
  return name ?? msg('Administrator');
};
