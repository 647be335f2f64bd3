import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.ts';

export type Mosquitto = {
  readonly port: number;
  readonly url: string;
  /** Process id, while it runs. */
  pid(): number | undefined;
  /** Again on the same port, with nothing kept. */
  start(): Promise<void>;
  /** SIGKILL: no goodbye to anybody. */
  kill(): Promise<void>;
  /** SIGSTOP: connections stay open and nothing is answered. */
  freeze(): void;
  thaw(): void;
  remove(): Promise<void>;
};

const answers = async (port: number): Promise<boolean> => {
  const probe = connect(port, '127.0.0.1');
  const open = await once(probe, 'connect').then(
    () => true,
    () => false,
  );
  probe.destroy();
  return open;
};

/** A real broker of somebody else on loopback, without persistence. */
export const startMosquitto = async (
  options: {
    /** user → password; left out: everybody. */
    users?: Record<string, string>;
    /** Lines of its ACL file. */
    acl?: string;
  } = {},
): Promise<Mosquitto> => {
  const dir = mkdtempSync(join(tmpdir(), 'encore-mosquitto-'));
  const port = await freePort();
  const passwords = join(dir, 'passwords');
  const lines = [`listener ${port} 127.0.0.1`, 'persistence false'];
  if (options.users) {
    writeFileSync(passwords, '', { mode: 0o700 });
    for (const [name, password] of Object.entries(options.users)) {
      execFileSync('mosquitto_passwd', ['-b', passwords, name, password], { stdio: 'ignore' });
    }
    lines.push(`password_file ${passwords}`);
  } else lines.push('allow_anonymous true');
  if (options.acl !== undefined) {
    writeFileSync(join(dir, 'acl'), options.acl, { mode: 0o700 });
    lines.push(`acl_file ${join(dir, 'acl')}`);
  }
  // It drops root's rights, and must still be able to read.
  if (process.getuid?.() === 0) lines.push('user root');
  writeFileSync(join(dir, 'mosquitto.conf'), `${lines.join('\n')}\n`);
  let child: ChildProcess | undefined;

  const start = async () => {
    child = spawn('mosquitto', ['-c', join(dir, 'mosquitto.conf')], {
      stdio: 'ignore',
      env: { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin` },
    });
    while (!(await answers(port))) {
      if (child.exitCode !== null) throw new Error(`mosquitto ended with ${child.exitCode}`);
      await sleep(10);
    }
  };

  const kill = async () => {
    const running = child;
    child = undefined;
    if (!running || running.exitCode !== null) return;
    const gone = once(running, 'exit');
    running.kill('SIGKILL');
    await gone;
  };

  await start();
  return {
    port,
    url: `mqtt://127.0.0.1:${port}`,
    pid: () => child?.pid,
    start,
    kill,
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
    async remove() {
      await kill();
      rmSync(dir, { recursive: true, force: true });
    },
  };
};
