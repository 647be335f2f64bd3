/** JSON lines with a limit, as both ends of the player's socket read them. */
import type { z } from 'zod';

const newline = 0x0a;

export type LineHandlers = {
  line(line: string): void;
  /** More than the limit without a newline; nothing more is read. */
  tooLong(): void;
};

/** Takes pieces as they arrive, hands out whole lines. */
export const createLineReader = (
  lineBytesMax: number,
  handlers: LineHandlers,
): ((piece: Buffer) => void) => {
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  let broken = false;
  return (piece) => {
    let from = 0;
    while (!broken && from < piece.length) {
      const end = piece.indexOf(newline, from);
      const part = piece.subarray(from, end < 0 ? piece.length : end);
      waiting.push(part);
      waitingBytes += part.length;
      if (waitingBytes > lineBytesMax) {
        broken = true;
        handlers.tooLong();
      } else if (end >= 0) {
        const line = Buffer.concat(waiting).toString('utf8');
        waiting = [];
        waitingBytes = 0;
        handlers.line(line);
      }
      from = end < 0 ? piece.length : end + 1;
    }
  };
};

export type ParsedLine<T> = { ok: true; value: T } | { ok: false; problem: string };

export const parseLine = <T>(schema: z.ZodType<T>, line: string): ParsedLine<T> => {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return { ok: false, problem: 'not JSON' };
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return { ok: true, value: parsed.data };
  const [issue] = parsed.error.issues;
  return {
    ok: false,
    problem: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not of the protocol'}`,
  };
};
