import { chromium } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { route } from '../../kernel/door.ts';
import { openHttpDoor, type OpenDoor } from '../testing/open-http-door.ts';
import { contentSecurityPolicy } from './arrival.ts';

let open: OpenDoor;
beforeAll(async () => {
  open = await openHttpDoor([
    route({
      method: 'GET',
      path: '/gong',
      summary: 'Rings it',
      access: { role: 'nobody', scope: 'read' },
      answers: { 204: { description: 'Rung', schema: null } },
      handle: () => ({ status: 204 }),
    }),
  ]);
});
afterAll(() => open.close());

it('the page shows every operation, from this machine alone', async () => {
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  });
  try {
    const page = await browser.newPage();
    const faults: string[] = [];
    const asked = new Set<string>();
    page.on(
      'console',
      (line) => line.type() === 'error' && faults.push(`${line.text()} ${line.location().url}`),
    );
    page.on('request', (request) => asked.add(new URL(request.url()).origin));
    await page.goto(`${open.origin}/api/docs`);
    await page.getByText('Rings it').waitFor();
    expect(faults.filter((text) => !text.endsWith('/icon.svg'))).toEqual([]);
    // Pictures of its own come as data.
    expect([...asked].filter((origin) => origin !== 'null')).toEqual([open.origin]);
  } finally {
    await browser.close();
  }
});

it('has a policy of its own, and leaves the app’s as strict as it is', async () => {
  const policyOf = async (path: string) =>
    (await fetch(open.origin + path)).headers.get('content-security-policy');
  expect(await policyOf('/api/docs/')).toContain("style-src 'self' 'unsafe-inline'");
  expect(await policyOf('/healthz')).toBe(contentSecurityPolicy);
});

it('knows only its own files', async () => {
  expect((await fetch(`${open.origin}/api/docs/package.json`)).status).toBe(404);
});
