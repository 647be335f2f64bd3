import { z } from 'zod';
import type { SocketCommand, Topic } from '../../kernel/door.ts';
import { clientCommand } from '../ws/contract.ts';
import type { DocumentServers } from './document-servers.ts';
import { outTopics } from './topic-tree.ts';

type Offers = {
  readonly topics: readonly Topic[];
  readonly socketCommands: readonly SocketCommand[];
};

const schemaOf = (schema: z.ZodType, io: 'input' | 'output') => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
};

const keyOf = (address: string): string =>
  address.replaceAll(/[^a-z0-9]+/gi, '_').replace(/_$/, '');

const parametersOf = (address: string) => {
  const names = [...address.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
  if (names.length === 0) return {};
  return { parameters: Object.fromEntries(names.map((name) => [name, {}])) };
};

type Entry = {
  readonly key: string;
  readonly address: string;
  readonly server: 'mqtt' | 'socket';
  readonly action: 'send' | 'receive';
  readonly summary: string;
  readonly payload: object;
  readonly more?: object;
};

const entriesOf = ({ topics, socketCommands }: Offers, prefix: string): Entry[] => [
  ...topics.map(({ topic, summary, payload, access }): Entry => ({
    key: keyOf(topic),
    address: `${prefix}/${topic}`,
    server: 'mqtt',
    action: 'receive',
    summary,
    payload: schemaOf(payload, 'input'),
    more: {
      'x-role': access.role,
      'x-scope': access.scope,
      bindings: { mqtt: { qos: 1, retain: false } },
    },
  })),
  ...outTopics.map(({ topic, summary, payload, retained, qos }): Entry => ({
    key: keyOf(topic),
    address: `${prefix}/${topic}`,
    server: 'mqtt',
    action: 'send',
    summary,
    payload: schemaOf(payload, 'output'),
    more: { bindings: { mqtt: { qos, retain: retained } } },
  })),
  ...socketCommands.map(({ command, summary, data, access }): Entry => ({
    key: `socket_${command}`,
    address: '/api/v1/socket',
    server: 'socket',
    action: 'receive',
    summary,
    payload: {
      type: 'object',
      properties: {
        id: schemaOf(clientCommand.shape.id, 'input'),
        command: { const: command },
        data: schemaOf(data, 'input'),
      },
      required: ['id', 'command'],
    },
    more: { 'x-role': access.role, 'x-scope': access.scope },
  })),
  {
    key: 'socket_message',
    address: '/api/v1/socket',
    server: 'socket',
    action: 'send',
    summary: 'The feed: durable messages carry a position, ephemeral ones do not',
    payload: schemaOf(
      z.object({
        type: z.string(),
        position: z.number().int().optional(),
        at: z.string(),
        data: z.record(z.string(), z.unknown()),
      }),
      'output',
    ),
  },
];

/** AsyncAPI 3: what is said over MQTT and on the WebSocket, from the schemas that parse it. */
export const asyncApiDocument = (
  offers: Offers,
  { version, prefix, servers }: { version: string; prefix: string; servers: DocumentServers },
) => {
  const entries = entriesOf(offers, prefix).filter(({ server }) => servers[server]);
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Encore',
      version,
      description: 'The sound box: MQTT and the WebSocket feed. Unknown keys are ignored.',
    },
    defaultContentType: 'application/json',
    servers,
    channels: Object.fromEntries(
      entries.map(({ key, address, server, summary, payload }) => [
        key,
        {
          address,
          servers: [{ $ref: `#/servers/${server}` }],
          ...parametersOf(address),
          messages: { message: { name: key, summary, payload } },
        },
      ]),
    ),
    operations: Object.fromEntries(
      entries.map(({ key, action, summary, more }) => [
        `${action}_${key}`,
        {
          action,
          channel: { $ref: `#/channels/${key}` },
          summary,
          ...more,
          messages: [{ $ref: `#/channels/${key}/messages/message` }],
        },
      ]),
    ),
  };
};

const cell = (text: string) => text.replaceAll('|', '\\|');

const shapeOf = (payload: z.ZodType): string => {
  const {
    properties,
    enum: words,
    description,
  } = z.toJSONSchema(payload, { unrepresentable: 'any' });
  if (description !== undefined) return description;
  if (words) return words.map((word) => `\`${String(word)}\``).join(', ');
  return `\`{${Object.keys(properties ?? {}).join(', ')}}\``;
};

/** The same for people, as `firmware-integrations/TOPICS.md`. */
export const topicsPage = ({ topics }: Pick<Offers, 'topics'>): string =>
  [
    '# Topics',
    '',
    'Everything below `<MQTT_BASE_TOPIC>/<PLAYER_ROOM>/`, which is `encore/main/` unless configured. JSON; unknown keys are ignored. The same for programs is at `/api/v1/asyncapi.json`. This page is made from the code: `npx vitest run server/topic-documents.test.ts -u` writes it anew.',
    '',
    '## Commands',
    '',
    'Published to the box, QoS 0 or 1, never retained. `reply` names a topic of your own for the outcome, `key` makes a repeat within a minute harmless, `as` names the account that commands where the token may act for others.',
    '',
    '| topic | payload | role | scope of the token |',
    '| --- | --- | --- | --- |',
    ...[...topics]
      .toSorted((a, b) => a.topic.localeCompare(b.topic))
      .map(
        ({ topic, summary, access }) =>
          `| \`${topic}\` | ${cell(summary)} | ${access.role} | ${access.scope} |`,
      ),
    '',
    '## What the box says',
    '',
    '| topic | tells | payload | retained | QoS |',
    '| --- | --- | --- | --- | --- |',
    ...outTopics.map(
      ({ topic, summary, payload, retained, qos }) =>
        `| \`${topic}\` | ${cell(summary)} | ${shapeOf(payload)} | ${retained ? 'yes' : 'no'} | ${qos} |`,
    ),
    '',
  ].join('\n');
