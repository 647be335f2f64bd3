import { recallOneOf, remember } from '../design/remembered.ts';

/** What Encore speaks, English first: it needs no table. */
export const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];

/** Each by its own name, so that it is found by who reads no other. */
export const languageNames: Readonly<Record<Language, string>> = { en: 'English', de: 'Deutsch' };

export const languageChoices = ['system', ...languages] as const;
export type LanguageChoice = (typeof languageChoices)[number];

export const languageChoice = (): LanguageChoice =>
  recallOneOf('language', languageChoices, 'system');

/** What was chosen, or else the first of the browser's languages that Encore speaks. */
export const languageFor = (choice: LanguageChoice, wishes: readonly string[]): Language => {
  if (choice !== 'system') return choice;
  const spoken = wishes.map((wish) => wish.toLowerCase().split('-')[0]);
  return spoken.flatMap((wish) => languages.filter((one) => one === wish))[0] ?? 'en';
};

/** Words are fixed when the page's code is loaded: another language means another page. */
export const chooseLanguage = (choice: LanguageChoice): void => {
  remember('language', choice === 'system' ? null : choice);
  location.reload();
};
