import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { LongestFirst, listeningFiles, phases } from './tools/test-order.ts';

declare module 'vitest' {
  // eslint-disable-next-line typescript/consistent-type-definitions -- merged into theirs
  interface ProvidedContext {
    effort: number;
  }
}

const server = {
  include: '{server,sounds,tools,systemd,firmware-integrations}/**/*.test.ts',
  // Processes: native modules, signals, whole boxes.
  pool: 'forks',
  // Files one after the other in the same process: most of a small file's time was that of its start.
  isolate: false,
  testTimeout: 20_000,
  hookTimeout: 20_000,
} as const;

const e2e = {
  include: 'ui/e2e/**/*.test.ts',
  // The whole box and a browser each.
  pool: 'forks',
  isolate: false,
  // Axe walks whole pages in both themes; on a busy machine that takes its time.
  testTimeout: 120_000,
  hookTimeout: 120_000,
  expect: { poll: { timeout: 20_000 } },
} as const;

/** A project for what listens to the room, which has a phase of its own, and one for the rest. */
const inPhases = (
  name: string,
  { include, ...kind }: typeof server | typeof e2e,
): TestProjectInlineConfiguration[] => {
  const listening = listeningFiles(include);
  return [
    { test: { ...kind, ...phases.quiet, name, include: [include], exclude: listening } },
    { test: { ...kind, ...phases.listening, name: `${name}-listening`, include: listening } },
  ];
};

export default defineConfig({
  test: {
    // Suites that go on side by side, each with a player and a sound server of its own.
    maxConcurrency: 2,
    sequence: { sequencer: LongestFirst },
    // How often what is left to chance is tried; `npm run proof:faults` has ten times as much.
    provide: { effort: 1 },
    projects: [...inPhases('server', server), ...inPhases('e2e', e2e), 'ui/vitest.*.config.ts'],
    coverage: {
      include: ['server/**/*.ts', 'ui/**/*.ts'],
      exclude: ['**/*.test.ts', 'server/bench/**', 'server/simulation/**', 'ui/e2e/**'],
    },
  },
});
