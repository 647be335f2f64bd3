/** MQTT packets by hand, for clients that misbehave in ways a library does not let them. */

/** A string with its length before it. */
export const field = (content: string | Buffer): Buffer => {
  const bytes = Buffer.from(content);
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 0xff]), bytes]);
};

/** Seven bits a byte, the lowest first. */
export const varInt = (value: number): Buffer => {
  const bytes: number[] = [];
  for (let rest = value; bytes.length === 0 || rest > 0; rest >>= 7) {
    bytes.push((rest & 0x7f) | (rest > 0x7f ? 0x80 : 0));
  }
  return Buffer.from(bytes);
};

export const rawPacket = (head: number, ...parts: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([head]), varInt(body.length), body]);
};

/** What MQTT 5 has and 3.1.1 has not: a length of properties, here of none. */
const noProperties = (version: 4 | 5) => (version === 5 ? [Buffer.from([0])] : []);

/** Clean, without keepalive; a client id is given by the broker. */
export const rawConnect = (version: 4 | 5, name: string, password = `${name}-token`): Buffer =>
  rawPacket(
    0x10,
    field('MQTT'),
    Buffer.from([version, 0b1100_0010, 0, 0]),
    ...noProperties(version),
    field(''),
    field(name),
    field(password),
  );

/** QoS 0 unless asked for more. */
export const rawSubscribe = (filter: string, version: 4 | 5 = 4, qos = 0): Buffer =>
  rawPacket(0x82, Buffer.from([0, 1]), ...noProperties(version), field(filter), Buffer.from([qos]));

/** QoS 0 without a number, otherwise of the QoS given with it. */
export const rawPublish = (
  topic: string,
  payload: string | Buffer,
  version: 4 | 5 = 4,
  delivery?: { readonly qos: 1 | 2; readonly messageId: number },
): Buffer => {
  const { qos = 0, messageId = 0 } = delivery ?? {};
  const number = Buffer.from([messageId >> 8, messageId & 0xff]);
  return rawPacket(
    0x30 | (qos << 1),
    field(topic),
    ...(qos > 0 ? [number] : []),
    ...noProperties(version),
    Buffer.from(payload),
  );
};
