import type { Plugin } from 'vite';

/** The entry asks for the first view only once it knows the language; all of it starts with the page. */
export const preloadFirstView = (): Plugin => ({
  name: 'encore-preload-first-view',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler(html, { bundle }) {
      const view = Object.values(bundle ?? {}).find(
        (part) => part.type === 'chunk' && part.name === 'first-view',
      );
      if (view?.type !== 'chunk') throw new Error('the bundle has no first view to preload');
      // What it imports would be asked for only when it has come: another way there and back.
      return [view.fileName, ...view.imports]
        .filter((name) => !html.includes(`"/${name}"`))
        .map((name) => {
          const attrs = { rel: 'modulepreload', crossorigin: '', href: `/${name}` };
          return { tag: 'link', attrs, injectTo: 'head' as const };
        });
    },
  },
});
