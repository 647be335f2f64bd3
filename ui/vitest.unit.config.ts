import { defineProject } from 'vitest/config';

/** Pure logic, in node. */
export default defineProject({
  root: import.meta.dirname,
  test: {
    name: 'ui-unit',
    environment: 'node',
    // Nothing here leaves anything behind: one process for all takes a sixth of the time.
    isolate: false,
    // As the server's: what shares no process must share its number, or nothing runs on two cores.
    maxWorkers: 2,
    include: ['**/*.test.ts'],
    exclude: ['**/*.browser.test.ts', 'e2e/**', 'dist/**'],
  },
});
