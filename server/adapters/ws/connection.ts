import type { RawData, WebSocket } from 'ws';
import type { Identity } from '../../kernel/door.ts';
import type { FeedMessage } from '../../kernel/feed.ts';
import type { Clock } from '../../kernel/ports.ts';
import { parseJson } from '../door/json.ts';
import type { CommandRunner } from './commands.ts';
import { clientCommand, type ClientCommand, type Refused } from './contract.ts';
import { closeCodes, type SocketLimits } from './limits.ts';
import { createRateMeter } from '../door/rate-meter.ts';

/** One listener: sends what the feed delivers, takes commands, never lets others wait. */
export type Connection = {
  readonly identity: Identity;
  readonly connectedAt: number;
  deliver(message: FeedMessage): void;
  /** Ends the exemption for the past: all that resuming sent may wait at the socket. */
  resumed(): void;
  /** Asks for a sign of life; ends the connection where the last one never came. */
  ping(): void;
  close(code: number, reason: string): void;
};

export type ConnectionPorts = {
  readonly run: (
    message: ClientCommand,
    identity: Identity,
    receivedAtMs: number,
  ) => ReturnType<CommandRunner>;
  readonly clock: Clock;
  readonly limits: SocketLimits;
  /** Once, when nothing may be sent any more. */
  readonly onEnd: (why: string) => void;
};

// Everybody is sent the same object, so that it is serialised once.
const serialised = new WeakMap<FeedMessage, Buffer>();

const frameOf = (message: FeedMessage): Buffer => {
  const known = serialised.get(message);
  if (known) return known;
  const { type, position, at, data } = message;
  const frame = Buffer.from(JSON.stringify({ type, position, at, data }));
  serialised.set(message, frame);
  return frame;
};

const textOf = (data: RawData): string =>
  (Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as Buffer)).toString('utf8');

const idOf = (value: unknown): ClientCommand['id'] | undefined => {
  const result = clientCommand.pick({ id: true }).safeParse(value);
  return result.success ? result.data.id : undefined;
};

export const createConnection = (
  socket: WebSocket,
  identity: Identity,
  ports: ConnectionPorts,
): Connection => {
  const { run, clock, limits, onEnd } = ports;
  const rate = createRateMeter(clock);
  let open = true;
  let alive = true;
  let resumeBytes = Infinity;

  const end = (why: string) => {
    if (!open) return;
    open = false;
    onEnd(why);
  };

  const close = (code: number, reason: string) => {
    if (!open) return;
    end(reason);
    socket.close(code, reason);
    setTimeout(() => socket.terminate(), limits.closeMs).unref();
  };

  const send = (frame: Buffer | string) => {
    if (!open) return;
    socket.send(frame, { binary: false });
    const waiting = socket.bufferedAmount;
    if (waiting <= limits.backlogBytesMax) {
      if (resumeBytes !== Infinity) resumeBytes = 0;
    } else if (waiting > limits.backlogBytesMax + resumeBytes) {
      end(`did not read: ${waiting} bytes waiting`);
      socket.terminate();
    }
  };

  const answer = (body: object) => send(JSON.stringify(body));

  const take = (message: ClientCommand, receivedAtMs: number) => {
    const count = rate();
    if (count > limits.commandsPerSecondMax + limits.excessPerSecondMax) {
      close(closeCodes.badMessage, 'too many commands');
    } else if (count > limits.commandsPerSecondMax) {
      const detail = `At most ${limits.commandsPerSecondMax} commands a second.`;
      answer({ type: 'refused', id: message.id, code: 'too_many', detail } satisfies Refused);
    } else void run(message, identity, receivedAtMs).then(answer);
  };

  const onMessage = (data: RawData, isBinary: boolean) => {
    const receivedAtMs = clock.monotonic();
    if (!open) return;
    if (isBinary) return close(closeCodes.textOnly, 'send text frames with JSON');
    const json = parseJson(textOf(data));
    if (!json.ok) return close(closeCodes.notJson, 'not JSON');
    const message = clientCommand.safeParse(json.value);
    if (message.success) return take(message.data, receivedAtMs);
    const id = idOf(json.value);
    if (id === undefined) return close(closeCodes.badMessage, 'expected {"id", "command", "data"}');
    if (rate() > limits.commandsPerSecondMax)
      return close(closeCodes.badMessage, 'too many commands');
    const detail = 'Expected {"id", "command", "data"}.';
    return answer({ type: 'refused', id, code: 'invalid_fields', detail } satisfies Refused);
  };

  socket.on('message', onMessage);
  socket.on('pong', () => {
    alive = true;
  });
  // ws closes by itself what breaks the protocol (1002, 1007, 1009); the reason is worth a line.
  socket.on('error', (error) => end(error.message));
  socket.on('close', (code) => end(`closed with ${code}`));

  return {
    identity,
    connectedAt: clock.now(),
    deliver: (message) => send(frameOf(message)),
    resumed() {
      resumeBytes = socket.bufferedAmount;
    },
    ping() {
      if (!alive) {
        end('gave no sign of life');
        socket.terminate();
        return;
      }
      alive = false;
      socket.ping();
    },
    close,
  };
};
