import { msg, str } from '@lit/localize';
import { saidWords } from '../languages/server-words.ts';

type Plain = { says: RegExp; words: (limit: string) => string };

/** What the schemas say where nobody gave them words: for programs, and not for who filled a form in. */
const plain: readonly Plain[] = [
  { says: /^Too small: .+ to have >=1 (?:characters|items)$/, words: () => msg('this is missing') },
  {
    says: /^Too small: .+ to have >=(\d+) characters$/,
    words: (least) => saidWords(`use at least ${least} characters`),
  },
  {
    says: /^Too big: .+ to have <=(\d+) characters$/,
    words: (most) => saidWords(`use at most ${most} characters`),
  },
  {
    says: /^Too small: .+ >=(-?[\d.]+)(?: items)?$/,
    words: (least) => msg(str`at least ${least}`),
  },
  { says: /^Too small: .+ >(-?[\d.]+)$/, words: (bound) => msg(str`more than ${bound}`) },
  { says: /^Too big: .+ <=(-?[\d.]+)(?: items)?$/, words: (most) => saidWords(`at most ${most}`) },
  { says: /^Invalid email address$/, words: () => msg('this is no e-mail address') },
  { says: /^Invalid URL$/, words: () => msg('this is no link') },
  { says: /^Invalid input: .+ received (?:undefined|null)$/, words: () => msg('this is missing') },
  { says: /^Invalid |^Unrecognized key/, words: () => msg('this cannot be taken') },
];

/** What is wrong with a field, for who filled it in. */
export const fieldWords = (message: string): string => {
  for (const { says, words } of plain) {
    const found = says.exec(message);
    if (found) return words(found[1] ?? '');
  }
  return saidWords(message);
};
