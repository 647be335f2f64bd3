import type { Plugin } from 'vite';

const literal = /\bcss`([^`]*)`/g;

const tight = (css: string): string =>
  css
    .replaceAll(/\/\*.*?\*\//gs, '')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/ ?([{};,]) ?/g, '$1')
    .replaceAll(';}', '}')
    // After a colon there is a space in declarations and conditions only, never in selectors.
    .replaceAll(': ', ':')
    .replaceAll(/\b0\.(?=\d)/g, '.')
    .replaceAll(' > ', '>')
    .trim();

/** Minifiers leave template strings alone, and a tenth of the script is styles of elements. */
export const minifyCssLiterals = (): Plugin => ({
  name: 'encore-minify-css-literals',
  apply: 'build',
  enforce: 'pre',
  transform(code, id) {
    // Lines and names that nobody reads stand in each of the icons.
    if (id.endsWith('.svg?raw')) {
      const icon = code
        .replaceAll(/\\n\s*/g, ' ')
        .replace(/ class=\\"[^"]*\\"/, ' class=\\"\\"')
        .replace(/ xmlns=\\"[^"]*\\"/, '');
      return { code: icon, map: null };
    }
    if (!id.endsWith('.ts') || !code.includes('css`')) return null;
    return {
      code: code.replaceAll(literal, (_, css: string) => `css\`${tight(css)}\``),
      map: null,
    };
  },
});
