import { configureLocalization } from '@lit/localize/init/runtime.js';
import { generateMsgId } from '@lit/localize/internal/id-generation.js';
import type { LocaleModule, StrResult } from '@lit/localize';

/** English → another language; `{0}`, `{1}` … stand for what is put in, in any order. */
export type Messages = Readonly<Record<string, string>>;

/** A language: what the page's own messages are in it, and what sentences of the server are. */
export type Table = {
  messages: Messages;
  /** By a name: what `serverWords` asks for, and what has an `id` where it is said. */
  named: Messages;
  /** What the server says in sentences that have no name, by these: what `saidWords` asks for. */
  said: Messages;
};

const places = /\{(\d)\}/;

const idOf = (english: string): string =>
  generateMsgId(
    english.split(places).filter((_, at) => at % 2 === 0),
    false,
  );

const templateOf = (words: string): string | StrResult => {
  const parts = words.split(places);
  if (parts.length === 1) return words;
  const strings = parts.filter((_, at) => at % 2 === 0);
  const values = parts.filter((_, at) => at % 2 === 1).map(Number);
  return { strTag: true, strings: strings as unknown as TemplateStringsArray, values };
};

/** As the library wants it: by ids that it makes of the English words. */
export const templatesOf = ({ messages, named, said }: Table): LocaleModule['templates'] => ({
  ...Object.fromEntries(
    Object.entries(messages).map(([english, words]) => [idOf(english), templateOf(words)]),
  ),
  ...named,
  ...Object.fromEntries(
    Object.entries(said).map(([english, words]) => [`said.${english}`, templateOf(words)]),
  ),
});

/** From now on every message is said in this language, by the page and by what installs it. Once a page. */
export const speak = async (language: string, table: Table): Promise<void> => {
  await configureLocalization({
    sourceLocale: 'en',
    targetLocales: [language],
    loadLocale: async () => ({ templates: templatesOf(table) }),
  }).setLocale(language);
  document.documentElement.lang = language;
  const manifest = document.querySelector<HTMLLinkElement>('link[rel=manifest]');
  if (manifest) manifest.href = `/manifest.${language}.webmanifest`;
};
