import { msg, str } from '@lit/localize';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Provider, User } from '../../server/users/contract.ts';
import { providerNames } from '../design/provider-words.ts';
import { signInErrorWords } from '../sign-in/sign-in-error.ts';
import { clearArrival, readArrival } from './arrival.ts';

type Ports = {
  signedIn: () => User | null;
  /** A sentence to the person. */
  say: (text: string) => void;
};

/**
 * What the address brought along, for as long as it is of use: codes for the sign-in card, why a
 * provider's sign-in failed, and an identity that the person who is signed in may link.
 */
export class Brought implements ReactiveController {
  setup = '';
  invite = '';
  /** An identity to ask about now. */
  linking: Provider | null = null;

  readonly #host: ReactiveControllerHost;
  readonly #ports: Ports;
  #link: Provider | null = null;
  #signInError = '';

  constructor(host: ReactiveControllerHost, ports: Ports) {
    this.#host = host;
    this.#ports = ports;
    host.addController(this);
  }

  hostConnected(): void {
    this.#read();
    // An invite that is pasted into the tab where Encore is open.
    window.addEventListener('hashchange', this.#read);
  }

  hostDisconnected(): void {
    window.removeEventListener('hashchange', this.#read);
  }

  /** What the sign-in card says about it. */
  notice(): string {
    if (this.#signInError) return signInErrorWords(this.#signInError);
    if (!this.#link) return '';
    const name = providerNames[this.#link];
    return msg(str`An account here has your address. Sign in to it as usual to link ${name}.`);
  }

  /**
   * Somebody is signed in: it is for them, or for nobody any more.
   *
   * @param arriving whether they have just signed in by the card, which the invite was for
   */
  settle(user: User, arriving: boolean): void {
    const [invite, link, signInError] = [this.invite, this.#link, this.#signInError];
    [this.invite, this.#link, this.#signInError] = ['', null, ''];
    if (link) void this.#ask(link);
    if (signInError) this.#ports.say(signInErrorWords(signInError));
    if (!invite) return;
    clearArrival();
    if (arriving) return;
    this.#ports.say(msg(str`You are signed in as ${user.name}. Sign out to use an invite.`));
  }

  /** The question was answered. */
  asked(): void {
    this.linking = null;
    this.#host.requestUpdate();
  }

  /** What can be told is taken out of the address at once; codes stay there until they are used. */
  readonly #read = (): void => {
    const { setup, invite, link, signInError } = readArrival();
    if (link || signInError) clearArrival();
    [this.setup, this.invite, this.#link, this.#signInError] = [setup, invite, link, signInError];
    const user = this.#ports.signedIn();
    if (user) this.settle(user, false);
    this.#host.requestUpdate();
  };

  async #ask(provider: Provider): Promise<void> {
    try {
      await import('../account/link-dialog.ts');
      this.linking = provider;
      this.#host.requestUpdate();
    } catch {
      this.#ports.say(
        msg('The question about the link did not load. Link again on your account page.'),
      );
    }
  }
}
