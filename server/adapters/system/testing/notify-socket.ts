import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadLibrary } from '../native.ts';

const [afUnix, sockDgram, dontWait] = [1, 2, 0x40];
const messageBytesMax = 4096;
const lookEveryMs = 10;
const waitMsMax = 30_000;

export type NotifySocket = {
  /** For NOTIFY_SOCKET. */
  readonly path: string;
  /** Everything received so far, a line each. */
  received(): readonly string[];
  /** Waits until a line that has not been waited for yet matches; answers it. */
  next(line: RegExp): Promise<string>;
  close(): void;
};

/** systemd's end of sd_notify(3): a datagram socket, which Node itself has not. */
export const openNotifySocket = (): NotifySocket => {
  const libc = loadLibrary('libc.so.6');
  const socket = libc.func('int socket(int domain, int type, int protocol)');
  const bind = libc.func('int bind(int fd, const void *address, uint32_t length)');
  const receive = libc.func('int64_t recv(int fd, void *buffer, size_t length, int flags)');
  const close = libc.func('int close(int fd)');

  const dir = mkdtempSync(join(tmpdir(), 'encore-notify-'));
  const path = join(dir, 'socket');
  const address = Buffer.alloc(110);
  address.writeUInt16LE(afUnix, 0);
  address.write(path, 2);
  const fd = socket(afUnix, sockDgram, 0) as number;
  if (bind(fd, address, address.length) !== 0) throw new Error(`${path} cannot be bound`);

  const lines: string[] = [];
  let seen = 0;
  const buffer = Buffer.alloc(messageBytesMax);
  const look = () => {
    for (;;) {
      const bytes = Number(receive(fd, buffer, messageBytesMax, dontWait));
      if (bytes <= 0) return;
      lines.push(...buffer.toString('utf8', 0, bytes).split('\n'));
    }
  };

  return {
    path,
    received() {
      look();
      return lines;
    },
    async next(wanted) {
      const deadline = performance.now() + waitMsMax;
      for (;;) {
        look();
        const at = lines.findIndex((line, index) => index >= seen && wanted.test(line));
        const line = lines[at];
        if (line !== undefined) {
          seen = at + 1;
          return line;
        }
        if (performance.now() > deadline) {
          throw new Error(`systemd was not told ${String(wanted)}, but:\n${lines.join('\n')}`);
        }
        await sleep(lookEveryMs);
      }
    },
    close() {
      close(fd);
      rmSync(dir, { recursive: true, force: true });
    },
  };
};
