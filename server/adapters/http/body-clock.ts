import type { IncomingMessage } from 'node:http';

type BodyClock = { readonly timer: NodeJS.Timeout; readonly expire: () => void };
const clocks = new WeakMap<IncomingMessage, BodyClock>();

const hasBody = ({ headers }: IncomingMessage) =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/**
 * Calls `expire` when the body is not there in time. Node has such a clock of its own, but the same
 * one for every request, and an upload may take hours.
 */
export const startBodyClock = (
  request: IncomingMessage,
  timeoutMs: number,
  expire: () => void,
): void => {
  if (!hasBody(request) || request.complete) return;
  const late = () => {
    if (!request.complete) expire();
  };
  const timer = setTimeout(late, timeoutMs).unref();
  clocks.set(request, { timer, expire });
  request.once('close', () => clearTimeout(clocks.get(request)?.timer));
};

/** Another time from now on. */
export const resetBodyClock = (request: IncomingMessage, timeoutMs: number): void => {
  const clock = clocks.get(request);
  if (!clock) return;
  clearTimeout(clock.timer);
  const late = () => {
    if (!request.complete) clock.expire();
  };
  clocks.set(request, { ...clock, timer: setTimeout(late, timeoutMs).unref() });
};
