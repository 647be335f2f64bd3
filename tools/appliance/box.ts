import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { run, type Ran } from './shell.ts';

const bootTimeoutMs = 120_000;
const stopTimeoutMs = 60_000;
const nspawn = [
  // A tree of its own, also where this machine still has cgroups of version 1.
  'SYSTEMD_NSPAWN_UNIFIED_HIERARCHY=1',
  'systemd-nspawn',
  '--quiet',
  '--boot',
  '--register=no',
  '--keep-unit',
  '--machine=encore-box',
  // As on a box of its own, where systemd sets up the firewall of a unit.
  '--system-call-filter=bpf',
  '--capability=CAP_BPF,CAP_NET_ADMIN,CAP_PERFMON',
] as const;

export type Box = {
  /** Where its `/` is on this machine. */
  readonly root: string;
  boot(): Promise<void>;
  /** As from its own console. */
  reboot(): Promise<void>;
  /** Runs a program there, as root. */
  command(...argv: readonly string[]): Promise<Ran>;
  /** The same for one that must succeed; its output. @throws Error with its words */
  must(...argv: readonly string[]): Promise<string>;
  put(path: string, text: string): void;
  stop(): Promise<void>;
};

/** Resolves once `is` says so. @throws Error after the time */
export const until = async (
  what: string,
  timeoutMs: number,
  is: () => boolean | Promise<boolean>,
): Promise<void> => {
  const deadline = performance.now() + timeoutMs;
  while (!(await is())) {
    if (performance.now() > deadline) throw new Error(`${what}: not within ${timeoutMs / 1000} s`);
    await sleep(50);
  }
};

/** A Debian of its own: systemd as process 1, in the network of this process. */
export const unpackBox = async (image: string, root: string): Promise<Box> => {
  rmSync(root, { recursive: true, force: true });
  mkdirSync(root, { recursive: true });
  const unpacked = await run('tar', ['-xf', image, '-C', root]);
  if (unpacked.code !== 0) throw new Error(unpacked.stderr);
  let container: ChildProcess | undefined;
  let console = '';

  /** Process 1 of the box; none while it boots anew. */
  const leader = (): string | undefined => {
    const pid = container?.pid;
    if (pid === undefined || container?.exitCode !== null) return undefined;
    try {
      const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
      return children.split(' ').find(Boolean);
    } catch {
      return undefined;
    }
  };

  const command = (...argv: readonly string[]): Promise<Ran> => {
    const pid = leader();
    if (pid === undefined) {
      return Promise.resolve({ code: -1, stdout: '', stderr: 'the box does not run' });
    }
    const environment = ['PATH=/usr/sbin:/usr/bin:/sbin:/bin', 'LANG=C.UTF-8', 'HOME=/root'];
    const unattended = 'DEBIAN_FRONTEND=noninteractive';
    return run('nsenter', [
      '-t',
      pid,
      '-a',
      '--',
      'env',
      '-i',
      ...environment,
      unattended,
      ...argv,
    ]);
  };

  const must = async (...argv: readonly string[]): Promise<string> => {
    const { code, stdout, stderr } = await command(...argv);
    if (code !== 0) throw new Error(`${argv.join(' ')} (${code}): ${stderr || stdout}`);
    return stdout;
  };

  const isUp = async () => {
    if (container?.exitCode !== null) throw new Error(`the box does not boot:\n${console}`);
    const { stdout } = await command('systemctl', 'is-system-running');
    return ['running', 'degraded'].includes(stdout.trim());
  };

  const boot = async () => {
    container = spawn('env', [...nspawn, '-D', root], { stdio: ['ignore', 'pipe', 'pipe'] });
    const listen = (chunk: Buffer) => (console = (console + chunk.toString()).slice(-8000));
    container.stdout?.on('data', listen);
    container.stderr?.on('data', listen);
    await until('the box boots', bootTimeoutMs, isUp);
  };

  return {
    root,
    command,
    must,
    put(path, text) {
      const file = join(root, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    },
    boot,
    async reboot() {
      if (!container) throw new Error('the box does not run');
      const ended = once(container, 'exit');
      await command('systemctl', 'reboot');
      // Under --keep-unit, nspawn leaves it to whoever started it to start it again.
      await ended;
      await boot();
    },
    async stop() {
      if (container?.exitCode === null) {
        const ended = once(container, 'exit');
        const timer = setTimeout(() => container?.kill('SIGKILL'), stopTimeoutMs);
        await command('systemctl', 'poweroff');
        await ended;
        clearTimeout(timer);
      }
      rmSync(root, { recursive: true, force: true });
    },
  };
};
