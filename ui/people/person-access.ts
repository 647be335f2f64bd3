import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import type { ManagedUser } from '../../server/users/contract.ts';

type Options = {
  person: ManagedUser;
  /** It is who looks at it. */
  self: boolean;
  offline: boolean;
  open: (dialog: 'password' | 'forget') => void;
  able: (disabled: boolean) => void;
};

/** How a person gets in, and how that ends. */
export const personAccess = ({ person, self, offline, open, able }: Options): TemplateResult => {
  const { name, disabled, has_password } = person;
  const off = offline ? 'true' : 'false';
  return html`<section class="card" aria-labelledby="access">
    <h2 id="access">${msg('Access')}</h2>
    <ul class="rows">
      <li>
        <div class="thing">
          <b>${msg('Password')}</b>
          <small
            >${
              self
                ? html`${msg('Your own is set on')} <a href="/account">${msg('your account')}</a>.`
                : has_password
                  ? msg('A new one signs them out everywhere.')
                  : msg('None: they sign in with a provider.')
            }</small
          >
        </div>
        ${
          self
            ? nothing
            : html`<button
                type="button"
                class="button"
                aria-disabled=${off}
                @click=${() => open('password')}
              >
                ${msg('New password')}
              </button>`
        }
      </li>
      <li>
        <div class="thing">
          <b>${disabled ? msg('Disabled') : msg('May sign in')}</b>
          <small
            >${
              disabled
                ? msg('Nobody signs in with this account. Credits and history stay.')
                : msg('Disabling ends every session, token and connection at once.')
            }</small
          >
        </div>
        <button type="button" class="button" aria-disabled=${off} @click=${() => able(!disabled)}>
          ${disabled ? msg('Enable') : msg('Disable')}
        </button>
      </li>
      <li>
        <div class="thing">
          <b>${msg(str`Forget ${name}`)}</b>
          <small>${msg('Erases the person for good. The log stays, without a name.')}</small>
        </div>
        <button
          type="button"
          class="button danger"
          aria-disabled=${off}
          @click=${() => open('forget')}
        >
          ${msg('Forget…')}
        </button>
      </li>
    </ul>
  </section>`;
};
