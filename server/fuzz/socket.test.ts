/** Every command of the WebSocket, with what it says it takes and with what it does not. */
import fc from 'fast-check';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import type { WebSocket } from 'ws';
import { z } from 'zod';
import { makeCallers, type Caller } from '../testing/callers.ts';
import { anyJson, spoilt, valuesOf, type Schema } from '../testing/schema-values.ts';
import { startTestApp, type TestApp } from '../testing/test-app.ts';
import { openSocket } from '../users/testing/people.ts';

const seeds = Array.from({ length: inject('effort') }, (_, index) => index + 1);
/** Fewer than a connection may send in a second. */
const askedPerCommand = 20;

let app: TestApp;
let callers: Caller[];
let known: string[];

beforeAll(async () => {
  app = await startTestApp();
  await app.setUp();
  app.addSound('Horn.wav');
  await app.call('POST', '/sounds/scan');
  const named = await makeCallers(app, ['read']);
  callers = ['guest', 'user', 'admin'].flatMap((name) => named[name] ?? []);
  const { body } = await app.call('GET', '/sounds/catalogue');
  known = (body['items'] as { id: string }[]).map(({ id }) => id);
}, 120_000);
afterAll(() => app.stop());

const schemaOf = (data: z.ZodType): Schema =>
  z.toJSONSchema(data, { io: 'input', unrepresentable: 'any' }) as Schema;

type Word = { type: string; id?: string; code?: string; detail?: string };

/** The answer to what was said; the code of the end where the connection was closed for it. */
const say = async (socket: WebSocket, message: unknown, id: string): Promise<Word> => {
  const answer = new Promise<Word>((resolve) => {
    const hear = (data: Buffer) => {
      const word = JSON.parse(data.toString()) as Word;
      if (word.id !== id || (word.type !== 'ack' && word.type !== 'refused')) return;
      socket.off('message', hear);
      socket.off('close', gone);
      resolve(word);
    };
    const gone = (code: number) => resolve({ type: 'closed', code: String(code) });
    socket.on('message', hear);
    socket.once('close', gone);
  });
  socket.send(JSON.stringify(message));
  return answer;
};

it.each(seeds)(
  'every command is answered in its turn, whatever it brings (seed %i)',
  async (seed) => {
    const world = {
      known: () => known,
      resolve: (ref: string): Schema => {
        throw new Error(`a socket command refers to ${ref}`);
      },
    };
    const faults: string[] = [];
    const answered = new Set<string>();
    for (const [place, { command, data }] of app.offers.socketCommands.entries()) {
      const good = valuesOf(schemaOf(data), world);
      const some = fc.oneof(good, spoilt(good), anyJson);
      const asked = fc.sample(some, { seed: seed * 1000 + place, numRuns: askedPerCommand });
      for (const caller of callers) {
        const socket = await openSocket(app, caller.token ?? '');
        for (const [index, value] of asked.entries()) {
          const id = `${place}-${index}`;
          const word = await say(socket, { id, command, data: value }, id);
          answered.add(word.type);
          if (word.type === 'closed' || word.code === 'internal') {
            const shown = JSON.stringify(value)?.slice(0, 300) ?? '';
            faults.push(`${command} ${shown} as ${caller.role}: ${JSON.stringify(word)}`);
          }
          if (word.type === 'closed') break;
        }
        socket.close();
        if (socket.readyState !== socket.CLOSED) await once(socket, 'close');
      }
    }
    expect(faults).toEqual([]);
    expect([...answered].toSorted()).toEqual(['ack', 'refused']);
  },
  120_000,
);

it.each(seeds)(
  'what is no command is refused by its id or ends its connection alone (seed %i)',
  async (seed) => {
    const other = await openSocket(app, callers[0]?.token ?? '');
    for (const message of fc.sample(anyJson, { seed, numRuns: 40 })) {
      const socket = await openSocket(app, callers[1]?.token ?? '');
      const ended = once(socket, 'close') as Promise<[number]>;
      socket.send(JSON.stringify(message) ?? 'undefined');
      expect((await ended)[0]).toBe(1008);
    }
    expect(await say(other, { id: 'last', command: 'ping', data: {} }, 'last')).toEqual({
      type: 'ack',
      id: 'last',
      data: {},
    });
    other.close();
  },
  60_000,
);
