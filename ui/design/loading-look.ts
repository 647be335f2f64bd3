import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import type { Loading } from '../api/loading.ts';

/** What stands in a card until its value is there: bones after a moment, or what went wrong. */
export const loadingLook = (
  { error, late, reload }: Loading<unknown>,
  what: string,
): TemplateResult | typeof nothing => {
  if (error) {
    return html`<div class="failed" role="alert">
      <span>${msg(str`${what} did not load.`)} ${error}</span>
      <button type="button" class="button" @click=${reload}>${msg('Retry')}</button>
    </div>`;
  }
  if (!late) return nothing;
  return html`<div role="status" aria-busy="true">
    <span class="sr-only">${msg('Loading')}</span>
    <div class="bone"></div>
    <div class="bone"></div>
  </div>`;
};
