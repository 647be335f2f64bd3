/** Without look-alikes, so that it can be copied from a screen by hand. 32 signs: no modulo bias. */
const alphabet = 'abcdefghijkmnpqrstuvwxyz23456789';

/** 80 bits as four groups of four, such as "k7fm-2xqp-9rtw-hv4n". */
export const newPassword = (): string => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const letters = [...bytes].map((byte) => alphabet[byte % alphabet.length]);
  return [0, 4, 8, 12].map((at) => letters.slice(at, at + 4).join('')).join('-');
};
