import { msg } from '@lit/localize';
import type { Provider } from '../../server/users/contract.ts';

/** Sign-in ways outside of Encore, as people know them. */
export const providerNames: Record<Provider, string> = {
  google: 'Google',
  github: 'GitHub',
  oidc: msg('single sign-on'),
};
