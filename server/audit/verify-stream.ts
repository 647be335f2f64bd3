import { Readable } from 'node:stream';
import type { Kernel } from '../kernel/kernel.ts';
import { ProblemError } from '../kernel/problem.ts';
import type { VerifyProgress, VerifyVerdict } from './contract.ts';
import type { AuditPorts } from './ports.ts';

/** Each takes a thread and reads the whole log. */
const verificationsMax = 2;

export const verificationsBusy = {
  status: 429,
  code: 'verifications_running',
  title: 'Verifications are running',
  detail: `${verificationsMax} verifications are running already: wait for one to end.`,
} as const;

/** Verifications as streams of JSON lines; a stream that is destroyed ends its work. */
export const createVerifyStreams = (kernel: Kernel, verify: AuditPorts['verify']) => {
  const running = new Set<Readable>();

  return {
    open(): Readable {
      if (running.size >= verificationsMax) throw new ProblemError(verificationsBusy);
      const ending = new AbortController();
      const stream = new Readable({
        read: () => undefined,
        destroy(error, done) {
          running.delete(stream);
          ending.abort();
          done(error);
        },
      });
      running.add(stream);
      // A line is short and comes a few times a second: nothing piles up behind a slow reader.
      const say = (line: VerifyProgress | VerifyVerdict) => {
        if (!stream.destroyed) stream.push(`${JSON.stringify(line)}\n`);
      };
      verify({
        reached: kernel.log.head().position,
        signal: ending.signal,
        progress: (checked, of) => say({ checked, of }),
      }).then(
        (verdict) => {
          say(verdict);
          if (!stream.destroyed) stream.push(null);
        },
        (error: unknown) => {
          if (ending.signal.aborted) return;
          kernel.logger.error({ err: error }, 'the verification failed');
          stream.destroy(error as Error);
        },
      );
      return stream;
    },
    stop(): void {
      for (const stream of running) stream.destroy();
    },
  };
};
export type VerifyStreams = ReturnType<typeof createVerifyStreams>;
