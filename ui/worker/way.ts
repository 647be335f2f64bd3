/** What of a request decides who answers it. */
export type Asked = {
  method: string;
  /** Absolute. */
  url: string;
  /** `navigate` for a page. */
  mode: string;
};

/**
 * `page`: the network, and what is kept where it does not answer; `file`: what is kept, and the
 * network where it is not; `pass`: as if there were no worker.
 */
export type Way = 'page' | 'file' | 'pass';

/** Answers of the server to somebody in particular, or to programs: none of a worker's business. */
const reserved = /^\/(api|metrics|healthz|readyz|mqtt)(\/|$)/;

export const wayOf = ({ method, url, mode }: Asked, origin: string, kept: Set<string>): Way => {
  const { origin: asked, pathname } = new URL(url);
  if (method !== 'GET' || asked !== origin || reserved.test(pathname)) return 'pass';
  if (mode === 'navigate') return 'page';
  return kept.has(pathname) || pathname.startsWith('/assets/') ? 'file' : 'pass';
};
