import type { Plugin } from 'vite';

const literal = /\bcss`([^`]*)`/g;

const tight = (css: string): string =>
  css
    .replaceAll(/\/\*.*?\*\//gs, '')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/ ?([{};,]) ?/g, '$1')
    .replaceAll(';}', '}')
    .trim();

/** Minifiers leave template strings alone, and a tenth of the script is styles of elements. */
export const minifyCssLiterals = (): Plugin => ({
  name: 'encore-minify-css-literals',
  apply: 'build',
  enforce: 'pre',
  transform(code, id) {
    if (!id.endsWith('.ts') || !code.includes('css`')) return null;
    return {
      code: code.replaceAll(literal, (_, css: string) => `css\`${tight(css)}\``),
      map: null,
    };
  },
});
