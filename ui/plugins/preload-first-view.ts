import type { Plugin } from 'vite';

/**
 * The entry asks for the first view only once it knows the language; all of it starts with the page.
 * What comes after it is named, for the page to have it fetched as soon as the first view runs.
 */
export const preloadFirstView = (): Plugin => ({
  name: 'encore-preload-first-view',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler(html, { bundle }) {
      const chunks = Object.values(bundle ?? {}).filter((part) => part.type === 'chunk');
      const view = chunks.find(({ name }) => name === 'first-view');
      if (!view) throw new Error('the bundle has no first view to preload');
      const second = chunks.find(({ name }) => name === 'second-view');
      if (!second) throw new Error('the bundle has no second view');
      // What it imports would be asked for only when it has come: another way there and back.
      const first = [view.fileName, ...view.imports]
        .filter((name) => !html.includes(`"/${name}"`))
        .map((name) => {
          const attrs = { rel: 'modulepreload', crossorigin: '', href: `/${name}` };
          return { tag: 'link', attrs, injectTo: 'head' as const };
        });
      const attrs = { name: 'second-view', content: `/${second.fileName}` };
      return [...first, { tag: 'meta', attrs, injectTo: 'head' as const }];
    },
  },
});
