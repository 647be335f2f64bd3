import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { sineWav } from '../../server/testing/sine-wav.ts';
import { until } from './box.ts';

const base = 'http://127.0.0.1:8000';
const readyTimeoutMs = 120_000;
const answerTimeoutMs = 30_000;
const pauseMs = 50;

export type Answer = { readonly status: number; readonly body: unknown };

const signedIn = z.object({ access_token: z.string() });
const token = z.object({ token: z.string() });
const balance = z.object({ balance: z.number() });
const person = z.object({ id: z.string() });
const playId = z.object({ play_id: z.string() });
const sound = z.object({ id: z.string() });

/** The house as a client over HTTP has it. */
export const createHouse = () => {
  let bearer: string | undefined;

  const ask = async (
    method: string,
    path: string,
    body?: unknown,
    key?: string,
  ): Promise<Answer> => {
    const isForm = body instanceof FormData;
    const response = await fetch(`${base}${path}`, {
      method,
      headers: {
        ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
        ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
      },
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
      signal: AbortSignal.timeout(answerTimeoutMs),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    return {
      status: response.status,
      body: isJson && !path.includes('verify') ? JSON.parse(text) : text,
    };
  };

  const expect = async (status: number, ...request: Parameters<typeof ask>): Promise<unknown> => {
    const answer = await ask(...request);
    if (answer.status === status) return answer.body;
    throw new Error(
      `${request[0]} ${request[1]}: ${answer.status} instead of ${status}: ${JSON.stringify(answer.body)}`,
    );
  };
  const get = (path: string) => expect(200, 'GET', path);

  const isReady = () =>
    ask('GET', '/readyz').then(
      ({ status }) => status === 200,
      () => false,
    );

  return {
    ask,
    get,
    ready: () => until('the house is ready', readyTimeoutMs, isReady),

    /** The first account, and a token for it that outlives the test. */
    async setUp(code: string): Promise<void> {
      bearer = undefined;
      const account = { code, name: 'Ada', password: 'a sound box in the hall' };
      bearer = signedIn.parse(
        await expect(201, 'POST', '/api/v1/auth/setup', account),
      ).access_token;
      const wanted = { name: 'appliance', scopes: ['read', 'play', 'library', 'extract', 'admin'] };
      bearer = token.parse(await expect(201, 'POST', '/api/v1/auth/tokens', wanted)).token;
    },

    /** Somebody whose credits count. */
    async addPerson(name: string): Promise<string> {
      const account = { name, password: 'another box in the hall', role: 'user' };
      return person.parse(await expect(201, 'POST', '/api/v1/admin/users', account)).id;
    },

    async upload(name: string, hertz: number, lengthMs: number): Promise<string> {
      const form = new FormData();
      form.append('files', new Blob([new Uint8Array(sineWav(hertz, lengthMs))]), name);
      return sound.parse(await expect(201, 'POST', '/api/v1/sounds/', form)).id;
    },

    press: async (soundId: string): Promise<void> =>
      void playId.parse(await expect(202, 'POST', `/api/v1/sounds/play/${soundId}`)),

    async balance(personId: string): Promise<number> {
      return balance.parse(await get(`/api/v1/admin/credits/${personId}/balance`)).balance;
    },

    /** What must be the same before and after: sounds with their plays, accounts, balances. */
    async state(personId: string): Promise<ReadonlyMap<string, string>> {
      const paths = [
        '/api/v1/sounds/?limit=500',
        '/api/v1/admin/users',
        `/api/v1/admin/credits/${personId}`,
        `/api/v1/admin/credits/${personId}/transactions?limit=500`,
        '/api/v1/plays?limit=500',
      ];
      const all = new Map<string, string>();
      for (const path of paths) all.set(path, JSON.stringify(await get(path)));
      return all;
    },

    /** @throws Error when the log is not whole */
    async verify(): Promise<void> {
      const said = String(await get('/api/v1/admin/audit/verify'));
      const verdict: unknown = JSON.parse(said.trim().split('\n').at(-1) ?? '{}');
      z.object({ verdict: z.literal('valid') }).parse(verdict);
    },

    /** Gives one credit after another for as long as told; asks again, with the same key, where no answer came. */
    async giveCredits(personId: string, signal: AbortSignal) {
      let given = 0;
      let asked = 0;
      let longestMs = 0;
      let lastAt = performance.now();
      while (!signal.aborted) {
        const key = randomUUID();
        for (;;) {
          asked += 1;
          const answer = await ask(
            'POST',
            `/api/v1/admin/users/${personId}/credits`,
            { amount: 1, reason: 'load' },
            key,
          ).catch(() => undefined);
          if (answer !== undefined && answer.status < 300) break;
          if (answer !== undefined && ![429, 503].includes(answer.status)) {
            throw new Error(`refused: ${answer.status} ${JSON.stringify(answer.body)}`);
          }
          await sleep(pauseMs);
        }
        given += 1;
        longestMs = Math.max(longestMs, performance.now() - lastAt);
        lastAt = performance.now();
        await sleep(pauseMs);
      }
      return { given, asked, longestMs };
    },
  };
};

export type House = ReturnType<typeof createHouse>;
