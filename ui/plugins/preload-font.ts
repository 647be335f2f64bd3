import type { Plugin } from 'vite';

/** The one first-view font starts with the page instead of after the stylesheet. */
export const preloadFont = (): Plugin => ({
  name: 'encore-preload-font',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler(_html, { bundle }) {
      const font = Object.keys(bundle ?? {}).find((name) => name.endsWith('.woff2'));
      if (!font) throw new Error('the bundle has no font to preload');
      const attrs = { rel: 'preload', as: 'font', type: 'font/woff2', crossorigin: '' };
      return [{ tag: 'link', attrs: { ...attrs, href: `/${font}` }, injectTo: 'head-prepend' }];
    },
  },
});
