import { msg, str } from '@lit/localize';
import { html, LitElement, nothing, svg, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Extraction } from '../../server/extractions/contract.ts';
import type { PadLooks } from '../board/pad-look.ts';
import '../board/pad-skeleton.ts';
import '../board/pad.ts';
import type { BoardSound } from '../board/sounds.ts';
import { playedPath, waveformHeight, waveformPath, waveformWidth } from '../board/waveform-path.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import { icons } from '../design/icons.ts';
import { agoWord } from '../design/time-words.ts';
import { lengthWord } from '../design/words.ts';
import { clipWord } from './clip-times.ts';
import { extractionIcons } from './extraction-icons.ts';
import { extractionRowStyles } from './extraction-row.styles.ts';
import { isNew } from './extractions.ts';
import {
  isOpen,
  listWord,
  nameOf,
  serviceWord,
  stateOf,
  type JobState,
  type Told,
} from './job-state.ts';
import { shortLink } from './links.ts';

/** Somebody wants a job to end, or to be tried again. */
export class JobActionEvent extends Event {
  readonly job: Extraction;
  readonly action: 'cancel' | 'retry';

  constructor(job: Extraction, action: JobActionEvent['action']) {
    super('enc-job-action', { bubbles: true, composed: true });
    this.job = job;
    this.action = action;
  }
}

/** A sound that a job became: there, on its way to the board, or removed since. */
export type Became = BoardSound | 'coming' | 'gone' | null;

/** A line may end with it, and does not begin with it. */
const dot = '\u00a0· ';

/**
 * One link on its way to a sound. Its pad's place is there from the first moment on, tells how far it
 * is, and becomes the pad.
 *
 * @event {JobActionEvent} enc-job-action - cancelled, or tried again
 */
@customElement('enc-extraction-row')
export class EncExtractionRow extends LitElement {
  static override readonly styles = [base, buttons, extractionRowStyles];

  @property({ attribute: false }) job!: Extraction;
  @property({ attribute: false }) told: Told | undefined;
  @property({ attribute: false }) became: Became = null;
  @property({ attribute: false }) waveform: string | undefined;
  @property({ attribute: false }) looks: PadLooks | null = null;
  @property({ type: Boolean }) favourite = false;
  /** An address of the sound's picture. */
  @property({ attribute: false }) picture: string | null = null;
  /** Who asked for it, where others than oneself are shown. */
  @property() who = '';
  /** Why nothing can be done or played now; empty when it can. */
  @property() reason = '';
  /** An action whose answer has not come yet. */
  @property({ type: Boolean }) busy = false;

  override render(): TemplateResult {
    const { job, became } = this;
    const state = stateOf(job, this.told);
    const look = became === 'gone' ? 'gone' : state.is;
    return html`<article
      class="row ${look} ${state.part === null ? '' : 'measured'}"
      aria-labelledby="title"
      aria-busy=${isOpen(job) ? 'true' : 'false'}
    >
      <div class="slot">${this.#slot(state)}</div>
      <div class="about">
        <h3 id="title">${this.#name()}</h3>
        ${this.#facts()} ${this.#outcome(state)}
      </div>
      <div class="side">
        ${this.picture ? html`<img src=${this.picture} alt="" />` : nothing} ${this.#action(state)}
      </div>
    </article>`;
  }

