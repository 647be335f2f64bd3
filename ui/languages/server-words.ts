import { msg, type StrResult } from '@lit/localize';

/** What the server said, in the language of the page where that knows the sentence by its name. */
export const serverWords = (name: string, sentence: string): string => msg(sentence, { id: name });

/** Numbers, what is quoted, and codes of the system: they differ from one saying to the next. */
const putIn = /(\b\d+\b|"[^"]*"|(?<=\()[A-Z]+(?=\)))/;

const partsOf = (sentence: string): StrResult & { name: string } => {
  const parts = sentence.split(putIn);
  const strings = parts.filter((_, at) => at % 2 === 0);
  return {
    strTag: true,
    strings: strings as unknown as TemplateStringsArray,
    values: parts.filter((_, at) => at % 2 === 1),
    name: strings.reduce((before, after, at) => `${before}{${at - 1}}${after}`),
  };
};

/** By which a sentence stands in a table of `said`: with `{0}` for what is put in. */
export const nameOfSaid = (sentence: string): string => partsOf(sentence).name;

/** The same of a sentence that has no name. */
export const saidWords = (sentence: string): string => {
  const parts = partsOf(sentence);
  return msg(parts, { id: `said.${parts.name}` });
};
