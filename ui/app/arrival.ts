import type { Provider } from '../../server/users/contract.ts';

/** What a link or a provider brought along, in the fragment because fragments reach no log. */
export type Arrival = {
  /** The one-time code that the console printed; also taken from `?setup=`. */
  setup: string;
  invite: string;
  /** An identity there was just proven, and can be linked. */
  link: Provider | null;
  /** Why a sign-in with a provider came to nothing, as a problem code. */
  signInError: string;
};

const providers: Record<Provider, true> = { google: true, github: true, oidc: true };
const isProvider = (word: string | null): word is Provider =>
  word !== null && Object.hasOwn(providers, word);

export const readArrival = (url: URL = new URL(location.href)): Arrival => {
  const said = new URLSearchParams(url.hash.slice(1));
  const link = said.get('link');
  return {
    setup: said.get('setup') ?? url.searchParams.get('setup') ?? '',
    invite: said.get('invite') ?? '',
    link: isProvider(link) ? link : null,
    signInError: said.get('sign_in_error') ?? '',
  };
};

/** What is used up has no business in the address bar or the history. */
export const clearArrival = (): void => {
  const url = new URL(location.href);
  url.hash = '';
  url.searchParams.delete('setup');
  if (url.href !== location.href)
    history.replaceState(history.state, '', url.pathname + url.search);
};
