import { msg, str } from '@lit/localize';
import { effect, signal } from '@preact/signals-core';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import type { FeedMessage } from '../../server/adapters/ws/contract.ts';
import type { UserMessage } from '../../server/presence/contract.ts';
import type { User } from '../../server/users/contract.ts';
import { sentenceOf } from '../api/problem.ts';
import { wasSignedIn } from '../api/early.ts';
import type { SessionState, SessionStore } from '../api/session.ts';
import '../board/board.ts';
import { creditsWord } from '../credits/account.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import { deepActive } from '../design/focus.ts';
import { inLayer, isTyping, singleKeys } from '../design/keys.ts';
import { breathe, painted } from '../design/painted.ts';
import '../design/notice.ts';
import { providerNames } from '../design/provider-words.ts';
import type { ToastEvent } from '../design/toast-event.ts';
import { Watch } from '../design/watch.ts';
import { capitalised } from '../design/words.ts';
import type { Credentials, CredentialsEvent } from '../sign-in/credentials-event.ts';
import { appStyles } from './app.styles.ts';
import { clearArrival } from './arrival.ts';
import { Brought } from './brought.ts';
import { pages } from './pages.ts';
import { mayVisit, placeNames, places, titleOf, type Place } from './places.ts';
import { hrefOf } from './router.ts';
import './shell.ts';
import type * as secondView from './second-view.ts';
import type { EncShell } from './shell.ts';
import type { Stores } from './stores.ts';
import type { EncToasts } from './toasts.ts';
import './toasts.ts';
import type { EncIntake } from '../upload/intake.ts';
import type { MenuEvent } from './user-menu.ts';

const checkAgainMs = 4_000;

type Counts = Pick<typeof secondView, 'countOpen' | 'countPlaylists'>;

const shellPages = placeNames.filter((place) => place !== 'sounds' && place !== 'wall');

/** The page: who is here decides between the sign-in card and the shell with its screen. */
@customElement('enc-app')
export class EncApp extends LitElement {
  static override readonly styles = [base, buttons, appStyles];

  @state() private stores: Stores | null = null;
  @state() private problem: unknown = null;
  @state() private busy = false;
  /** Pages come when they are first asked for, and stay. */
  @state() private arrivals: Readonly<Partial<Record<Place, 'loading' | 'here' | 'failed'>>> = {};
  @query('enc-shell') private readonly shell!: EncShell | null;
  @query('enc-intake') private readonly intake!: EncIntake | null;
  @query('enc-toasts') private readonly toasts!: EncToasts;
  @state() private showsKeys = false;
  /** How many there are, once the player is here. */
  @state() private playlists: number | null = null;
  /** How many of one's own extractions wait or run. */
  @state() private extracting = 0;
  /** How much is here of what stands around the pads, one after the other. */
  @state() private around: 'nothing' | 'player' | 'sides' | 'all' = 'nothing';
  readonly #counts = signal<Counts | null>(null);

  /** The account just made, as long as its password is to be kept. */
  @state() private newAccount: { name: string; password: string } | null = null;

