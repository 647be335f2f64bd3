import { msg, str } from '@lit/localize';
import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import { pageStyles } from '../design/page.styles.ts';
import { extractionIcons } from './extraction-icons.ts';
import { bookmarklet } from './links.ts';

const barWords = msg('Drag it to the bookmarks bar first. On the page of a video, press it there.');

/** Browsers install pages only where nobody can change them on the way. */
const shareWords = isSecureContext
  ? msg('On a phone, add Encore to the home screen and share a page to it.')
  : '';

/** Ways to here from other pages and apps: a link for the bookmarks bar, and the share sheet. */
@customElement('enc-from-anywhere')
export class EncFromAnywhere extends LitElement {
  static override readonly styles = [
    base,
    buttons,
    pageStyles,
    css`
      :host {
        block-size: auto;
        overflow: visible;
      }

      .ways {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 14px 20px;
      }

      .about {
        flex: 1 1 300px;
        margin: 0;
      }

      .mark {
        border-style: dashed;
        cursor: grab;
      }

      [role='status'] {
        flex-basis: 100%;
        margin: 0;
        font-size: 13px;
      }

      [role='status']:empty {
        display: none;
      }
    `,
  ];

  @state() private said = '';

  override render(): TemplateResult {
    return html`<section class="card" aria-labelledby="title">
      <h2 id="title">${msg('From any page')}</h2>
      <div class="ways">
        <p class="about">
          ${msg(str`Drag this link to your bookmarks bar: pressed on the page of a video, it brings the address here. ${shareWords} Nothing starts before you press Extract.`)}
        </p>
        <a
          class="button mark"
          href=${bookmarklet(location.origin)}
          draggable="true"
          @click=${this.#onClick}
          >${extractionIcons.bookmark}${msg('Encore this page')}</a
        >
        <p role="status">${this.said}</p>
      </div>
    </section>`;
  }

  /** It is there to be dragged: this page's own policy would not let it run. */
  readonly #onClick = (event: Event): void => {
    event.preventDefault();
    this.said = barWords;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-from-anywhere': EncFromAnywhere;
  }
}
