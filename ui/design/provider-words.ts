import { msg } from '@lit/localize';
import type { TemplateResult } from 'lit';
import type { Provider } from '../../server/users/contract.ts';
import { icons } from './icons.ts';

/** Sign-in ways outside of Encore, as people know them. */
export const providerLooks: Record<Provider, { name: string; icon: TemplateResult }> = {
  google: { name: 'Google', icon: icons.google },
  github: { name: 'GitHub', icon: icons.github },
  oidc: { name: msg('single sign-on'), icon: icons.key },
};
