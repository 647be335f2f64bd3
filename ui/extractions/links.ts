const link = /https?:\/\/[^\s<>"]+/i;
/** "youtu.be/abc", as people type it: a name with a dot, then a path. */
const bare = /^(?:[a-z0-9-]+\.)+[a-z]{2,}\/\S+$/i;

/** Sentences end where links do not. */
const withoutEnd = (text: string): string => {
  const cut = text.replace(/[.,;:!?'*]+$/, '');
  return cut.endsWith(')') && !cut.includes('(') ? cut.slice(0, -1) : cut;
};

/** The first link in a text, as a share sheet or somebody's message has it; null where there is none. */
export const linkIn = (text: string): string | null => {
  const typed = text.trim();
  const found = link.exec(typed)?.[0];
  // A whole address ends as it ends.
  if (found !== undefined) return found === typed ? found : withoutEnd(found);
  return bare.test(typed) ? `https://${typed}` : null;
};

/** What an address was opened with: by another app's share sheet, or by the bookmarklet. */
export const sharedLink = ({ searchParams }: URL): string | null => {
  for (const name of sharedNames) {
    const found = linkIn(searchParams.get(name) ?? '');
    if (found !== null) return found;
  }
  return null;
};

/** The parameters of the share target in `public/manifest.webmanifest`, the likeliest first. */
export const sharedNames = ['url', 'text', 'title'] as const;

/** "youtube.com/watch?v=…" without what only programs need. */
export const shortLink = (url: string): string => url.replace(/^https?:\/\/(?:www\.)?/i, '');

/** Opens the screen with the address of the page that somebody looks at. */
export const bookmarklet = (origin: string): string =>
  `javascript:void window.open('${origin}/extractions?url='+encodeURIComponent(location.href))`;
