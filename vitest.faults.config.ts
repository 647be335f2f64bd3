import { defineConfig } from 'vitest/config';

/** `npm run proof:faults`: what `npm test` tries a few times, ten times as often. */
export default defineConfig({
  test: {
    name: 'faults',
    include: [
      'server/{faults,fuzz}/**/*.test.ts',
      'server/adapters/mqtt/malformed-packets.test.ts',
      'server/playlists/m3u.test.ts',
      'server/bindings/matcher.test.ts',
    ],
    pool: 'forks',
    maxWorkers: 1,
    reporters: ['verbose'],
    provide: { effort: 10 },
  },
});
