import { msg } from '@lit/localize';
import type { Ack, FeedMessage, Refused } from '../../server/adapters/ws/contract.ts';
import { CommandRefused } from '../api/problem.ts';
import { randomId } from '../design/ids.ts';
import { backoffMs } from './backoff.ts';

export type Link = 'idle' | 'connecting' | 'live' | 'checking' | 'reconnecting' | 'offline';

export type SocketOptions = {
  url(): string;
  onMessage(message: FeedMessage): void;
  onLink(link: Link): void;
  /** Before a reconnect: is there still an identity? false stops trying. */
  mayReconnect(): Promise<boolean>;
  createSocket?: (url: string) => WebSocket;
};

const answerTimeoutMs = 6_000;
const probeTimeoutMs = 2_500;
const openTimeoutMs = 8_000;
/** How long a command waits for the first line of a page: its pads may be there a moment before. */
const firstLineMs = 1_000;
/** Of silence, until the line is asked: a half-open one looks like one on which nothing happens. */
const silenceMs = 15_000;

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof CommandRefused && error.code === code;

type Waiting = {
  resolve(data: Record<string, unknown>): void;
  reject(error: CommandRefused): void;
  timer: ReturnType<typeof setTimeout>;
};

/**
 * One WebSocket that comes back by itself. Commands carry an id and are never sent twice: what was
 * in flight when the line broke is refused, because nobody can say whether it was heard.
 */
export class SocketClient {
  readonly #options: SocketOptions;
  readonly #waiting = new Map<Ack['id'], Waiting>();
  readonly #untilNextLink = new Set<() => void>();
  #socket: WebSocket | undefined;
  #link: Link = 'idle';
  #attempt = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #deadline: ReturnType<typeof setTimeout> | undefined;
  #silence: ReturnType<typeof setTimeout> | undefined;

  constructor(options: SocketOptions) {
    this.#options = options;
  }

  get link(): Link {
    return this.#link;
  }

  start(): void {
    if (this.#link !== 'idle') return;
    this.#attempt = 0;
    this.#open('connecting');
  }

  stop(): void {
    this.#drop();
    this.#setLink('idle');
  }

  /** Tries now instead of at the end of the wait. */
  retryNow(): void {
    if (this.#link === 'idle' || this.#link === 'live' || this.#link === 'checking') return;
    this.#drop();
    this.#open(this.#link);
  }

  /** The network said it is gone: say so at once, and keep trying. */
  lost(): void {
    if (this.#link === 'idle') return;
    this.#drop();
    this.#scheduleRetry('offline');
  }

  async command(
    command: string,
    data: unknown,
    { answerMs = answerTimeoutMs, waits = true } = {},
  ): Promise<Record<string, unknown>> {
    if (waits && this.#link === 'connecting') await this.#nextLink(firstLineMs);
    if (this.#link !== 'live') throw new CommandRefused('not_connected', notConnected(this.#link));
    return this.#ask(command, data, answerMs);
  }

  /**
   * Asks whether anybody is still there. After sleep a socket can look open for minutes; until the
   * answer, commands are refused. Any answer will do, even "unknown command".
   */
  async probe(): Promise<void> {
    if (this.#link !== 'live') return;
    this.#setLink('checking');
    if ((await this.#answers(probeTimeoutMs)) && this.link === 'checking') this.#setLink('live');
  }

  /** Whether the line did not have to be given up. */
  async #answers(timeoutMs: number): Promise<boolean> {
    const socket = this.#socket;
    const alive = await this.#ask('ping', {}, timeoutMs).then(
      () => true,
      (error: unknown) => !hasCode(error, 'no_answer'),
    );
    if (socket !== this.#socket) return false;
    if (!alive) this.#lineBroke();
    return alive;
  }

  /** Milliseconds there and back; rejects when the line is not up. */
  async roundTrip(): Promise<number> {
    const from = performance.now();
    await this.command('ping', {}).catch((error: unknown) => {
      if (hasCode(error, 'not_connected') || hasCode(error, 'no_answer')) throw error;
    });
    return performance.now() - from;
  }

  #nextLink(timeoutMs: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#untilNextLink.delete(done);
        resolve();
      };
      const timer = setTimeout(done, timeoutMs);
      this.#untilNextLink.add(done);
    });
  }

  #ask(command: string, data: unknown, timeoutMs: number): Promise<Record<string, unknown>> {
    const id = randomId();
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(id);
        reject(new CommandRefused('no_answer', msg('Encore did not answer. Try again.')));
      }, timeoutMs);
      this.#waiting.set(id, { resolve, reject, timer });
      this.#socket?.send(JSON.stringify({ id, command, data }));
    });
  }

  #open(link: Link): void {
    this.#setLink(link);
    const create = this.#options.createSocket ?? ((url: string) => new WebSocket(url));
    const socket = create(this.#options.url());
    this.#socket = socket;
    this.#deadline = setTimeout(() => this.#lineBroke(), openTimeoutMs);
    socket.addEventListener('message', (event) => {
      if (socket === this.#socket) this.#hear(String(event.data));
    });
    socket.addEventListener('close', () => {
      if (socket === this.#socket) this.#lineBroke();
    });
  }

  #hear(text: string): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => void this.#answers(answerTimeoutMs), silenceMs);
    const message = JSON.parse(text) as FeedMessage | Ack | Refused;
    if (message.type === 'ack')
      return this.#settle((message as Ack).id)?.resolve((message as Ack).data);
    if (message.type === 'refused') {
      const { id, code, detail } = message as Refused;
      return this.#settle(id)?.reject(new CommandRefused(code, detail));
    }
    if (message.type === 'hello') {
      clearTimeout(this.#deadline);
      this.#attempt = 0;
      this.#setLink('live');
    }
    this.#options.onMessage(message as FeedMessage);
  }

  #settle(id: Ack['id']): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    if (waiting) clearTimeout(waiting.timer);
    this.#waiting.delete(id);
    return waiting;
  }

  #lineBroke(): void {
    this.#drop();
    // The first miss may be a restart of the server; from the second on it is an outage.
    this.#scheduleRetry(this.#attempt === 0 ? 'reconnecting' : 'offline');
  }

  #scheduleRetry(link: Link): void {
    this.#setLink(link);
    this.#retry = setTimeout(() => void this.#reconnect(), backoffMs(this.#attempt++));
  }

  async #reconnect(): Promise<void> {
    const before = this.#retry;
    const allowed = await this.#options.mayReconnect();
    if (before !== this.#retry || this.#link === 'idle') return;
    if (allowed) this.#open(this.#link);
    else this.stop();
  }

  #drop(): void {
    clearTimeout(this.#retry);
    clearTimeout(this.#deadline);
    clearTimeout(this.#silence);
    this.#retry = undefined;
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close();
    for (const id of this.#waiting.keys()) {
      this.#settle(id)?.reject(
        new CommandRefused('line_lost', msg('The line to Encore broke just then. Try again.')),
      );
    }
  }

  #setLink(link: Link): void {
    if (link === this.#link) return;
    this.#link = link;
    for (const done of this.#untilNextLink) done();
    this.#options.onLink(link);
  }
}

const notConnected = (link: Link): string =>
  link === 'offline'
    ? msg('Encore is offline, so nothing happened.')
    : msg('Still connecting to Encore, so nothing happened. Try again in a moment.');
