/**
 * Tags are compared without case, so they have one spelling: composed, lower case, single spaces.
 */
export const tagOf = (text: string): string =>
  text.normalize('NFC').trim().replace(/\s+/gu, ' ').toLowerCase();

/** In the order given, each once. */
export const tagsFrom = (texts: readonly string[]): string[] => [...new Set(texts.map(tagOf))];
