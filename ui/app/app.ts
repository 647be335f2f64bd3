import { effect } from '@preact/signals-core';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import type { User } from '../../server/users/contract.ts';
import { sentenceOf } from '../api/problem.ts';
import { wasSignedIn, type SessionState, type SessionStore } from '../api/session.ts';
import '../board/board.ts';
import type { Library } from '../board/library.ts';
import type { View } from '../board/view.ts';
import { creditsWord, type Account } from '../credits/account.ts';
import type { MomentEvent } from '../credits/moment-event.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import { inLayer, isTyping, singleKeys } from '../design/keys.ts';
import { onPhone } from '../design/media.ts';
import '../design/notice.ts';
import type { ToastEvent } from '../design/toast-event.ts';
import { Watch } from '../design/watch.ts';
import type { Feed } from '../feed/feed.ts';
import { clearSetupCode, readSetupCode } from '../sign-in/setup-code.ts';
import type { CredentialsEvent } from '../sign-in/sign-in.ts';
import '../sign-in/keep-password.ts';
import '../sign-in/sign-in.ts';
import { appStyles } from './app.styles.ts';
import { hrefOf, type Place, type Router } from './router.ts';
import './shell.ts';
import type { EncShell } from './shell.ts';
import type { EncShortcutsDialog } from './shortcuts-dialog.ts';
import './shortcuts-dialog.ts';
import type { EncToasts } from './toasts.ts';
import './toasts.ts';
import type { MenuEvent } from './user-menu.ts';

export type Stores = {
  session: SessionStore;
  feed: Feed;
  library: Library;
  view: View;
  account: Account;
  router: Router;
};

const titles: Record<Place, string> = { sounds: 'Encore', credits: 'Credits · Encore' };

const checkAgainMs = 4_000;

/** The page: who is here decides between the sign-in card and the shell with its screen. */
@customElement('enc-app')
export class EncApp extends LitElement {
  static override readonly styles = [base, buttons, appStyles];

  @state() private stores: Stores | null = null;
  @state() private problem: unknown = null;
  @state() private busy = false;
  /** Whether the credits page is here: it comes when it is first asked for. */
  @state() private creditsPage: 'none' | 'loading' | 'here' | 'failed' = 'none';
  @query('enc-shell') private readonly shell!: EncShell | null;
  @query('enc-toasts') private readonly toasts!: EncToasts;
  @query('enc-shortcuts-dialog') private readonly shortcuts!: EncShortcutsDialog;

  /** The account just made, as long as its password is to be kept. */
  @state() private newAccount: { name: string; password: string } | null = null;

  readonly #setupCode = readSetupCode();
  /** Where the focus was when a screen was left. */
  readonly #left = new Map<Place, HTMLElement>();
  #shown: Place | null = null;
  /** The moment the credits page shows, also while it lies below. */
  #moment: string | null = null;
  #again: ReturnType<typeof setTimeout> | undefined;

  /** Hands over the stores and asks who is here. */
  start(stores: Stores): void {
    const { session, feed, library, account, router } = stores;
    this.stores = stores;
    this.addController(
      new Watch(this, () => {
        for (const one of [session.state, library.status, library.sounds, onPhone]) void one.value;
        for (const one of [account.state, router.url]) void one.value;
      }),
    );
    effect(() => this.#follow(session.state.value));
    effect(() => {
      // When the line comes back, so does what failed to load while it was away.
      if (feed.link.value === 'live') library.catchUp();
    });
    feed.on(account.hear);
    effect(() => {
      if (router.place.value === 'credits') void this.#loadCreditsPage();
    });
    window.addEventListener('keydown', this.#onKeyDown);
    void session.check();
  }

  #follow(session: SessionState): void {
    const { feed, library, account } = this.stores ?? {};
    if (session.status === 'signed-in') {
      feed?.start();
      void account?.load(session.user.id);
      if (library && library.status.peek() !== 'ready') void library.load();
    }
    if (session.status === 'signed-out') feed?.stop();
    if (session.status === 'unreachable') this.#checkAgainSoon();
  }

  #checkAgainSoon(): void {
    clearTimeout(this.#again);
    this.#again = setTimeout(() => void this.stores?.session.check(), checkAgainMs);
  }

  async #loadCreditsPage(): Promise<void> {
    if (this.creditsPage === 'loading' || this.creditsPage === 'here') return;
    this.creditsPage = 'loading';
    try {
      await import('../credits/credits-page.ts');
      this.creditsPage = 'here';
    } catch {
      this.creditsPage = 'failed';
    }
  }

