import { msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { PastState } from '../../server/audit/contract.ts';
import type { BoardSound } from '../board/sounds.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import { failedStyles } from '../design/failed.styles.ts';
import { hueClasses } from '../design/hues.styles.ts';
import { capitalised, countWord, midSentence } from '../design/words.ts';
import { modeWords, roomWord } from '../player/player-words.ts';
import type { Names } from './names.ts';

type Player = PastState['players'][number];

const statusWords = {
  playing: msg('Playing'),
  paused: msg('Paused'),
  stopped: msg('Stopped'),
} as const;

/**
 * How the house stood at a moment, as the server replayed it.
 *
 * @slot - what is said about the moment
 */
@customElement('enc-past-card')
export class EncPastCard extends LitElement {
  static override readonly styles = [
    base,
    buttons,
    hueClasses,
    failedStyles,
    css`
      :host {
        display: block;
        padding: 20px 24px 22px;
        border: 2px solid var(--warn);
        border-radius: var(--radius-card);
        background: var(--surface-1);
      }

      .parts {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(220px, 1fr));
        gap: 18px 32px;
        margin-block-start: 16px;
      }

      h3 {
        margin: 0 0 6px;
        color: var(--text-2);
        font-size: 12px;
        font-weight: 500;
      }

      p {
        margin: 0;
        color: var(--text-2);
        font-size: 13px;
      }

      ul {
        display: flex;
        flex-wrap: wrap;
        gap: 6px;
        margin: 0;
        padding: 0;
        list-style: none;
      }

      .voice {
        padding: 4px 11px;
        border: 1px solid var(--h-line, var(--line));
        border-radius: 14px;
        background: var(--h-live, var(--surface-2));
        font-size: 12.5px;
        font-weight: 560;
      }

      .voice small {
        color: var(--text-2);
        font-size: 12px;
        font-weight: 400;
      }

      dl {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: 4px 14px;
        margin: 0;
        font-size: 13px;
      }

      dt {
        color: var(--text-2);
      }

      dd {
        margin: 0;
        text-align: end;
        overflow-wrap: anywhere;
      }

      dd b {
        font-weight: 600;
      }

      .bone {
        block-size: 96px;
        margin-block-start: 16px;
        border-radius: var(--radius-s);
        background: var(--surface-3);
      }

      @media (max-width: 759.98px) {
        :host {
          padding: 16px;
        }
      }
    `,
  ];

  /** null while it is replayed. */
  @property({ attribute: false }) past: PastState | null = null;
  /** Why there is none; empty when nothing failed. */
  @property() error = '';
  @property({ attribute: false }) names!: Names;
  @property({ attribute: false }) sounds: ReadonlyMap<string, BoardSound> = new Map();
  @property({ attribute: false }) retry: () => void = () => undefined;

  override render(): TemplateResult {
    return html`<slot></slot>${this.#content()}`;
  }

  #content(): TemplateResult {
    const { past, error } = this;
    if (error) {
      return html`<div class="failed" role="alert">
        <span>${msg('The state of then did not load.')} ${error}</span>
        <button type="button" class="button" @click=${this.retry}>${msg('Retry')}</button>
      </div>`;
    }
    if (!past) {
      return html`<div class="bone" role="status" aria-busy="true">
        <span class="sr-only">${msg('Replaying the log')}</span>
      </div>`;
    }
    return html`<div class="parts">
      <section aria-labelledby="voices">
        <h3 id="voices">${msg('Sounding')}</h3>
        ${this.#voices(past)}
      </section>
      ${past.players.map((player) => this.#player(player))} ${this.#balances(past)}
    </div>`;
  }

  #voices({ voices }: PastState): TemplateResult {
    if (voices.length === 0) return html`<p>${msg('No sound of the board.')}</p>`;
    return html`<ul>
      ${voices.map(({ sound, user_id }) => {
        const hue = this.sounds.get(sound.id)?.hue;
        return html`<li class="voice ${hue === undefined ? '' : `hue-${hue}`}">
          ${sound.name ?? this.names.sound(sound.id)}
          ${user_id === null ? nothing : html`<small>${this.names.person(user_id)}</small>`}
        </li>`;
      })}
    </ul>`;
  }

  #player({ room, status, sound, playlist, mode, volume, queue_length }: Player): TemplateResult {
    const id = `player-${room}`;
    return html`<section aria-labelledby=${id}>
      <h3 id=${id}>${msg(str`Music, ${midSentence(roomWord(room))}`)}</h3>
      <dl>
        <dt>${statusWords[status]}</dt>
        <dd><b>${sound ? (sound.name ?? this.names.sound(sound.id)) : '–'}</b></dd>
        <dt>${msg('Playlist')}</dt>
        <dd>${playlist ? (playlist.name ?? this.names.playlist(playlist.id)) : msg('None')}</dd>
        <dt>${msg('Mode')}</dt>
        <dd>${modeWords[mode]}</dd>
        <dt>${msg('Volume')}</dt>
        <dd>${volume}</dd>
        <dt>${msg('Queue')}</dt>
        <dd>${queue_length === 0 ? msg('Empty') : countWord(queue_length)}</dd>
      </dl>
    </section>`;
  }

  #balances({ balances }: PastState): TemplateResult {
    const rows = balances
      .map(({ user_id, balance }) => ({ name: this.names.person(user_id), balance }))
      .toSorted((a, b) => b.balance - a.balance);
    return html`<section aria-labelledby="balances">
      <h3 id="balances">${msg('Credits')}</h3>
      ${
        rows.length === 0
          ? html`<p>${msg('Nobody had an account yet.')}</p>`
          : html`<dl>
              ${rows.map(
                ({ name, balance }) =>
                  html`<dt>${capitalised(name)}</dt>
                    <dd><b>${countWord(balance)}</b></dd>`,
              )}
            </dl>`
      }
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-past-card': EncPastCard;
  }
}
