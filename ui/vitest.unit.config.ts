import { defineProject } from 'vitest/config';
import { phases } from '../tools/test-order.ts';

/** Pure logic, in node. */
export default defineProject({
  root: import.meta.dirname,
  test: {
    name: 'ui-unit',
    environment: 'node',
    // Nothing here leaves anything behind: one process for all takes a sixth of the time.
    isolate: false,
    ...phases.quiet,
    include: ['**/*.test.ts'],
    exclude: ['**/*.browser.test.ts', 'e2e/**', 'dist/**'],
  },
});
