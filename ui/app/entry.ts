import { askEarly } from '../api/early.ts';
import { languageChoice, languageFor, type Language } from '../languages/language.ts';
import type { Table } from '../languages/speak.ts';

const tables: Readonly<Record<Exclude<Language, 'en'>, () => Promise<Table>>> = {
  de: async () => {
    const [pages, server] = await Promise.all([
      import('../languages/german.ts'),
      import('../languages/german-server.ts'),
    ]);
    return { ...pages, ...server };
  },
};

/** Before the app, whose constants are words already. Without its table the page is in English. */
const speakChosen = async (): Promise<void> => {
  const language = languageFor(languageChoice(), navigator.languages);
  if (language === 'en') return;
  try {
    const [{ speak }, table] = await Promise.all([
      import('../languages/speak.ts'),
      tables[language](),
    ]);
    await speak(language, table);
  } catch {
    // The table did not come: a page in English is better than none.
  }
};

askEarly();
void speakChosen().then(() => import('./main.ts'));
