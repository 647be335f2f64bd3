/** The one-time code that the link on the console carries: `#setup=…`, or `?setup=…`. */
export const readSetupCode = (url: URL = new URL(location.href)): string =>
  new URLSearchParams(url.hash.slice(1)).get('setup') ?? url.searchParams.get('setup') ?? '';

/** A used code has no business in the address bar or the history. */
export const clearSetupCode = (): void => {
  const url = new URL(location.href);
  if (readSetupCode(url) === '') return;
  url.hash = '';
  url.searchParams.delete('setup');
  history.replaceState(history.state, '', url.pathname + url.search);
};
