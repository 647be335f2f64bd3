import { effect } from '@preact/signals-core';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { sentenceOf } from '../api/problem.ts';
import { wasSignedIn, type SessionState, type SessionStore } from '../api/session.ts';
import '../board/board.ts';
import type { Library } from '../board/library.ts';
import type { View } from '../board/view.ts';
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
import './shell.ts';
import type { EncShortcutsDialog } from './shortcuts-dialog.ts';
import './shortcuts-dialog.ts';
import type { EncToasts } from './toasts.ts';
import './toasts.ts';
import type { MenuEvent } from './user-menu.ts';

export type Stores = { session: SessionStore; feed: Feed; library: Library; view: View };

const checkAgainMs = 4_000;

/** The page: who is here decides between the sign-in card and the shell with its screen. */
@customElement('enc-app')
export class EncApp extends LitElement {
  static override readonly styles = [base, buttons, appStyles];

  @state() private stores: Stores | null = null;
  @state() private problem: unknown = null;
  @state() private busy = false;
  @query('enc-toasts') private readonly toasts!: EncToasts;
  @query('enc-shortcuts-dialog') private readonly shortcuts!: EncShortcutsDialog;

  /** The account just made, as long as its password is to be kept. */
  @state() private newAccount: { name: string; password: string } | null = null;

  readonly #setupCode = readSetupCode();
  #again: ReturnType<typeof setTimeout> | undefined;

  /** Hands over the stores and asks who is here. */
  start(stores: Stores): void {
    const { session, feed, library } = stores;
    this.stores = stores;
    this.addController(
      new Watch(this, () => {
        for (const one of [session.state, library.status, library.sounds, onPhone]) void one.value;
      }),
    );
    effect(() => this.#follow(session.state.value));
    effect(() => {
      // When the line comes back, so does what failed to load while it was away.
      if (feed.link.value === 'live') library.catchUp();
    });
    window.addEventListener('keydown', this.#onKeyDown);
    void session.check();
  }

  #follow(session: SessionState): void {
    const { feed, library } = this.stores ?? {};
    if (session.status === 'signed-in') {
      feed?.start();
      if (library && library.status.peek() !== 'ready') void library.load();
    }
    if (session.status === 'signed-out') feed?.stop();
    if (session.status === 'unreachable') this.#checkAgainSoon();
  }

  #checkAgainSoon(): void {
    clearTimeout(this.#again);
    this.#again = setTimeout(() => void this.stores?.session.check(), checkAgainMs);
  }

  override render(): TemplateResult | typeof nothing {
    const { stores } = this;
    if (!stores) return nothing;
    const session = stores.session.state.value;
    return html`<div @enc-toast=${this.#onToast} @enc-menu=${this.#onMenu}>
      ${showsShell(session) ? this.#shell(stores, session) : nothing}
      ${session.status === 'signed-out' ? this.#signIn(session) : nothing}
      ${session.status === 'unreachable' ? this.#unreachable(stores) : nothing}
      ${this.newAccount ? this.#keepPassword(this.newAccount) : nothing}
      <enc-shortcuts-dialog></enc-shortcuts-dialog>
      <enc-toasts></enc-toasts>
    </div>`;
  }

  #shell({ feed, library, view }: Stores, session: SessionState): TemplateResult {
    const user = session.status === 'signed-in' ? session.user : null;
    const count = library.status.value === 'ready' ? library.sounds.value.length : null;
    return html`<enc-shell .user=${user} .sounds=${count} ?inert=${session.status === 'signed-out'}>
      <enc-board
        .library=${library}
        .feed=${feed}
        .view=${view}
        ?may-scan=${user?.role === 'admin'}
      >
        ${
          onPhone.value
            ? html`<enc-user-menu slot="account" small .user=${user}></enc-user-menu>`
            : nothing
        }
      </enc-board>
    </enc-shell>`;
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

  readonly #onToast = ({ text }: ToastEvent): void => this.toasts.show(text);

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
