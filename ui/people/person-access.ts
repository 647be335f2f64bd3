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
    <h2 id="access">Access</h2>
    <ul class="rows">
      <li>
        <div class="thing">
          <b>Password</b>
          <small
            >${
              self
                ? html`Your own is set on <a href="/account">your account</a>.`
                : has_password
                  ? 'A new one signs them out everywhere.'
                  : 'None: they sign in with a provider.'
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
                New password
              </button>`
        }
      </li>
      <li>
        <div class="thing">
          <b>${disabled ? 'Disabled' : 'May sign in'}</b>
          <small
            >${
              disabled
                ? 'Nobody signs in with this account. Credits and history stay.'
                : 'Disabling ends every session, token and connection at once.'
            }</small
          >
        </div>
        <button type="button" class="button" aria-disabled=${off} @click=${() => able(!disabled)}>
          ${disabled ? 'Enable' : 'Disable'}
        </button>
      </li>
      <li>
        <div class="thing">
          <b>Forget ${name}</b>
          <small>Erases the person for good. The log stays, without a name.</small>
        </div>
        <button
          type="button"
          class="button danger"
          aria-disabled=${off}
          @click=${() => open('forget')}
        >
          Forget…
        </button>
      </li>
    </ul>
  </section>`;
};
