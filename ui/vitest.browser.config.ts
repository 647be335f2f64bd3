import { playwright } from '@vitest/browser-playwright';
import { defineProject } from 'vitest/config';
import { phases } from '../tools/test-order.ts';

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Elements, in the system's own Chromium. */
export default defineProject({
  root: import.meta.dirname,
  optimizeDeps: {
    // Found late they would reload the page in the middle of a test.
    include: [
      '@lit/localize',
      '@lit/localize/init/runtime.js',
      '@lit/localize/internal/id-generation.js',
      'axe-core',
      'lit',
      'lit/decorators.js',
      'lit/directive.js',
      'lit/directives/live.js',
      'lit/directives/repeat.js',
      '@preact/signals-core',
    ],
  },
  test: {
    name: 'ui-browser',
    ...phases.elements,
    isolate: false,
    include: ['**/*.browser.test.ts'],
    setupFiles: ['testing/page.ts'],
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({
        launchOptions: { executablePath: '/usr/bin/chromium-headless-shell', args },
      }),
      instances: [{ browser: 'chromium', viewport: { width: 1280, height: 800 } }],
    },
  },
});
