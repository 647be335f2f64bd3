import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'encore-log-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** The log belongs to a process (its stdout, its exit), so each test is one. */
const run = (body: string, options: Record<string, unknown> = {}) => {
  const file = join(folder, 'program.ts');
  const settings = { level: 'info', name: 'app', dir: join(folder, 'logs'), ...options };
  writeFileSync(
    file,
    `import { createLog } from ${JSON.stringify(join(import.meta.dirname, 'log.ts'))};
     const log = createLog(${JSON.stringify(settings)});
     ${body}`,
  );
  return spawnSync(process.execPath, [file], { encoding: 'utf8' });
};

const linesOf = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('log', () => {
  test('without a terminal prints JSON lines, the same as in app.log', () => {
    const { stdout, status } = run(`log.info({ port: 8000 }, 'listening'); log.debug('unheard');`);
    expect(status).toBe(0);
    const [line, ...rest] = linesOf(stdout);
    expect(rest).toEqual([]);
    expect(line).toMatchObject({ level: 30, name: 'app', port: 8000, msg: 'listening' });
    expect(line?.['time']).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
    expect(readFileSync(join(folder, 'logs', 'app.log'), 'utf8')).toBe(stdout);
  });

  test('what was said last before an exit or a crash is in the file', () => {
    run(`log.info('one'); log.fatal('two'); process.exit(3);`);
    run(`log.info('three'); throw new Error('bug');`);
    const messages = linesOf(readFileSync(join(folder, 'logs', 'app.log'), 'utf8'));
    expect(messages.map((line) => line['msg'])).toEqual(['one', 'two', 'three']);
  });

  test('secrets are not written, however they come along', () => {
    const { stdout } = run(`
      log.info({ password: 'hush', token: 'hush', jwtSecret: 'hush' });
      log.info({ user: { password: 'hush', accessToken: 'hush' } });
      log.info({ req: { headers: { authorization: 'hush', cookie: 'hush' } } });
      log.info({ res: { headers: { 'set-cookie': ['hush'] } }, body: { setupCode: 'hush' } });`);
    expect(stdout).not.toContain('hush');
    expect(stdout.match(/\[redacted\]/g)).toHaveLength(9);
  });

  test('under systemd, with no folder, only prints', () => {
    const { stdout } = run(`log.warn('x');`, { dir: null });
    expect(linesOf(stdout)).toHaveLength(1);
    expect(readdirSync(folder)).toEqual(['program.ts']);
  });

  test('rotates by size and keeps a few', () => {
    const { status } = run(
      `for (let i = 0; i < 40; i++) { log.info({ i }, 'x'.repeat(200)); await new Promise((done) => setTimeout(done, 5)); }`,
      { fileBytesMax: 2_000, filesKept: 2 },
    );
    expect(status).toBe(0);
    expect(readdirSync(join(folder, 'logs')).toSorted()).toEqual([
      'app.1.log',
      'app.2.log',
      'app.log',
    ]);
    const kept = ['app.2.log', 'app.1.log', 'app.log'].flatMap((name) => {
      const text = readFileSync(join(folder, 'logs', name), 'utf8');
      return text === '' ? [] : linesOf(text).map((line) => line['i'] as number);
    });
    expect(kept).toEqual(Array.from({ length: kept.length }, (_, at) => 40 - kept.length + at));
    expect(kept.length).toBeGreaterThan(10);
  });
});
