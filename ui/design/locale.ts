/** What a page in English or German writes dates and numbers by; the entry has set its language. */
const locales: Readonly<Record<string, string>> = { en: 'en-GB', de: 'de-DE' };

const root: HTMLElement | undefined = globalThis.document?.documentElement;

/** A BCP 47 tag for Intl. */
export const locale: string = locales[root?.lang ?? 'en'] ?? 'en-GB';
