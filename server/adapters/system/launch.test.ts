import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { identify } from './process-identity.ts';
import { readPidFile } from './pid-file.ts';

let folder: string;
let launchers: ChildProcess[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'encore-launch-'));
  launchers = [];
});
afterEach(() => {
  for (const { pid } of readPidFile(join(folder, 'launcher.pid'))?.children ?? []) {
    if (identify(pid)) process.kill(pid, 'SIGKILL');
  }
  for (const launcher of launchers) launcher.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

/** Said when the handlers are there, so that a signal after it meets them. */
const wellBehaved = `
  process.on('SIGTERM', () => { note('stops'); process.exit(0); });
  setInterval(() => {}, 1000);
  starts();`;

/** A child is a tiny program that notes in one common file what happens to it. */
const child = (name: string, body: string) => {
  const file = join(folder, `${name}.mjs`);
  const notes = JSON.stringify(join(folder, 'notes'));
  writeFileSync(
    file,
    `import { appendFileSync, readFileSync } from 'node:fs';
     const note = (line) => appendFileSync(${notes}, ${JSON.stringify(name)} + ' ' + line + '\\n');
     const starts = () => note('starts ' + process.pid);
     ${body}`,
  );
  return { name, command: process.execPath, args: [file] };
};

const start = (children: object[], limits: object = {}) => {
  const program = join(folder, 'launcher.ts');
  const at = (file: string) => JSON.stringify(join(import.meta.dirname, file));
  writeFileSync(
    program,
    `import { launch } from ${at('launch.ts')};
     import { defaultLimits } from ${at('supervised-child.ts')};
     process.exitCode = await launch({
       children: ${JSON.stringify(children)}, dataDir: ${JSON.stringify(folder)},
       limits: { ...defaultLimits, ...${JSON.stringify(limits)} },
       say: (line) => process.stderr.write(line + '\\n'),
     });`,
  );
  const launcher = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'pipe'] });
  launchers.push(launcher);
  const said = { text: '' };
  launcher.stderr.on('data', (chunk: Buffer) => (said.text += chunk.toString()));
  const ended = new Promise<{ code: number | null; text: string }>((done) => {
    launcher.once('close', (code) => done({ code, text: said.text }));
  });
  return { launcher, ended, said };
};

const notes = () => {
  const file = join(folder, 'notes');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
};
const starts = (name: string) => notes().filter((line) => line.startsWith(`${name} starts`));
const pidOf = (name: string) => Number(starts(name).at(-1)?.split(' ')[2]);
const until = (check: () => void) => vi.waitFor(check, { timeout: 8_000, interval: 20 });
const withoutPids = () => notes().map((line) => line.replace(/ \d+$/, ''));

