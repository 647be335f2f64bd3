import { msg } from '@lit/localize';

/** What the server said, in the language of the page where that knows the sentence by its name. */
export const serverWords = (name: string, sentence: string): string => msg(sentence, { id: name });
