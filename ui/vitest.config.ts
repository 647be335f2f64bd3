import { defineConfig } from 'vitest/config';

/** `vitest -c ui/vitest.config.ts` runs the UI alone; the root lists the same two files. */
export default defineConfig({
  root: import.meta.dirname,
  test: { projects: ['vitest.unit.config.ts', 'vitest.browser.config.ts'] },
});
