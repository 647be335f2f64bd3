import { html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import type { User } from '../../server/users/contract.ts';
import type { Http } from '../api/http.ts';
import type { Library } from '../board/library.ts';
import type { Feed } from '../feed/feed.ts';
import './playlist-list.ts';
import './playlist-view.ts';

/** All playlists, or the one of the address. */
@customElement('enc-playlists-page')
export class EncPlaylistsPage extends LitElement {
  @property({ attribute: false }) http!: Http;
  @property({ attribute: false }) feed!: Feed;
  @property({ attribute: false }) library!: Library;
  @property({ attribute: false }) user!: User;
  @property({ attribute: false }) url!: URL;
  @property({ attribute: false }) go!: (href: string) => void;

  /** No box of its own: what it shows fills the screen. */
  protected override createRenderRoot(): this {
    this.style.setProperty('display', 'contents');
    return this;
  }

  override render(): TemplateResult {
    const { http, feed, library, go } = this;
    const control = this.user.role !== 'guest';
    const [, , id] = this.url.pathname.split('/');
    if (!id) {
      return html`<enc-playlist-list
        .http=${http}
        .feed=${feed}
        .library=${library}
        .go=${go}
        ?control=${control}
      ></enc-playlist-list>`;
    }
    return html`${keyed(
      id,
      html`<enc-playlist-view
        .http=${http}
        .feed=${feed}
        .library=${library}
        .go=${go}
        ?control=${control}
        .listId=${decodeURIComponent(id)}
      ></enc-playlist-view>`,
    )}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-playlists-page': EncPlaylistsPage;
  }
}
