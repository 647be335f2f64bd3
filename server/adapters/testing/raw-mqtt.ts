/** MQTT packets by hand, for clients that misbehave in ways a library does not let them. */
const field = (text: string): Buffer => {
  const bytes = Buffer.from(text);
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 0xff]), bytes]);
};

/** Of bodies below 128 bytes. */
const packet = (head: number, ...parts: Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([head, body.length]), body]);
};

/** Clean, without keepalive and client id. */
export const rawConnect = (version: 4 | 5, name: string): Buffer =>
  packet(
    0x10,
    field('MQTT'),
    Buffer.from([version, 0b1100_0010, 0, 0]),
    ...(version === 5 ? [Buffer.from([0])] : []),
    field(''),
    field(name),
    field(`${name}-token`),
  );

/** MQTT 3.1.1, QoS 0. */
export const rawSubscribe = (filter: string): Buffer =>
  packet(0x82, Buffer.from([0, 1]), field(filter), Buffer.from([0]));

/** MQTT 3.1.1, QoS 0. */
export const rawPublish = (topic: string, payload: string): Buffer =>
  packet(0x30, field(topic), Buffer.from(payload));
