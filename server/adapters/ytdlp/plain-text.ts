/** Control characters, and those that turn the direction of writing or are not seen. */
const unseen =
  // oxlint-disable-next-line no-control-regex
  /[\u0000-\u001f\u007f-\u009f\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]+/g;

/** What a site says, as one line of at most so many characters. */
export const plainText = (text: string, charactersMax: number): string => {
  const line = text
    // A title of a megabyte is not looked at to its end.
    .slice(0, charactersMax * 8)
    .replace(unseen, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return line
    .slice(0, charactersMax)
    .toWellFormed()
    .replace(/\ufffd+$/, '')
    .trim();
};
