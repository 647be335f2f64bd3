import { html, type TemplateResult } from 'lit';
import type { User } from '../../server/users/contract.ts';
import type { AccountEvent } from '../account/profile-form.ts';
import type { MomentEvent } from '../credits/moment-event.ts';
import type { Place } from './places.ts';
import type { Stores } from './stores.ts';

export type PageContext = {
  stores: Stores;
  user: User;
  /** The address of this page, also while another one is shown. */
  url: URL;
};

type Page = {
  /** Fetches the page's chunk, which defines its element. */
  load(): Promise<unknown>;
  render(context: PageContext): TemplateResult;
};

/** Every screen that comes only when it is first asked for. */
export const pages: Record<Exclude<Place, 'sounds'>, Page> = {
  wall: {
    load: () => import('../wall/wall.ts'),
    render: ({ stores, user, url }) =>
      html`<enc-wall .stores=${stores} .user=${user} .url=${url}></enc-wall>`,
  },
  account: {
    load: () => import('../account/account-page.ts'),
    render: ({ stores: { session, router }, user }) =>
      html`<enc-account-page
        .http=${session.http}
        .user=${user}
        ?shown=${router.place.value === 'account'}
        @enc-account=${({ account }: AccountEvent) => session.know(account)}
      ></enc-account-page>`,
  },
  credits: {
    load: () => import('../credits/credits-page.ts'),
    render: ({ stores: { session, feed, library, account, router }, user, url }) =>
      html`<enc-credits-page
        .http=${session.http}
        .feed=${feed}
        .library=${library}
        .account=${account}
        .user=${user}
        .at=${url.searchParams.get('at')}
        @enc-moment=${({ at }: MomentEvent) => router.setQuery('at', at)}
      ></enc-credits-page>`,
  },
  extractions: {
    load: () => import('../extractions/extractions-page.ts'),
    render: ({ stores: { session, feed, library, view, account, router }, user, url }) =>
      html`<enc-extractions-page
        .http=${session.http}
        .feed=${feed}
        .library=${library}
        .view=${view}
        .account=${account}
        .user=${user}
        .url=${url}
        .setQuery=${router.setQuery}
        ?shown=${router.place.value === 'extractions'}
      ></enc-extractions-page>`,
  },
  library: {
    load: () => import('../library/library-page.ts'),
    render: ({ stores: { session, feed, library }, user, url }) =>
      html`<enc-library-page
        .http=${session.http}
        .feed=${feed}
        .library=${library}
        .user=${user}
        .url=${url}
      ></enc-library-page>`,
  },
  playlists: {
    load: () => import('../playlists/playlists-page.ts'),
    render: ({ stores: { session, feed, library, router }, user, url }) =>
      html`<enc-playlists-page
        .http=${session.http}
        .feed=${feed}
        .library=${library}
        .user=${user}
        .url=${url}
        .go=${router.go}
      ></enc-playlists-page>`,
  },
  people: {
    load: () => import('../people/people-page.ts'),
    render: ({ stores: { session, feed, library, router }, user, url }) =>
      html`<enc-people-page
        .http=${session.http}
        .feed=${feed}
        .library=${library}
        .user=${user}
        .url=${url}
        .go=${router.go}
        @enc-moment=${({ at }: MomentEvent) => router.setQuery('at', at)}
      ></enc-people-page>`,
  },
  schedules: {
    load: () => import('../schedules/schedules-page.ts'),
    render: ({ stores: { session, feed, library } }) =>
      html`<enc-schedules-page
        .http=${session.http}
        .feed=${feed}
        .library=${library}
      ></enc-schedules-page>`,
  },
  settings: {
    load: () => import('../settings/settings-page.ts'),
    render: ({ stores: { session, feed, router } }) =>
      html`<enc-settings-page
        .http=${session.http}
        .feed=${feed}
        ?shown=${router.place.value === 'settings'}
      ></enc-settings-page>`,
  },
  buttons: {
    load: () => import('../buttons/buttons-page.ts'),
    render: ({ stores: { session, feed, library } }) =>
      html`<enc-buttons-page
        .http=${session.http}
        .feed=${feed}
        .library=${library}
      ></enc-buttons-page>`,
  },
  timeline: {
    load: () => import('../timeline/timeline-page.ts'),
    render: ({ stores: { session, feed, library, router }, user, url }) =>
      html`<enc-timeline-page
        .http=${session.http}
        .feed=${feed}
        .library=${library}
        .user=${user}
        .url=${url}
        .setQuery=${router.setQuery}
        ?shown=${router.place.value === 'timeline'}
      ></enc-timeline-page>`,
  },
  stats: {
    load: () => import('../stats/stats-page.ts'),
    render: ({ stores: { session, feed, library, view, router }, user, url }) =>
      html`<enc-stats-page
        .http=${session.http}
        .feed=${feed}
        .library=${library}
        .view=${view}
        .user=${user}
        .url=${url}
        .setQuery=${router.setQuery}
        ?shown=${router.place.value === 'stats'}
      ></enc-stats-page>`,
  },
};
