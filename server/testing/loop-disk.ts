import { execFileSync } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  openSync,
  realpathSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { loadLibrary } from '../adapters/system/native.ts';

/** `EXT4_IOC_SHUTDOWN`, and to leave the journal in memory as it is. */
const shutdownRequest = 0x8004_587d;
const noLogFlush = 2;

export type LoopDisk = {
  readonly path: string;
  /** Nothing reaches the disk from here on: what was not flushed is gone. */
  cutPower(): void;
  /** An error that the file system finds in itself: from here on it is read-only. */
  breakReadOnly(): void;
  /** As after the next boot: the journal is replayed and checked, and the disk is there again. */
  bootUp(): void;
  dispose(): void;
};

const run = (command: string, ...args: string[]): void =>
  void execFileSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });

const deviceOf = (path: string): string =>
  String(execFileSync('findmnt', ['-n', '-o', 'SOURCE', path])).trim();

const ioctl = () =>
  loadLibrary('libc.so.6').func('int ioctl(int fd, unsigned long request, uint32_t *argument)');

/** A real ext4 on a file, or a sentence that says why there can be none here. */
export const makeLoopDisk = (dir: string, mebibytes: number): LoopDisk | string => {
  if (process.getuid?.() !== 0) return 'a power cut needs root, to mount a disk of its own';
  const path = join(dir, 'disk');
  let life = 1;
  const image = () => join(dir, `disk-${life}.img`);
  const mount = () => run('mount', '-o', 'loop,errors=remount-ro', image(), path);
  mkdirSync(path, { recursive: true });
  try {
    closeSync(openSync(image(), 'w'));
    truncateSync(image(), mebibytes * 1024 * 1024);
    run('mkfs.ext4', '-q', '-F', image());
    mount();
  } catch (error) {
    return `a power cut needs loop devices and ext4: ${(error as Error).message.trim()}`;
  }
  const call = ioctl();
  return {
    path,
    cutPower() {
      const folder = openSync(path, 'r');
      const answer = call(folder, shutdownRequest, [noLogFlush]) as number;
      closeSync(folder);
      if (answer !== 0) throw new Error('ext4 refused to be shut down');
    },
    breakReadOnly() {
      const device = basename(realpathSync(deviceOf(path)));
      writeFileSync(`/sys/fs/ext4/${device}/trigger_fs_error`, 'a test');
    },
    bootUp() {
      // A copy, since a mount namespace of somebody else's may hold the old disk for a while, and
      // what is mounted anew is then the one that was shut down.
      const old = image();
      life += 1;
      run('cp', '--sparse=always', old, image());
      run('umount', path);
      rmSync(old);
      // 1: faults were mended, which a replayed journal may call for; anything above throws.
      try {
        run('e2fsck', '-p', image());
      } catch (error) {
        if ((error as { status?: number }).status !== 1) throw error;
      }
      mount();
    },
    dispose: () => run('umount', path),
  };
};
