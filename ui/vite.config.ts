import { defineConfig } from 'vite';
import { checkBudget } from './plugins/check-budget.ts';
import { checkChunks } from './plugins/check-chunks.ts';
import { minifyCssLiterals } from './plugins/minify-css-literals.ts';
import { precompress } from './plugins/precompress.ts';
import { preloadFirstView } from './plugins/preload-first-view.ts';
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
      // Of the translations English needs no more than the function that gives back what it gets.
      treeshake: { moduleSideEffects: [{ test: /\/@lit\/localize\//, sideEffects: false }] },
      output: {
        // What the first view needs is one chunk: each module that a page shares with it would be a
        // chunk of its own otherwise, and many small files compress worse and are asked for singly.
        // The entry stands before it and must not wait for it: what both need is the entry's.
        codeSplitting: {
          groups: [
            {
              name: 'entry',
              test: /\/ui\/app\/entry\.ts$|\/ui\/api\/early\.ts$|\/ui\/design\/remembered\.ts$|@lit\/localize\/(?:lit-localize|init\/install)\.js$|preload-helper|rolldown\/runtime/,
              priority: 2,
            },
            { name: 'first-view', test: /\/ui\/app\/main\.ts$/, priority: 1 },
            // What stands around the pads comes at once, too: two dozen small files cost more than one.
            { name: 'second-view', test: /\/ui\/app\/second-view\.ts$/ },
          ],
        },
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
    preloadFirstView(),
    checkChunks(),
    serviceWorker(),
    precompress(),
    checkBudget(),
  ],
});
