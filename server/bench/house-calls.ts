import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import type { Extraction } from '../extractions/contract.ts';
import type { RealHouse } from '../testing/real-house.ts';

const openTimeoutMs = 30_000;
const extractionMsMax = 120_000;
const extractionLookMs = 500;

/** A path below `/api/v1`. @throws Error with the answer where it is none of the good ones */
export type Call = (
  method: string,
  path: string,
  body?: unknown,
) => Promise<Record<string, unknown>>;

export const callsTo =
  ({ url }: Pick<RealHouse, 'url'>, token: string, options: { timeoutMs?: number } = {}): Call =>
  async (method, path, body) => {
    const { timeoutMs } = options;
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(timeoutMs === undefined ? {} : { signal: AbortSignal.timeout(timeoutMs) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
  };

/** A listener to the feed, as a screen is one; `hear` is told from the first message on. */
export const openFeed = async (
  { url }: Pick<RealHouse, 'url'>,
  token: string,
  hear: (text: string) => void = () => undefined,
): Promise<WebSocket> => {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/api/v1/socket`, ['bearer', token]);
  socket.on('message', (raw) => hear((raw as Buffer).toString()));
  await once(socket, 'open', { signal: AbortSignal.timeout(openTimeoutMs) });
  return socket;
};

/** Waits until a link is a sound, or has failed. */
export const extractionEnd = async (call: Call, id: string): Promise<Extraction> => {
  const deadline = performance.now() + extractionMsMax;
  for (;;) {
    const job = (await call('GET', `/extractions/${id}`)) as Extraction;
    if (job.status !== 'pending' && job.status !== 'processing') return job;
    if (performance.now() > deadline) throw new Error(`the extraction of ${job.url} does not end`);
    await sleep(extractionLookMs);
  }
};

/**
 * Milliseconds, p99 of the server's event loop since it was last asked, its timer's 10 included;
 * null where it does not answer.
 */
export const loopDelayMs = async ({ url }: Pick<RealHouse, 'url'>): Promise<number | null> => {
  const answer = await fetch(`${url}/metrics`).catch(() => undefined);
  if (!answer?.ok) return null;
  const seconds = /^nodejs_eventloop_lag_p99_seconds (\S+)$/m.exec(await answer.text())?.[1];
  return seconds === undefined ? null : Number(seconds) * 1000;
};
