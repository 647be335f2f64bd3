import { expect, test } from 'vitest';
import { languageFor } from './language.ts';

test.each([
  [['de-AT', 'en'], 'de'],
  [['fr-FR', 'de', 'en'], 'de'],
  [['en-US', 'de'], 'en'],
  [['EN'], 'en'],
  [['fr'], 'en'],
  [[], 'en'],
])('a browser that wishes for %o gets %s', (wishes, language) => {
  expect(languageFor('system', wishes)).toBe(language);
});

test('a choice is stronger than the browser', () => {
  expect(languageFor('en', ['de'])).toBe('en');
  expect(languageFor('de', ['en'])).toBe('de');
});