  #slot(state: JobState): TemplateResult {
    const { became } = this;
    if (became === 'coming') return html`<enc-pad-skeleton></enc-pad-skeleton>`;
    if (became === 'gone') return this.#tile({ ...state, words: msg('No longer here') });
    if (became === null) return this.#tile(state);
    return html`<enc-pad
      .sound=${became}
      .waveform=${this.waveform}
      .looks=${this.looks}
      .favourite=${this.favourite}
      .reason=${this.reason}
      .current=${true}
    ></enc-pad>`;
  }

  #tile({ is, words, detail, part }: JobState): TemplateResult {
    const box = `0 0 ${waveformWidth} ${waveformHeight}`;
    return html`<div class="tile">
      <svg class="wave" viewBox=${box} preserveAspectRatio="none" aria-hidden="true">
        <path d=${waveformPath(undefined)}></path>
        ${
          part === null || part === 0
            ? nothing
            : svg`<path class="came" d=${playedPath(undefined, part)}></path>`
        }
      </svg>
      <b>${is === 'failed' ? msg('Failed') : words}</b>
      <small>${is === 'failed' ? '' : detail}</small>
      ${is === 'running' ? this.#progress(words, part) : nothing}
    </div>`;
  }

  /** For the ear; the eye has the tile. */
  #progress(words: string, part: number | null): TemplateResult {
    const label = `${nameOf(this.job)}: ${words}`;
    return part === null
      ? html`<progress class="sr-only" aria-label=${label}></progress>`
      : html`<progress class="sr-only" aria-label=${label} max="1" .value=${part}></progress>`;
  }

  #facts(): TemplateResult {
    const { job, who } = this;
    const clip = clipWord(job);
    const facts = [
      // The link itself says where it leads.
      job.title === null && job.service === null ? '' : serviceWord(job),
      job.uploader ?? '',
      job.duration === null ? '' : lengthWord(job.duration),
      clip && msg(str`clip ${clip}`),
      job.sponsorblock ? msg('without sponsors') : '',
      who,
    ].filter((fact) => fact !== '');
    return html`<p>
      ${facts.join(dot)}${facts.length > 0 ? dot : ''}<time datetime=${job.created_at}
        >${agoWord(job.created_at)}</time
      >
    </p>`;
  }

  #outcome({ is, words, detail }: JobState): TemplateResult {
    const { job } = this;
    const list = listWord(job.playlist);
    const said = job.error?.last_words.trim() ?? '';
    return html`${list ? html`<p>${list}</p>` : nothing}
    ${is === 'ready' && job.duplicate ? html`<p class="known">${icons.check}${words}</p>` : nothing}
    ${
      is === 'failed'
        ? html`<p class="fault">${words}</p>
            <p>${detail}</p>`
        : nothing
    }
    ${
      is === 'failed' && said
        ? html`<details>
            <summary>${msg('What yt-dlp said')}</summary>
            <pre tabindex="0">${said}</pre>
          </details>`
        : nothing
    }`;
  }

  #name(): TemplateResult | string {
    const { url } = this.job;
    const name = nameOf(this.job);
    // An address is somebody else's: only what a browser opens as a page becomes a link.
    if (!/^https?:/i.test(url)) return name;
    return html`<a
      href=${url}
      target="_blank"
      rel="noreferrer"
      title=${msg(str`Open ${shortLink(url)}`)}
      >${name}${extractionIcons.open}<span class="sr-only"> ${msg('(opens a new tab)')}</span></a
    >`;
  }

  /** One button in all states, so that the focus stays on it when the state turns. */
  #action({ is }: JobState): TemplateResult | typeof nothing {
    if (is === 'ready' || isNew(this.job.id)) return nothing;
    const again = is === 'failed' || is === 'cancelled';
    return html`<button
      type="button"
      class="button"
      aria-label="${again ? msg('Retry') : msg('Cancel')} ${nameOf(this.job)}"
      aria-disabled=${this.reason || this.busy ? 'true' : nothing}
      title=${this.reason || nothing}
      @click=${() => this.#act(again ? 'retry' : 'cancel')}
    >
      ${again ? extractionIcons.retry : nothing}${again ? msg('Retry') : msg('Cancel')}
    </button>`;
  }

  #act(action: JobActionEvent['action']): void {
    if (this.reason || this.busy) return;
    this.dispatchEvent(new JobActionEvent(this.job, action));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-extraction-row': EncExtractionRow;
  }
  interface HTMLElementEventMap {
    'enc-job-action': JobActionEvent;
  }
}
