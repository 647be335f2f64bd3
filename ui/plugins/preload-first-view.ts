import type { Plugin } from 'vite';

/** The entry asks for the first view only once it knows the language; it starts with the page all the same. */
export const preloadFirstView = (): Plugin => ({
  name: 'encore-preload-first-view',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler(_html, { bundle }) {
      const view = Object.keys(bundle ?? {}).find((name) => /\/first-view-[^/]+\.js$/.test(name));
      if (!view) throw new Error('the bundle has no first view to preload');
      const attrs = { rel: 'modulepreload', crossorigin: '', href: `/${view}` };
      return [{ tag: 'link', attrs, injectTo: 'head' }];
    },
  },
});
