import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { rawConnect, rawPacket, rawPublish, rawSubscribe } from '../adapters/testing/raw-mqtt.ts';

export type LoadClient = {
  subscribe(topic: string, qos: 0 | 1): Promise<void>;
  publish(topic: string, payload: string, qos: 0 | 1): void;
  /** Payloads as they come; those of QoS 1 are acknowledged. */
  onMessage(listener: (payload: string) => void): void;
  close(): Promise<void>;
};

const kinds = { connack: 2, publish: 3, suback: 9 } as const;

/** Of packets below 16 KiB; what is not whole yet waits for the rest. */
const packetReader = (take: (head: number, body: Buffer) => void) => {
  let rest: Buffer = Buffer.alloc(0);
  return (piece: Buffer) => {
    rest = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    for (;;) {
      const [head, low, high] = rest;
      if (head === undefined || low === undefined) return;
      const long = low > 0x7f;
      if (long && high === undefined) return;
      const start = long ? 3 : 2;
      const end = start + (long ? (low & 0x7f) + (high ?? 0) * 128 : low);
      if (rest.length < end) return;
      take(head, rest.subarray(start, end));
      rest = rest.subarray(end);
    }
  };
};

/**
 * A client of MQTT 3.1.1 that does next to nothing itself, so that the broker is what is measured.
 * Resolves when it is logged in as `bench`.
 */
export const openLoadClient = async (port: number): Promise<LoadClient> => {
  const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true });
  let listener: (payload: string) => void = () => undefined;
  let lastId = 0;
  const waiting = new Map<number, () => void>();
  const answered = (kind: number) => new Promise<void>((resolve) => waiting.set(kind, resolve));
  socket.on(
    'data',
    packetReader((head, body) => {
      const kind = head >> 4;
      if (kind !== kinds.publish) {
        waiting.get(kind)?.();
        return;
      }
      const topicEnd = 2 + body.readUInt16BE(0);
      const hasId = (head & 0b110) > 0;
      if (hasId) socket.write(rawPacket(0x40, body.subarray(topicEnd, topicEnd + 2)));
      listener(body.toString('utf8', topicEnd + (hasId ? 2 : 0)));
    }),
  );
  const connected = answered(kinds.connack);
  socket.write(rawConnect(4, 'bench'));
  await Promise.race([
    connected,
    once(socket, 'close').then(() => {
      throw new Error('the broker hung up');
    }),
  ]);
  return {
    async subscribe(topic, qos) {
      const granted = answered(kinds.suback);
      socket.write(rawSubscribe(topic, 4, qos));
      await granted;
    },
    publish(topic, payload, qos) {
      lastId = (lastId % 65_535) + 1;
      const delivery = qos === 1 ? ({ qos: 1, messageId: lastId } as const) : undefined;
      socket.write(rawPublish(topic, payload, 4, delivery));
    },
    onMessage: (wanted) => void (listener = wanted),
    async close() {
      const closed = once(socket, 'close');
      socket.end(rawPacket(0xe0));
      await closed;
    },
  };
};
