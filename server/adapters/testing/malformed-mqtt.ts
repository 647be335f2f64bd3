/** MQTT packets that are nearly right: valid ones of both versions, each with something broken. */
import { field, rawConnect, rawPacket, rawPublish, rawSubscribe } from './raw-mqtt.ts';
import { seededBytes } from './seeded-bytes.ts';

type Version = 4 | 5;
type Random = {
  /** From 0 to one below. */
  below(limit: number): number;
  bytes(length: number): Buffer;
};

const topics = ['encore/main/cmd/play', 'dev/x', 'encore/main/reply/x/y'];

const withProperties = (version: Version, ...properties: readonly Buffer[]) => {
  const all = Buffer.concat(properties);
  return version === 5 ? Buffer.concat([Buffer.from([all.length]), all]) : Buffer.alloc(0);
};
const userProperty = Buffer.concat([Buffer.from([0x26]), field('a'), field('b')]);
const responseTopic = Buffer.concat([Buffer.from([0x08]), field('encore/main/reply/x/y')]);
const topicAlias = Buffer.from([0x23, 0, 1]);
const id = Buffer.from([0, 7]);

/** CONNECT with all its parts: a will, a client id, a keepalive. */
const fullConnect = (version: Version) =>
  rawPacket(
    0x10,
    field('MQTT'),
    Buffer.from([version, 0b1100_1110, 0, 30]),
    withProperties(version, Buffer.from([0x11, 0, 0, 0, 60]), userProperty),
    field('panel'),
    withProperties(version, Buffer.from([0x18, 0, 0, 0, 5])),
    field('dev/will'),
    field('gone'),
    field('somebody'),
    field('somebody-token'),
  );

/** Of every kind that a client may send, and some that only a broker may. */
const validPackets = (version: Version, topic: string): Buffer[] => [
  fullConnect(version),
  rawConnect(version, 'somebody'),
  rawPublish(topic, '{"name":"x"}', version),
  rawPublish(topic, 'x', version, { qos: 1, messageId: 7 }),
  rawPublish(topic, 'x', version, { qos: 2, messageId: 7 }),
  rawPacket(
    0x33,
    field(topic),
    id,
    withProperties(version, userProperty, responseTopic, topicAlias),
    Buffer.from('kept'),
  ),
  rawSubscribe(`${topic}/+`, version),
  rawSubscribe('encore/#', version, 1),
  rawPacket(0xa2, id, withProperties(version), field(topic)),
  ...[0x40, 0x50, 0x62, 0x70].map((head) => rawPacket(head, id)),
  rawPacket(0x90, id, withProperties(version), Buffer.from([0])),
  rawPacket(0x20, Buffer.from([0, 0]), withProperties(version)),
  rawPacket(0xc0),
  rawPacket(0xd0),
  rawPacket(0xe0),
  rawPacket(0xf0, withProperties(version)),
];

/** Not UTF-8, or nothing that MQTT lets stand in a string: overlong, a surrogate, NUL, cut off. */
const badText = ['c080', 'eda080', '00', 'ff', 'f09f98'].map((hex) => Buffer.from(hex, 'hex'));

const replaced = (packet: Buffer, at: number, piece: Buffer) =>
  Buffer.concat([packet.subarray(0, at), piece, packet.subarray(at + piece.length)]);

type Mutation = (packet: Buffer, random: Random) => Buffer;

const mutations: readonly Mutation[] = [
  // Truncated.
  (packet, { below }) => packet.subarray(0, 1 + below(packet.length)),
  // The announced length is another one.
  (packet, { below }) => replaced(packet, 1, Buffer.from([below(128)])),
  // It does not end within four bytes.
  (packet) => Buffer.concat([packet.subarray(0, 1), Buffer.alloc(5, 0xff), packet.subarray(2)]),
  // Reserved flags.
  (packet, { below }) => replaced(packet, 0, Buffer.from([(packet[0] ?? 0) ^ (1 + below(15))])),
  // Another kind, the reserved ones included.
  (packet, { below }) =>
    replaced(packet, 0, Buffer.from([((packet[0] ?? 0) & 0x0f) | (below(16) << 4)])),
  // What is no text where text belongs.
  (packet, { below }) =>
    replaced(packet, below(packet.length), badText[below(badText.length)] ?? Buffer.alloc(0)),
  // The length of a string is another one.
  (packet, { below, bytes }) => replaced(packet, Math.min(2, below(4)), bytes(2)),
  // Some bytes are other ones.
  (packet, { below, bytes }) => replaced(packet, below(packet.length), bytes(1 + below(4))),
  // Some are there twice.
  (packet, { below }) => {
    const at = below(packet.length);
    return Buffer.concat([packet.subarray(0, at), packet.subarray(at / 2)]);
  },
  // Nothing of it is right.
  (_, { below, bytes }) => bytes(1 + below(60)),
];

/** One after the other, the same for the same seed. */
export const malformedPackets = (seed: number) => {
  const bytes = seededBytes(seed);
  const random: Random = { bytes, below: (limit) => bytes(4).readUInt32LE() % limit };
  const oneOf = <T>(all: readonly T[]): T => all[random.below(all.length)] as T;
  return (version: Version): Buffer =>
    oneOf(mutations)(oneOf(validPackets(version, oneOf(topics))), random);
};
