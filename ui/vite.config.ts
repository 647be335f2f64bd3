import { defineConfig } from 'vite';
import { checkBudget } from './plugins/check-budget.ts';
import { checkChunks } from './plugins/check-chunks.ts';
import { minifyCssLiterals } from './plugins/minify-css-literals.ts';
import { precompress } from './plugins/precompress.ts';
import { preloadFont } from './plugins/preload-font.ts';
import { serviceWorker } from './plugins/service-worker.ts';

const server = `http://127.0.0.1:${process.env['PORT'] ?? 8000}`;

export default defineConfig({
  root: import.meta.dirname,
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    // Fonts and icons stay files: data: URLs would need a looser content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // What the first view needs is one chunk: each module that a page shares with it would be a
        // chunk of its own otherwise, and many small files compress worse and are asked for singly.
        codeSplitting: { groups: [{ name: 'first-view', test: /\/ui\/app\/main\.ts$/ }] },
      },
    },
  },
  server: {
    host: '127.0.0.1',
    port: 8001,
    strictPort: true,
    // Not all of /api: the UI's own modules in ui/api/ are served below it.
    proxy: { '^/(api/(v1|docs)|readyz)': { target: server, ws: true } },
  },
  plugins: [
    minifyCssLiterals(),
    preloadFont(),
    checkChunks(),
    serviceWorker(),
    precompress(),
    checkBudget(),
  ],
});
