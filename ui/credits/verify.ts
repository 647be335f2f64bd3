import shieldCheck from 'lucide-static/icons/shield-check.svg?raw';
import { msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { VerifyProgress, VerifyVerdict } from '../../server/audit/contract.ts';
import type { Http } from '../api/http.ts';
import { sentenceOf, Unreachable } from '../api/problem.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import { icons } from '../design/icons.ts';
import { countWord } from '../design/words.ts';
import { icon } from '../design/icon.ts';

const verifiedIcon = icon(shieldCheck, 18);

type Work =
  | { state: 'rest' }
  | { state: 'running'; progress: VerifyProgress | null }
  | { state: 'done'; verdict: VerifyVerdict }
  | { state: 'failed'; reason: string };

/** Has the server read the whole log again, and says what came of it. */
@customElement('enc-verify')
export class EncVerify extends LitElement {
  static override readonly styles = [
    base,
    buttons,
    css`
      :host {
        display: block;
        padding: 18px 24px;
        border: 1px solid var(--line);
        border-radius: var(--radius-card);
        background: var(--surface-1);
      }

      .row {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: 16px;
      }

      h2 {
        margin: 0;
        font-size: 14px;
        font-weight: 640;
      }

      p {
        margin: 2px 0 0;
        color: var(--text-2);
        font-size: 13px;
        text-wrap: pretty;
      }

      progress {
        display: block;
        inline-size: 100%;
        block-size: 4px;
        margin-block-start: 16px;
        border: 0;
        border-radius: 2px;
        background: var(--surface-3);
        appearance: none;
      }

      progress::-webkit-progress-bar {
        border-radius: 2px;
        background: var(--surface-3);
      }

      progress::-webkit-progress-value {
        border-radius: 2px;
        background: var(--accent);
      }

      progress::-moz-progress-bar {
        background: var(--accent);
      }

      .verdict {
        display: flex;
        gap: 10px;
        margin-block-start: 14px;
        padding-block-start: 14px;
        border-block-start: 1px solid var(--line);
        font-size: 13px;
      }

      .verdict > svg {
        color: var(--ok);
      }

      .broken > svg {
        color: var(--danger);
      }

      .verdict > div {
        min-inline-size: 0;
      }

      strong {
        font-weight: 600;
      }

      code {
        display: block;
        margin-block-start: 4px;
        color: var(--text-2);
        font:
          12px/1.5 ui-monospace,
          monospace;
        overflow-wrap: anywhere;
      }

      .button {
        flex: none;
      }

      @media (max-width: 759.98px) {
        :host {
          padding: 16px;
        }
      }
    `,
  ];

  @property({ attribute: false }) http!: Http;
  @property({ type: Boolean }) offline = false;
  @state() private work: Work = { state: 'rest' };
  #ending: AbortController | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#ending?.abort();
    this.work = { state: 'rest' };
  }

  override render(): TemplateResult {
    const { work } = this;
    const running = work.state === 'running';
    return html`<div class="row">
        <div>
          <h2>${msg('Proof')}</h2>
          <p>
            ${msg('Checks the hash chain of the log, and that every ledger replays to its balance.')}
          </p>
        </div>
        <button
          type="button"
          class="button"
          aria-disabled=${running || this.offline ? 'true' : 'false'}
          @click=${this.#verify}
        >
          ${running ? msg('Verifying…') : msg('Verify')}
        </button>
      </div>
      ${running ? this.#progress(work.progress) : nothing}
      <div role="status">${this.#outcome()}</div>`;
  }

  #progress(progress: VerifyProgress | null): TemplateResult {
    const label = msg('Events checked');
    if (!progress || progress.of === 0) return html`<progress aria-label=${label}></progress>`;
    const { checked, of } = progress;
    return html`<progress aria-label=${label} max=${of} .value=${Math.min(checked, of)}></progress>
      <p>${msg(str`${countWord(checked)} of ${countWord(of)} events`)}</p>`;
  }

  #outcome(): TemplateResult | typeof nothing {
    const { work } = this;
    if (work.state === 'failed') {
      return html`<div class="verdict broken">
        ${icons.alert}
        <div><strong>${msg('Not verified.')}</strong> ${work.reason}</div>
      </div>`;
    }
    if (work.state !== 'done') return nothing;
    const { verdict, position, head, fault } = work.verdict;
    const at = countWord(position);
    return verdict === 'valid'
      ? html`<div class="verdict">
          ${verifiedIcon}
          <div>
            <strong>${msg('Valid.')}</strong> ${msg(str`All ${at} events and every balance match.`)}
            <code>${msg(str`Hash ${head}`)}</code>
          </div>
        </div>`
      : html`<div class="verdict broken">
          ${icons.broken}
          <div>
            <strong>${msg(str`Broken at event ${at}.`)}</strong>
            ${fault ?? msg('The log does not hold from there.')}
            <code>${msg(str`Hash ${head}`)}</code>
          </div>
        </div>`;
  }

  readonly #verify = async (): Promise<void> => {
    if (this.work.state === 'running' || this.offline) return;
    const ending = new AbortController();
    this.#ending = ending;
    this.work = { state: 'running', progress: null };
    let verdict: VerifyVerdict | undefined;
    try {
      await this.http.lines(
        '/admin/audit/verify',
        (line) => {
          const told = line as VerifyProgress | VerifyVerdict;
          if ('verdict' in told) verdict = told;
          else this.work = { state: 'running', progress: told };
        },
        ending.signal,
      );
      // A stream that ends without a verdict was cut.
      if (!verdict) throw new Unreachable();
      this.work = { state: 'done', verdict };
    } catch (error) {
      if (!ending.signal.aborted) this.work = { state: 'failed', reason: sentenceOf(error) };
    }
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-verify': EncVerify;
  }
}