  readonly #brought = new Brought(this, {
    signedIn: () => {
      const session = this.stores?.session.state.peek();
      return session?.status === 'signed-in' ? session.user : null;
    },
    say: (text) => void this.updateComplete.then(() => this.toasts.show(text)),
  });

  /** Where the focus was when a screen was left. */
  readonly #left = new Map<Place, HTMLElement>();
  #shown: Place | null = null;
  /** The address that each page was last shown with. */
  readonly #urls = new Map<Place, URL>();
  /** The person whose page this is. */
  #who: string | null = null;
  #again: ReturnType<typeof setTimeout> | undefined;
  #ends: readonly (() => void)[] = [];

  /** Hands over the stores; who is here is asked by whoever made them. */
  start(stores: Stores): void {
    const { session, feed, library, account, router } = stores;
    this.stores = stores;
    this.addController(
      new Watch(this, () => {
        for (const one of [session.state, library.status, library.sounds]) void one.value;
        for (const one of [account.state, router.url]) void one.value;
      }),
    );
    const follow = effect(() => this.#follow(session.state.value));
    const catchUp = effect(() => {
      // When the line comes back, so does what failed to load while it was away.
      if (feed.link.value === 'live') library.catchUp();
    });
    const hear = [feed.on(account.hear), feed.on(this.#onMessage)];
    const second = effect(() => {
      // Whoever waits for a board of their own waits for what brings it.
      const shown = stores.view.page.value !== null || library.first.value.length > 0;
      if (session.state.value.status !== 'signed-in') return;
      // The next line to the server tries again.
      void feed.link.value;
      if (shown || library.status.value === 'ready') void this.#loadSecondView();
    });
    const count = effect(() => {
      if (this.#counts.value && feed.link.value === 'live') this.#count(this.#counts.value);
    });
    const arrive = effect(() => {
      void this.#load(router.place.value);
    });
    window.addEventListener('keydown', this.#onKeyDown);
    this.#ends = [follow, catchUp, ...hear, second, count, arrive];
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const end of this.#ends) end();
    clearTimeout(this.#again);
    window.removeEventListener('keydown', this.#onKeyDown);
  }

  #follow(session: SessionState): void {
    const { feed, library, account } = this.stores ?? {};
    if (session.status === 'signed-in') {
      // Nothing that was shown to one person is for the next.
      if (this.#who !== null && this.#who !== session.user.id) return location.reload();
      this.#who = session.user.id;
      feed?.start();
      void account?.load(session.user.id);
      void library?.favourites.load();
      if (library && library.status.peek() !== 'ready')
        void library.open(() => this.#loadSecondView());
      this.#brought.settle(session.user, this.busy);
    }
    if (session.status === 'signed-out') {
      feed?.stop();
      void loadSignIn();
    }
    if (session.status === 'unreachable') this.#checkAgainSoon();
  }

  #checkAgainSoon(): void {
    clearTimeout(this.#again);
    this.#again = setTimeout(() => void this.stores?.session.check(), checkAgainMs);
  }

  async #load(place: Place): Promise<void> {
    if (place === 'sounds' || ['loading', 'here'].includes(this.arrivals[place] ?? '')) return;
    this.arrivals = { ...this.arrivals, [place]: 'loading' };
    const arrival = await pages[place].load().then(
      () => 'here' as const,
      () => 'failed' as const,
    );
    this.arrivals = { ...this.arrivals, [place]: arrival };
  }

  #secondView: Promise<void> | undefined;

  /** What stands around the pads. Without it they can be seen and pressed. */
  #loadSecondView(): Promise<void> {
    this.#secondView ??= this.#showSecondView();
    return this.#secondView;
  }

  async #showSecondView(): Promise<void> {
    try {
      await painted();
      const { countOpen, countPlaylists } = await import('./second-view.ts');
      // To read it took a phone long enough.
      await breathe();
      for (const more of ['player', 'sides', 'all'] as const) {
        if (this.around !== 'all') this.around = more;
        await painted();
      }
      this.#counts.value = { countOpen, countPlaylists };
    } catch {
      this.#secondView = undefined;
      // Without boards there are all sounds.
      if (this.stores) this.stores.view.page.value = null;
    }
  }

  /** Once, and with the first line to the server. Without a number the place stands there alone. */
  #count({ countOpen, countPlaylists }: Counts): void {
    this.#counts.value = null;
    const { session, feed } = this.stores ?? {};
    const state = session?.state.peek();
    if (!session || !feed || state?.status !== 'signed-in') return;
    countPlaylists(session.http, feed, (count) => (this.playlists = count));
    if (!mayAdd(state.user)) return;
    countOpen(session.http, feed, state.user.id, (count) => (this.extracting = count));
  }

  protected override willUpdate(): void {
    const { router } = this.stores ?? {};
    const place = router?.place.peek() ?? null;
    const from = this.#shown;
    if (router && place) this.#urls.set(place, router.url.peek());
    if (from === place || from === null) return;
    const active = deepActive();
    if (active) this.#left.set(from, active);
    else this.#left.delete(from);
  }

  protected override updated(_: PropertyValues): void {
    const { router } = this.stores ?? {};
    const place = router?.place.peek() ?? null;
    const from = this.#shown;
    if (!router || !place || from === place) return;
    this.#shown = place;
    document.title = titleOf(place);
    if (from === null) return;
    const before = router.move.peek() === 'history' ? this.#left.get(place) : undefined;
    // The shell has to know of the new place first: its main may still be inert where it stands.
    void this.shell?.updateComplete.then(() => {
      if (before?.isConnected) before.focus({ preventScroll: true });
      else this.shell?.focusMain();
    });
  }

  override render(): TemplateResult | typeof nothing {
    const { stores } = this;
    if (!stores) return nothing;
    const session = stores.session.state.value;
    return html`<div
      @click=${this.#onClick}
      @enc-toast=${this.#onToast}
      @enc-menu=${this.#onMenu}
      @enc-add-sounds=${this.#addSounds}
    >
      ${showsShell(session) ? this.#screens(stores, session) : nothing}
      ${session.status === 'signed-out' ? this.#signIn(session) : nothing}
      ${session.status === 'unreachable' ? this.#unreachable(stores) : nothing}
      ${this.newAccount ? this.#keepPassword(this.newAccount) : nothing}
      ${this.showsKeys ? this.#keys() : nothing}
      ${session.status === 'signed-in' ? this.#link(stores, session.user) : nothing}
      <enc-toasts></enc-toasts>
    </div>`;
  }

  #screens(stores: Stores, session: SessionState): TemplateResult | typeof nothing {
    const user = session.status === 'signed-in' ? session.user : null;
    if (stores.router.place.value !== 'wall') return this.#shell(stores, session, user);
    return user ? this.#page('wall', stores, user) : nothing;
  }

  #shell(stores: Stores, session: SessionState, user: User | null): TemplateResult {
    const { library, account, router } = stores;
    const counts = {
      ...(library.status.value === 'ready' && { sounds: library.sounds.value.length }),
      ...(this.playlists !== null && { playlists: this.playlists }),
    };
    const state = account.state.value;
    const words = state ? creditsWord(state) : '';
    const place = router.place.value;
    return html`<enc-shell
      .user=${user}
      .counts=${counts}
      .place=${place}
      .credits=${words}
      .busy=${{ extractions: this.extracting }}
      ?inert=${session.status === 'signed-out'}
    >
      <div class="screen" ?inert=${place !== 'sounds'}>${this.#board(stores, user)}</div>
      ${shellPages.map((one) => (user ? this.#page(one, stores, user) : nothing))}
      ${
        this.around === 'all'
          ? html`<enc-floor
              slot="floor"
              .feed=${stores.feed}
              .library=${library}
              .view=${stores.view}
              ?on-board=${place === 'sounds'}
            ></enc-floor>`
          : nothing
      }
      ${
        this.around === 'all'
          ? html`<enc-intake
              slot="floor"
              .http=${stores.session.http}
              .feed=${stores.feed}
              ?open=${mayAdd(user) && (place === 'sounds' || place === 'library')}
            ></enc-intake>`
          : nothing
      }
      ${user && this.around !== 'nothing' ? this.#player(stores, user) : nothing}
    </enc-shell>`;
  }

  #player({ session, feed, library }: Stores, user: User): TemplateResult {
    const control = user.role !== 'guest';
    const quiet = (look: 'row' | 'strip'): TemplateResult =>
      html`<enc-quiet-pill
        slot=${look === 'row' ? 'quiet' : 'strip'}
        look=${look}
        .http=${session.http}
        .feed=${feed}
        .user=${user}
      ></enc-quiet-pill>`;
    const sides = html`${quiet('row')} ${quiet('strip')}
      <enc-queue-panel
        slot="queue"
        .http=${session.http}
        .feed=${feed}
        .library=${library}
        ?control=${control}
      ></enc-queue-panel>`;
    return html`${this.around === 'player' ? nothing : sides}
      <enc-player-area
        slot="player"
        .http=${session.http}
        .feed=${feed}
        .library=${library}
        ?control=${control}
      ></enc-player-area>`;
  }

  #board(stores: Stores, user: User | null): TemplateResult {
    const { session, feed, library, view } = stores;
    return html`<enc-board
      .library=${library}
      .feed=${feed}
      .view=${view}
      .http=${session.http}
      .user=${user}
      ?may-add=${mayAdd(user)}
      ><enc-board-bar slot="boards" .stores=${stores} .user=${user}></enc-board-bar
    ></enc-board>`;
  }

  #page(place: Exclude<Place, 'sounds'>, stores: Stores, user: User): TemplateResult {
    const shown = stores.router.place.value === place;
    const url = this.#urls.get(place);
    return html`<div class="screen" ?inert=${!shown}>
      ${
        url && this.arrivals[place] === 'here' && mayVisit(place, user.role)
          ? pages[place].render({ stores, user, url })
          : shown
            ? this.#noPage(place, user)
            : nothing
      }
    </div>`;
  }

  #noPage(place: Place, user: User): TemplateResult | typeof nothing {
    if (!mayVisit(place, user.role)) {
      const heading =
        places[place].role === 'admin'
          ? msg('This page is for administrators')
          : msg('This page is for members, not for guests');
      return html`<enc-notice class="whole" role="alert" heading=${heading}>
        ${msg('Ask someone who looks after this box.')}
        <a slot="actions" class="button primary" href="/">${msg('To the sounds')}</a>
      </enc-notice>`;
    }
    if (this.arrivals[place] !== 'failed') return nothing;
    return html`<enc-notice class="whole" role="alert" heading=${msg('This page did not load')}>
      ${msg('Encore may have been updated, or does not answer just now.')}
      <button slot="actions" class="button primary" @click=${() => location.reload()}>
        ${msg('Retry')}
      </button>
    </enc-notice>`;
  }

  #signIn(session: SessionState & { status: 'signed-out' }): TemplateResult {
    return html`<enc-sign-in
      .providers=${session.providers}
      .setupCode=${this.#brought.setup}
      .invite=${this.#brought.invite}
      .notice=${this.#brought.notice()}
      .previousName=${session.before?.name ?? ''}
      .problem=${this.problem}
      .busy=${this.busy}
      @enc-credentials=${this.#onCredentials}
    ></enc-sign-in>`;
  }

  #link({ session, router }: Stores, user: User): TemplateResult | typeof nothing {
    const provider = this.#brought.linking;
    if (!provider) return nothing;
    const linked = (): void => {
      this.#brought.asked();
      const name = capitalised(providerNames[provider]);
      this.toasts.show(msg(str`${name} is linked.`), null, 'done');
      router.go('/account');
    };
    return html`<enc-link-dialog
      .http=${session.http}
      provider=${provider}
      name=${user.name}
      @enc-linked=${linked}
      @enc-dialog-left=${() => this.#brought.asked()}
    ></enc-link-dialog>`;
  }

  #keepPassword({ name, password }: { name: string; password: string }): TemplateResult {
    return html`<enc-keep-password
      .name=${name}
      .password=${password}
      @enc-password-kept=${() => (this.newAccount = null)}
    ></enc-keep-password>`;
  }

  #keys(): TemplateResult {
    return html`<enc-shortcuts-dialog
      @enc-dialog-left=${() => (this.showsKeys = false)}
    ></enc-shortcuts-dialog>`;
  }

  #unreachable({ session }: Stores): TemplateResult {
    return html`<enc-notice class="whole" role="alert" heading=${msg('Encore does not answer')}>
      ${msg('It may be starting, or this device may be off the network.')}
      <button slot="actions" class="button primary" @click=${() => session.check()}>
        ${msg('Retry')}
      </button>
    </enc-notice>`;
  }

  readonly #onCredentials = async ({ credentials, suggested }: CredentialsEvent): Promise<void> => {
    const { session } = this.stores ?? {};
    if (!session || this.busy) return;
    this.busy = true;
    this.problem = null;
    try {
      // Before the account is made: its password must not be lost because a file did not load.
      if (suggested) await import('../sign-in/keep-password.ts');
      await signInBy(session, credentials);
      clearArrival();
      if (suggested) this.newAccount = credentials.body;
    } catch (error) {
      this.problem = error;
    } finally {
      this.busy = false;
    }
  };

  readonly #onClick = (event: MouseEvent): void => {
    const href = hrefOf(event);
    if (href === null) return;
    event.preventDefault();
    this.stores?.router.go(href);
  };

  readonly #addSounds = async (): Promise<void> => {
    try {
      await import('./second-view.ts');
      this.around = 'all';
      await this.updateComplete;
      this.intake?.pick();
    } catch {
      this.toasts.show(
        msg('This part did not load. Encore may have been updated: load the page again.'),
      );
    }
  };

  /** What another person sent is read out in every open window. */
  readonly #onMessage = ({ type, data }: FeedMessage): void => {
    if (type !== 'user_message') return;
    const { from_name, message } = data as UserMessage;
    this.toasts.show(`${from_name}: ${message}`, null, 'done');
  };

  readonly #onToast = ({ text, way, tone }: ToastEvent): void => this.toasts.show(text, way, tone);

  readonly #onMenu = async ({ choice }: MenuEvent): Promise<void> => {
    if (choice === 'shortcuts') return this.#showKeys();
    try {
      await this.stores?.session.logout();
      location.reload();
    } catch (error) {
      this.toasts.show(sentenceOf(error));
    }
  };

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || isTyping(event) || inLayer(event)) return;
    if (this.stores?.session.state.peek().status !== 'signed-in') return;
    if (event.key === 'Escape') return this.#stopAll();
    if (event.key !== '?' || !singleKeys.value) return;
    event.preventDefault();
    void this.#showKeys();
  };

  /** On the board Escape clears the search first: it has the key then. */
  #stopAll(): void {
    const { feed, router } = this.stores ?? {};
    if (router?.place.peek() === 'sounds') return;
    feed?.stopSounds().catch((error: unknown) => this.toasts.show(sentenceOf(error)));
  }

  async #showKeys(): Promise<void> {
    try {
      await import('./shortcuts-dialog.ts');
      this.showsKeys = true;
    } catch {
      this.toasts.show(msg('The list of keys did not load. Reload this page and try again.'));
    }
  }
}

const signInBy = (session: SessionStore, { way, body }: Credentials): Promise<void> => {
  switch (way) {
    case 'login':
      return session.login(body.name, body.password);
    case 'setup':
      return session.setup(body);
    case 'register':
      return session.register(body);
  }
};

const mayAdd = (user: User | null): boolean => user !== null && user.role !== 'guest';

/** The card is not part of the first load of who is signed in already. Without it a reload is all that helps. */
export const loadSignIn = (): Promise<unknown> =>
  import('../sign-in/sign-in.ts').catch(() => undefined);

/** A page that was open stays behind the sign-in card; one that was never open does not show. */
const showsShell = (session: SessionState): boolean => {
  if (session.status === 'signed-in') return true;
  if (session.status === 'unknown') return wasSignedIn();
  return session.status === 'signed-out' && session.before !== null;
};

declare global {
  interface HTMLElementTagNameMap {
    'enc-app': EncApp;
  }
}
