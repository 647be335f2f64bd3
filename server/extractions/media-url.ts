import { extractionLimits } from './contract.ts';

/** What is wrong with a pasted link, in plain words; undefined when it may be asked for. */
export const urlFault = (text: string): string | undefined => {
  if (!URL.canParse(text)) {
    if (!/^[\w.-]+\.[a-z]{2,}(?:[/:?#]|$)/i.test(text)) {
      return 'This is no link. Copy the address of the page with the video or the sound and paste it here.';
    }
    const whole = `https://${text.slice(0, 60).replaceAll('"', '%22')}`;
    return `This is no whole link. Begin it with https://, as in "${whole}".`;
  }
  const { protocol, username, password, hostname, href } = new URL(text);
  if (protocol !== 'http:' && protocol !== 'https:') {
    return `Only links that begin with https:// or http:// can be taken, not "${protocol.slice(0, 20)}".`;
  }
  if (username !== '' || password !== '') {
    return 'The link holds a name or a password before the @. Take them out: they would be kept in the history.';
  }
  if (hostname === '') return 'The link names no site.';
  if (href.length > extractionLimits.urlCharactersMax) return 'The link is too long.';
  return undefined;
};