describe('launcher', () => {
  test('starts in order, stops the server before the player, leaves nothing', async () => {
    const { launcher, ended } = start([child('server', wellBehaved), child('player', wellBehaved)]);
    await until(() => expect(notes()).toHaveLength(2));
    const pids = [pidOf('server'), pidOf('player')];
    launcher.kill('SIGINT');
    launcher.kill('SIGINT');
    launcher.kill('SIGTERM');
    expect(await ended).toEqual({ code: 0, text: '' });
    expect(notes().slice(2)).toEqual(['server stops', 'player stops']);
    expect(pids.map(identify)).toEqual([null, null]);
    expect(existsSync(join(folder, 'launcher.pid'))).toBe(false);
  });

  test('a killed child comes back after 0.2 s, the other one is not touched', async () => {
    const { launcher, ended } = start([child('server', wellBehaved), child('player', wellBehaved)]);
    await until(() => expect(notes()).toHaveLength(2));
    const server = pidOf('server');
    process.kill(pidOf('player'), 'SIGKILL');
    await until(() => expect(starts('player')).toHaveLength(2));
    expect(pidOf('server')).toBe(server);
    launcher.kill('SIGTERM');
    const { code, text } = await ended;
    expect(code).toBe(0);
    expect(text).toBe('the player was ended by SIGKILL; it starts again in 0.2 s\n');
  });

  test('a child that crashes again and again is started again ever more slowly', async () => {
    const { launcher, ended } = start([child('server', 'starts(); process.exit(1);')], {
      restartDelaysMs: [10, 20, 40],
    });
    await until(() => expect(starts('server').length).toBeGreaterThanOrEqual(5));
    launcher.kill('SIGTERM');
    const { code, text } = await ended;
    expect(code).toBe(0);
    expect(text.split('\n').slice(0, 4)).toEqual([
      'the server ended with code 1; it starts again in 0.01 s',
      'the server ended with code 1; it starts again in 0.02 s',
      'the server ended with code 1; it starts again in 0.04 s',
      'the server ended with code 1; it starts again in 0.04 s',
    ]);
  });

  test('a child that cannot start ends everything with its code', async () => {
    const { ended } = start([
      child(
        'server',
        `starts();
         const others = () => readFileSync(${JSON.stringify(join(folder, 'notes'))}, 'utf8');
         setInterval(() => { if (others().includes('player starts')) process.exit(78); }, 20);`,
      ),
      child('player', wellBehaved),
    ]);
    expect(await ended).toEqual({ code: 78, text: '' });
    expect(withoutPids().toSorted()).toEqual(['player starts', 'player stops', 'server starts']);
    expect(identify(pidOf('player'))).toBeNull();
  });

  test('one that has run well before is tried again whatever its code', async () => {
    const { launcher, ended } = start(
      [child('server', 'starts(); setTimeout(() => process.exit(78), 200);')],
      {
        settledMs: 100,
        restartDelaysMs: [10],
      },
    );
    await until(() => expect(starts('server').length).toBeGreaterThanOrEqual(3));
    launcher.kill('SIGTERM');
    expect((await ended).code).toBe(0);
  });

  test('a child that does not stop is killed with its own children, and the exit code tells', async () => {
    const stubborn = child(
      'server',
      `import('node:child_process').then(({ spawn }) => {
         const sleeper = spawn('sleep', ['60']);
         note('has ' + sleeper.pid);
       });
       process.on('SIGTERM', () => note('ignores')); setInterval(() => {}, 1000); starts();`,
    );
    const { launcher, ended } = start([stubborn, child('player', wellBehaved)], {
      stopTimeoutMs: 200,
    });
    await until(() => expect(notes()).toHaveLength(3));
    const sleeper = Number(
      notes()
        .find((line) => line.includes('has'))
        ?.split(' ')[2],
    );
    launcher.kill('SIGTERM');
    const { code, text } = await ended;
    expect(code).toBe(1);
    expect(text).toBe('the server did not stop in 0.2 s and was killed\n');
    expect(notes().slice(3)).toEqual(['server ignores', 'player stops']);
    await until(() => expect(identify(sleeper)).toBeNull());
  });

  test('what a killed launcher left is ended at the next start', async () => {
    const children = [child('server', wellBehaved), child('player', wellBehaved)];
    const first = start(children);
    await until(() => expect(notes()).toHaveLength(2));
    const left = [pidOf('server'), pidOf('player')];
    await until(() => expect(readPidFile(join(folder, 'launcher.pid'))?.children).toHaveLength(2));
    first.launcher.kill('SIGKILL');
    await until(() => expect(first.launcher.signalCode).toBe('SIGKILL'));
    expect(left.map((pid) => identify(pid)?.pid)).toEqual(left);

    const second = start(children);
    await until(() => expect(starts('player')).toHaveLength(2));
    expect(left.map(identify)).toEqual([null, null]);
    second.launcher.kill('SIGTERM');
    const { code, text } = await second.ended;
    expect(code).toBe(0);
    expect(text).toBe(
      `ending the server that an earlier start left running (process ${left[0]})\n` +
        `ending the player that an earlier start left running (process ${left[1]})\n`,
    );
  });

  test('a pid that belongs to somebody else now is left alone', async () => {
    const stranger = spawn('sleep', ['60']);
    const known = identify(stranger.pid ?? 0);
    if (!known) throw new Error('the stranger did not start');
    const earlier = { ...known, startTicks: known.startTicks - 1 };
    const content = { launcher: earlier, children: [{ name: 'server', ...earlier }] };
    writeFileSync(join(folder, 'launcher.pid'), JSON.stringify(content));
    const { launcher, ended } = start([child('player', wellBehaved)]);
    await until(() => expect(notes()).toHaveLength(1));
    launcher.kill('SIGTERM');
    expect(await ended).toEqual({ code: 0, text: '' });
    expect(identify(known.pid)).toEqual(known);
    stranger.kill('SIGKILL');
  });

  test('a second launcher over the same data folder is refused', async () => {
    const children = [child('server', wellBehaved)];
    const first = start(children);
    await until(() => expect(notes()).toHaveLength(1));
    const second = await start(children).ended;
    expect(second.code).toBe(78);
    expect(second.text).toContain(`Encore is running already in ${folder}`);
    expect(starts('server')).toHaveLength(1);
    first.launcher.kill('SIGTERM');
    expect((await first.ended).code).toBe(0);
  });

  test('a data folder that cannot be made is one sentence', async () => {
    appendFileSync(join(folder, 'file'), '');
    const program = join(folder, 'launcher.ts');
    writeFileSync(
      program,
      `import { launch } from ${JSON.stringify(join(import.meta.dirname, 'launch.ts'))};
       import { defaultLimits } from ${JSON.stringify(join(import.meta.dirname, 'supervised-child.ts'))};
       process.exitCode = await launch({ children: [], dataDir: '${folder}/file/data',
         limits: defaultLimits, say: (line) => process.stderr.write(line + '\\n') });`,
    );
    const run = spawnSync(process.execPath, [program], { encoding: 'utf8' });
    expect(run.status).toBe(78);
    expect(run.stderr).toMatch(/^the data folder .*\/file\/data cannot be written: ENOTDIR/);
  });

  test('a program that is not there is tried again and can be stopped', async () => {
    const nowhere = { name: 'server', command: '/nowhere/node', args: [] };
    const { launcher, ended, said } = start([nowhere]);
    await until(() => expect(said.text).toContain('did not start'));
    launcher.kill('SIGTERM');
    const { code, text } = await ended;
    expect(code).toBe(0);
    expect(text).toContain('the server did not start (spawn /nowhere/node ENOENT)');
  });
});
