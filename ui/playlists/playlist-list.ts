import { msg } from '@lit/localize';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Playlist } from '../../server/playlists/contract.ts';
import type { Http } from '../api/http.ts';
import type { Library } from '../board/library.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import { hueClasses } from '../design/hues.styles.ts';
import '../design/notice.ts';
import { pageStyles } from '../design/page.styles.ts';
import { Watch } from '../design/watch.ts';
import type { Feed } from '../feed/feed.ts';
import { meanwhile } from '../feed/meanwhile.ts';
import '../feed/offline-strip.ts';
import { artStyles } from '../player/art.ts';
import { cover, coverStyles } from './cover.ts';
import './import-dialog.ts';
import './playlist-dialog.ts';
import type { PlaylistMadeEvent } from './playlist-dialog.ts';
import { playlistIcons } from './playlist-icons.ts';
import { badgeStyles } from './playlist-view.styles.ts';
import { badges, playlistHref, sizeWords } from './playlist-words.ts';
import { createPlaylists, type Playlists } from './playlists.ts';
import { playlistListStyles } from './playlist-list.styles.ts';

/** Every playlist that the person sees, as cards. */
@customElement('enc-playlist-list')
export class EncPlaylistList extends LitElement {
  static override readonly styles = [
    base,
    buttons,
    hueClasses,
    artStyles,
    coverStyles,
    pageStyles,
    badgeStyles,
    playlistListStyles,
  ];

  @property({ attribute: false }) http!: Http;
  @property({ attribute: false }) feed!: Feed;
  @property({ attribute: false }) library!: Library;
  @property({ attribute: false }) go!: (href: string) => void;
  /** Whether this person may make lists. */
  @property({ type: Boolean }) control = false;
  @state() private dialog: 'none' | 'new' | 'import' = 'none';

  #playlists!: Playlists;
  #leave: (() => void) | undefined;

  constructor() {
    super();
    this.addController(
      new Watch(this, () => {
        const { status, lists, covers } = (this.#playlists ??= createPlaylists(this.http));
        const { waveforms } = this.library;
        for (const one of [status, lists, covers, waveforms, this.feed.link]) void one.value;
      }),
    );
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#leave = this.feed.on(this.#playlists.hear);
    void this.#playlists.load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#leave?.();
  }

  override render(): TemplateResult {
    return html`<div class="page">
        <div class="head">
          <h1>${msg('Playlists')}</h1>
          ${this.control ? this.#tools() : nothing}
        </div>
        <enc-offline-strip .feed=${this.feed}></enc-offline-strip>
        ${this.#content()}
      </div>
      ${this.#dialog()}`;
  }

  #tools(): TemplateResult {
    return html`<div class="tools">
      <button type="button" class="button" @click=${() => (this.dialog = 'import')}>
        ${playlistIcons.upload}${msg('Import')}
      </button>
      <button type="button" class="button primary" @click=${() => (this.dialog = 'new')}>
        ${playlistIcons.plus}${msg('New playlist')}
      </button>
    </div>`;
  }

  #content(): TemplateResult {
    const { status, error, lists } = this.#playlists;
    if (status.value === 'error') {
      return html`<enc-notice role="alert" heading=${msg('The playlists did not load')}>
        ${error.value} ${meanwhile(this.feed, msg('The sounds still work.'))}
        <button slot="actions" class="button primary" @click=${() => this.#playlists.load()}>
          ${msg('Retry')}
        </button>
      </enc-notice>`;
    }
    if (status.value === 'loading') {
      return html`<ul class="lists" aria-hidden="true">
        ${[1, 2, 3].map(() => html`<li><div class="list bone"></div></li>`)}
      </ul>`;
    }
    if (lists.value.length === 0) {
      return html`<enc-notice heading=${msg('No playlists yet')}>
        ${msg('A playlist is sounds in an order of your own, or whatever your rules choose.')}
      </enc-notice>`;
    }
    return html`<ul class="lists">
      ${lists.value.map((list) => html`<li>${this.#card(list)}</li>`)}
    </ul>`;
  }

  #card(list: Playlist): TemplateResult {
    const sounds = this.#playlists.covers.value.get(list.id) ?? [];
    return html`<a class="list" href=${playlistHref(list.id)}>
      ${cover(sounds, this.library.waveforms.value)}
      <span class="words">
        <b>${list.name}</b>
        <small>${sizeWords(list)}</small>
        <span class="badges">${badges(list)}</span>
      </span>
    </a>`;
  }

  #dialog(): TemplateResult | typeof nothing {
    const leave = (): void => {
      this.dialog = 'none';
    };
    const made = ({ playlist }: PlaylistMadeEvent): void => {
      leave();
      this.go(playlistHref(playlist.id));
    };
    if (this.dialog === 'new') {
      return html`<enc-playlist-dialog
        .http=${this.http}
        .library=${this.library}
        @enc-playlist-made=${made}
        @enc-dialog-left=${leave}
      ></enc-playlist-dialog>`;
    }
    if (this.dialog === 'none') return nothing;
    return html`<enc-import-dialog
      .http=${this.http}
      @enc-playlist-made=${made}
      @enc-dialog-left=${leave}
    ></enc-import-dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-playlist-list': EncPlaylistList;
  }
}
