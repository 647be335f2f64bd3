import { extractionLimits } from '../../extractions/contract.ts';

export type Link =
  | { readonly ok: true; readonly url: URL }
  | { readonly ok: false; readonly message: string; readonly advice: string };

const refused = (message: string, advice: string): Link => ({ ok: false, message, advice });

/** yt-dlp takes what stands behind it for its own notes about a link. */
const smuggling = '__youtubedl_smuggle';

/** A link as it is handed to yt-dlp: absolute, http or https, without a name and password. */
export const parseLink = (text: string): Link => {
  const given = text.trim();
  if (given.length > extractionLimits.urlCharactersMax) {
    return refused('This link is too long.', 'Copy it from the address bar of the site itself.');
  }
  if (!URL.canParse(given)) {
    return refused('This is not a link.', 'Paste the whole address, beginning with https://.');
  }
  const url = new URL(given);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    const scheme = url.protocol.slice(0, 20);
    return refused(
      `Links that begin with ${scheme} are not fetched.`,
      'Paste a link that begins with http:// or https://.',
    );
  }
  if (url.username !== '' || url.password !== '') {
    return refused(
      'This link has a name and a password in it.',
      'Take them out: everybody who sees the job would see them.',
    );
  }
  if (url.hash.includes(smuggling)) url.hash = '';
  return { ok: true, url };
};
