/**
 * Tags are compared without case, so they have one spelling: composed, lower case, single spaces.
 * The number of a card (`rfid:74-10-37-94`) is written without separators, as readers write it in
 * every way.
 */
export const tagOf = (text: string): string => {
  const tag = text.normalize('NFC').trim().replace(/\s+/gu, ' ').toLowerCase();
  return tag.startsWith('rfid:') ? tag.replaceAll(/(?<!^rfid)[\s:-]/g, '') : tag;
};

/** In the order given, each once. */
export const tagsFrom = (texts: readonly string[]): string[] => [...new Set(texts.map(tagOf))];
