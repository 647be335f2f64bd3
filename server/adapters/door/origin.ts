import type { IncomingHttpHeaders } from 'node:http';

export type OriginSettings = { readonly publicUrl: string; readonly trustProxy: boolean };

const urlOf = (text: string | undefined): URL | undefined =>
  text !== undefined && URL.canParse(text) ? new URL(text) : undefined;

/**
 * A home server is reached by many names, so that "ours" is the host the request was sent to, or
 * the public one. Schemes are not compared: TLS may end at a proxy. A name that was rebound to our
 * address has no cookie of ours.
 */
export const isOwnOrigin = (
  origin: string,
  headers: IncomingHttpHeaders,
  settings: OriginSettings,
): boolean => {
  const from = urlOf(origin);
  if (!from) return false;
  if (from.origin === urlOf(settings.publicUrl)?.origin) return true;
  const forwarded = settings.trustProxy ? headers['x-forwarded-host'] : undefined;
  const host = String(forwarded ?? headers.host ?? '')
    .split(',')[0]
    ?.trim();
  // Through URL, so that an explicit default port compares equal.
  return (
    host !== undefined && host !== '' && urlOf(`${from.protocol}//${host}`)?.host === from.host
  );
};
