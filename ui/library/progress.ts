import { msg, str } from '@lit/localize';
import { html, type TemplateResult } from 'lit';
import type { FeedMessage } from '../../server/adapters/ws/contract.ts';
import type { JobProgress } from '../../server/sounds/contract.ts';
import { countWord } from '../design/words.ts';

/** What a message of the feed tells of a job of this name, if it does. */
export const jobIn = ({ type, data }: FeedMessage, job: string): JobProgress | null => {
  const told = data as JobProgress;
  return type === 'job_progress' && told.job === job ? told : null;
};

/** A bar with its numbers; before anything is counted it only says that it runs. Styles: `progressStyles`, which `libraryStyles` has. */
export const progressBar = (
  label: string,
  { done, total }: { done: number; total: number },
  title = '',
): TemplateResult =>
  html`<div class="progress">
    <div class="figures">
      <b>${label}</b>
      <span class="numbers"
        >${total > 0 ? msg(str`${countWord(done)} of ${countWord(total)}`) : ''}</span
      >
    </div>
    ${
      total > 0
        ? html`<progress aria-label=${label} max=${total} .value=${done}></progress>`
        : html`<progress aria-label=${label}></progress>`
    }
    <small class="title">${title}</small>
  </div>`;
