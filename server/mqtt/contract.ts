/** Wire shapes of what an admin sees of MQTT. */
import { z } from 'zod';

export const mqttModes = ['embedded', 'external', 'off'] as const;

export const mqttClientInfo = z
  .object({
    /** Account name. */
    name: z.string(),
    /** By which row of the access table it is held. */
    kind: z.enum(['user', 'device', 'bridge', 'admin']),
    client_id: z.string(),
    address: z.string(),
    /** 3.1, 3.1.1 or 5. */
    protocol: z.string(),
    connected_at: z.string(),
  })
  .meta({ id: 'MqttClient' });
export type MqttClientInfo = z.infer<typeof mqttClientInfo>;

/** Something that a client wanted and did not get. */
export const mqttRefusal = z
  .object({
    /** The last time. */
    at: z.string(),
    times: z.number().int(),
    /** Account name; null where nobody was logged in. */
    name: z.string().nullable(),
    action: z.enum(['login', 'publish', 'subscribe', 'command', 'connection']),
    /** Topic, filter, or the address of who is connected or wanted in. */
    what: z.string(),
    reason: z.string(),
  })
  .meta({ id: 'MqttRefusal' });

/** GET /admin/mqtt */
export const mqttStatus = z
  .object({
    mode: z.enum(mqttModes),
    state: z.enum(['ok', 'degraded', 'starting']),
    /** One sentence for a person. */
    detail: z.string(),
    /** Null when off. */
    url: z.string().nullable(),
    /** `encore/main`, say: all topics are below it. */
    topic: z.string(),
    /** Who is connected to the embedded broker. */
    clients: z.array(mqttClientInfo),
    /** The last hundred, newest first. */
    refusals: z.array(mqttRefusal),
  })
  .meta({ id: 'MqttStatus' });
export type MqttStatus = z.infer<typeof mqttStatus>;
