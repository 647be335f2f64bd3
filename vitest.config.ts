import { defineConfig } from 'vitest/config';
import { LongestFirst, testWorkers } from './tools/test-order.ts';

declare module 'vitest' {
  // eslint-disable-next-line typescript/consistent-type-definitions -- merged into theirs
  interface ProvidedContext {
    effort: number;
  }
}

export default defineConfig({
  test: {
    // Suites that go on side by side, each with a player and a sound server of its own.
    maxConcurrency: 2,
    sequence: { sequencer: LongestFirst },
    // How often what is left to chance is tried; `npm run proof:faults` has ten times as much.
    provide: { effort: 1 },
    projects: [
      {
        test: {
          name: 'server',
          include: ['{server,sounds,tools,systemd,firmware-integrations}/**/*.test.ts'],
          // Native modules and signals: a process each.
          pool: 'forks',
          maxWorkers: testWorkers,
          testTimeout: 20_000,
          hookTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['ui/e2e/**/*.test.ts'],
          // The whole box and a browser each.
          pool: 'forks',
          maxWorkers: testWorkers,
          // Axe walks whole pages in both themes; on a busy machine that takes its time.
          testTimeout: 120_000,
          hookTimeout: 120_000,
          expect: { poll: { timeout: 20_000 } },
        },
      },
      'ui/vitest.*.config.ts',
    ],
    coverage: {
      include: ['server/**/*.ts', 'ui/**/*.ts'],
      exclude: ['**/*.test.ts', 'server/bench/**', 'server/simulation/**', 'ui/e2e/**'],
    },
  },
});