  protected override willUpdate(): void {
    const place = this.stores?.router.place.peek() ?? null;
    const from = this.#shown;
    if (place === 'credits') {
      this.#moment = this.stores?.router.url.peek().searchParams.get('at') ?? null;
    }
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
    document.title = titles[place];
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
    return html`<div @click=${this.#onClick} @enc-toast=${this.#onToast} @enc-menu=${this.#onMenu}>
      ${showsShell(session) ? this.#shell(stores, session) : nothing}
      ${session.status === 'signed-out' ? this.#signIn(session) : nothing}
      ${session.status === 'unreachable' ? this.#unreachable(stores) : nothing}
      ${this.newAccount ? this.#keepPassword(this.newAccount) : nothing}
      <enc-shortcuts-dialog></enc-shortcuts-dialog>
      <enc-toasts></enc-toasts>
    </div>`;
  }

  #shell(stores: Stores, session: SessionState): TemplateResult {
    const { library, account, router } = stores;
    const user = session.status === 'signed-in' ? session.user : null;
    const count = library.status.value === 'ready' ? library.sounds.value.length : null;
    const state = account.state.value;
    const words = state ? creditsWord(state) : '';
    const place = router.place.value;
    return html`<enc-shell
      .user=${user}
      .sounds=${count}
      .place=${place}
      .credits=${words}
      ?inert=${session.status === 'signed-out'}
    >
      <div class="screen" ?inert=${place !== 'sounds'}>${this.#board(stores, user, words)}</div>
      <div class="screen" ?inert=${place !== 'credits'}>${this.#credits(stores, user)}</div>
    </enc-shell>`;
  }

  #board({ feed, library, view }: Stores, user: User | null, words: string): TemplateResult {
    return html`<enc-board
      .library=${library}
      .feed=${feed}
      .view=${view}
      ?may-scan=${user?.role === 'admin'}
    >
      ${
        onPhone.value
          ? html`<enc-user-menu
              slot="account"
              small
              .user=${user}
              .credits=${words}
            ></enc-user-menu>`
          : nothing
      }
    </enc-board>`;
  }

  #credits(stores: Stores, user: User | null): TemplateResult | typeof nothing {
    const { session, feed, library, account, router } = stores;
    if (this.creditsPage === 'failed') {
      return html`<enc-notice class="whole" role="alert" heading="This page did not load">
        Encore may have been updated, or does not answer just now. The sounds still work.
        <button slot="actions" class="button primary" @click=${() => location.reload()}>
          Retry
        </button>
      </enc-notice>`;
    }
    if (this.creditsPage !== 'here' || !user) return nothing;
    return html`<enc-credits-page
      .http=${session.http}
      .feed=${feed}
      .library=${library}
      .account=${account}
      .user=${user}
      .at=${this.#moment}
      @enc-moment=${({ at }: MomentEvent) => router.setQuery('at', at)}
    ></enc-credits-page>`;
  }

  #signIn(session: SessionState & { status: 'signed-out' }): TemplateResult {
    return html`<enc-sign-in
      .providers=${session.providers}
      .setupCode=${this.#setupCode}
      .previousName=${session.before?.name ?? ''}
      .problem=${this.problem}
      .busy=${this.busy}
      @enc-credentials=${this.#onCredentials}
    ></enc-sign-in>`;
  }

  #keepPassword({ name, password }: { name: string; password: string }): TemplateResult {
    return html`<enc-keep-password
      .name=${name}
      .password=${password}
      @enc-password-kept=${() => (this.newAccount = null)}
    ></enc-keep-password>`;
  }

  #unreachable({ session }: Stores): TemplateResult {
    return html`<enc-notice class="whole" role="alert" heading="Encore does not answer">
      It may be starting, or this device may be off the network.
      <button slot="actions" class="button primary" @click=${() => session.check()}>Retry</button>
    </enc-notice>`;
  }

  readonly #onCredentials = async ({ credentials, suggested }: CredentialsEvent): Promise<void> => {
    const { session } = this.stores ?? {};
    if (!session || this.busy) return;
    this.busy = true;
    this.problem = null;
    try {
      if ('code' in credentials) await session.setup(credentials);
      else await session.login(credentials.name, credentials.password);
      clearSetupCode();
      if (suggested) this.newAccount = credentials;
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

  readonly #onToast = ({ text, link }: ToastEvent): void => this.toasts.show(text, link);

  readonly #onMenu = async ({ choice }: MenuEvent): Promise<void> => {
    if (choice === 'shortcuts') return this.shortcuts.show();
    try {
      await this.stores?.session.logout();
      location.reload();
    } catch (error) {
      this.toasts.show(sentenceOf(error));
    }
  };

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== '?' || !singleKeys.value || isTyping(event) || inLayer(event)) return;
    if (this.stores?.session.state.peek().status !== 'signed-in') return;
    event.preventDefault();
    this.shortcuts.show();
  };
}

/** What has the focus, through all shadow roots; null when nothing has. */
const deepActive = (): HTMLElement | null => {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active instanceof HTMLElement && active !== document.body ? active : null;
};

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
