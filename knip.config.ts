import type { KnipConfig } from 'knip';

export default {
  entry: [
    'server/{main,player-main,launcher,cli}.ts',
    'server/adapters/vlc/build-mixer.mjs',
    'server/bench/*.ts',
    'ui/e2e/**/*.ts',
    'ui/vite.config.ts',
    'sounds/**/*.{ts,mjs}',
    'tools/*.{ts,mjs}',
  ],
  project: ['{server,ui,tools,sounds}/**/*.{ts,mjs}', '!ui/dist/**'],
  vitest: { config: ['vitest.config.ts', 'ui/vitest*.config.ts'] },
  // Programs of the system, not of a package.
  ignoreBinaries: ['dpkg-query'],
} satisfies KnipConfig;
