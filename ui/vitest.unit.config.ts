import { defineProject } from 'vitest/config';

/** Pure logic, in node. */
export default defineProject({
  root: import.meta.dirname,
  test: {
    name: 'ui-unit',
    environment: 'node',
    include: ['**/*.test.ts'],
    exclude: ['**/*.browser.test.ts', 'e2e/**', 'dist/**'],
  },
});
