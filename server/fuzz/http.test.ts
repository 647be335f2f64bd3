/**
 * Every operation of our own OpenAPI document, asked by everybody, with what it says it takes and with
 * what it does not. The same seed asks the same.
 */
import fc, { type Arbitrary } from 'fast-check';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { makeCallers, type Caller } from '../testing/callers.ts';
import { oddText, spoilt, valuesOf, type Schema } from '../testing/schema-values.ts';
import { startTestApp, type TestApp } from '../testing/test-app.ts';
import { addPerson, login } from '../users/testing/people.ts';

type Parameter = { name: string; in: string; required?: boolean; schema: Schema };
type Media = Record<string, { schema?: Schema }>;
type Operation = {
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly requestBody?: { content: Media };
  readonly responses: Record<string, { description: string; content?: Media }>;
};
type OpenApi = {
  paths: Record<string, Record<string, Omit<Operation, 'method' | 'path'>>>;
  components: { schemas: Record<string, Schema> };
};
type Sent = {
  readonly path: Record<string, string>;
  readonly query: Record<string, unknown>;
  readonly body: unknown;
};

const seeds = Array.from({ length: inject('effort') }, (_, index) => index + 1);
const goodPerOperation = 5;
const spoiltPerOperation = 6;
/** Ids that were seen lately. */
const knownMax = 60;

const problemType = 'application/problem+json';

let app: TestApp;
let document: OpenApi;
let operations: Operation[];
let callers: Caller[];
let known: string[];
/** By whom fuzzed people are made anew; nobody learns this id, so that nobody shuts the box. */
let root: string;

beforeAll(async () => {
  app = await startTestApp({ environment: { REGISTRATION: 'open', CREDITS_PLAY_SOUND: '0' } });
  root = ((await app.setUp()).body['user'] as { id: string }).id;
  app.addSound('Horn.wav');
  app.addSound('Bell.wav', 880);
  await app.call('POST', '/sounds/scan');
  const text = JSON.stringify((await app.call('GET', '/openapi.json')).body);
  // Where zod looks for what is referred to.
  document = JSON.parse(text.replaceAll('#/components/schemas/', '#/$defs/')) as OpenApi;
  operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      ...operation,
      method: method.toUpperCase(),
      path: path.replace('/api/v1', ''),
      parameters: operation.parameters ?? [],
    })),
  );
  const named = await makeCallers(app, ['read']);
  const names = [
    'nobody',
    'guest',
    'user',
    'admin',
    'token with library',
    "guest's token with play",
  ];
  callers = names.map((name) => named[name]).filter((caller) => caller !== undefined);
  const { body } = await app.call('GET', '/sounds/catalogue');
  known = (body['items'] as { id: string }[]).map(({ id }) => id);
}, 120_000);
afterAll(() => app.stop());

const world = {
  resolve: (ref: string): Schema => {
    const schema = document.components.schemas[ref.replace('#/$defs/', '')];
    if (!schema) throw new Error(`${ref} is not in the document`);
    return schema;
  },
  known: () => known,
};

const parametersOf = (operation: Operation, place: string): Schema => {
  const some = operation.parameters.filter((parameter) => parameter.in === place);
  return {
    type: 'object',
    properties: Object.fromEntries(some.map(({ name, schema }) => [name, schema])),
    required: some.filter(({ required }) => required === true).map(({ name }) => name),
  };
};

const bodyOf = ({ requestBody }: Operation): Schema | undefined =>
  requestBody?.content['application/json']?.schema;

const goodOf = (operation: Operation): Arbitrary<Sent> => {
  const body = bodyOf(operation);
  return fc.record({
    path: valuesOf(parametersOf(operation, 'path'), world).map((values) =>
      Object.fromEntries(
        Object.entries(values as object).map(([name, value]) => [name, String(value)]),
      ),
    ),
    query: valuesOf(parametersOf(operation, 'query'), world) as Arbitrary<Record<string, unknown>>,
    body: body ? valuesOf(body, world) : fc.constant(undefined),
  });
};

const spoiltOf = (operation: Operation): Arbitrary<Sent> => {
  const good = goodOf(operation);
  const odds = (names: readonly string[]) =>
    fc.record(Object.fromEntries(names.map((name) => [name, oddText])));
  const namesIn = (place: string) =>
    operation.parameters.filter((one) => one.in === place).map(({ name }) => name);
  return fc.oneof(
    good.chain((sent) => spoilt(fc.constant(sent.body)).map((body) => ({ ...sent, body }))),
    good.chain((sent) =>
      odds([...namesIn('query'), 'unheard_of']).map((query) => ({ ...sent, query })),
    ),
    good.chain((sent) => odds(namesIn('path')).map((path) => ({ ...sent, path }))),
  );
};

const addressOf = (operation: Operation, { path, query }: Sent): string => {
  // fetch would take dots and nothings for other places, lone surrogates for a mistake of ours.
  const segment = (name: string) => {
    const value = encodeURIComponent((path[name] ?? '').toWellFormed());
    return /^\.{0,2}$/.test(value) ? 'none' : value;
  };
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? (value as unknown[]) : [value]) {
      search.append(name, typeof one === 'string' ? one : (JSON.stringify(one) ?? ''));
    }
  }
  const place = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => segment(name));
  return search.size > 0 ? `${place}?${search.toString()}` : place;
};

const remember = (value: unknown): void => {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    if (/^(?:id|code|entry_id|name)$/.test(name) && typeof inner === 'string') {
      const safe = inner !== root && inner.length > 0 && inner.length < 64 && inner !== 'Mira';
      if (safe && !known.includes(inner)) known.push(inner);
    } else remember(inner);
  }
  if (known.length > knownMax) known = [...known.slice(0, 2), ...known.slice(2 - knownMax)];
};

const checkers = new Map<Schema, z.ZodType>();
/** The answer's schema as a reader of the document alone would know it. */
const checkerOf = (schema: Schema): z.ZodType => {
  const checker =
    checkers.get(schema) ??
    z.fromJSONSchema({
      ...schema,
      $defs: document.components.schemas,
    } as Parameters<typeof z.fromJSONSchema>[0]);
  checkers.set(schema, checker);
  return checker;
};

/** What the answer has other than the document says; undefined where all is well. */
const faultOf = async (
  { responses }: Operation,
  answer: Response,
): Promise<{ fault?: string; body?: unknown }> => {
  const { status } = answer;
  const text = await answer.text();
  const said = responses[String(status)];
  const shown = text.slice(0, 500);
  if (!said) return { fault: `answers ${status}, which is not declared: ${shown}` };
  const type = (answer.headers.get('Content-Type') ?? '').split(';')[0] ?? '';
  if (type !== 'application/json' && type !== problemType) {
    const declared = Object.keys(said.content ?? {});
    const ok = type === '' || declared.length === 0 || declared.some((one) => one !== problemType);
    return ok ? {} : { fault: `answers ${status} as ${type}: ${shown}` };
  }
  const body = JSON.parse(text) as unknown;
  const schema = said.content?.[type]?.schema;
  if (!schema)
    return { fault: `answers ${status} with a body that is not declared: ${shown}`, body };
  if (type === problemType) {
    const { code } = body as { code: string };
    const codes = said.description.split(', ');
    if (!codes.includes(code)) {
      return { fault: `answers ${status} ${code}; declared: ${said.description}`, body };
    }
  }
  const result = checkerOf(schema).safeParse(body);
  if (result.success) return { body };
  return { fault: `answers ${status} other than declared: ${result.error.message} ${shown}`, body };
};

/** Signed out, disabled or deleted by what was asked before: somebody like them. */
let replacements = 0;
const revive = async (caller: Caller): Promise<Caller> => {
  if (!caller.person) return caller;
  const again = await login(app, caller.person.name);
  if (again.status === 200 && caller.scopes === null) {
    return { ...caller, token: again.body['access_token'] as string };
  }
  replacements += 1;
  const { role } = caller;
  const person = await addPerson(app, `Person ${replacements}`, { role });
  return { ...caller, scopes: null, person, token: person.token };
};

describe.each(seeds)('with seed %i', (seed) => {
  const faults = new Set<string>();
  const statuses = new Map<number, number>();

  const ask = async (operation: Operation, index: number, sent: Sent): Promise<void> => {
    const { method } = operation;
    const address = addressOf(operation, sent);
    const send = async (caller: Caller) => {
      const form = operation.requestBody?.content['multipart/form-data'];
      const upload = new FormData();
      if (form) upload.append('files', new Blob([JSON.stringify(sent)]), 'Noise.mp3');
      const json = sent.body === undefined ? undefined : JSON.stringify(sent.body);
      return fetch(`${app.url}/api/v1${address}`, {
        method,
        redirect: 'manual',
        headers: {
          ...(caller.token === null ? {} : { Authorization: `Bearer ${caller.token}` }),
          ...(json === undefined || form ? {} : { 'Content-Type': 'application/json' }),
        },
        ...(form ? { body: upload } : json === undefined || method === 'GET' ? {} : { body: json }),
      });
    };
    let caller = callers[index % callers.length]!;
    let answer = await send(caller);
    if (answer.status === 401 && caller.person) {
      caller = await revive(caller);
      callers[index % callers.length] = caller;
      answer = await send(caller);
    }
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
    const { fault, body } = await faultOf(operation, answer);
    remember(body);
    if (fault === undefined) return;
    const request = JSON.stringify(sent.body)?.slice(0, 300) ?? '';
    faults.add(`${method} ${address.slice(0, 300)} as ${caller.role} ${request}\n  ${fault}`);
  };

  it('every operation answers as declared, to everybody, whatever is asked', async () => {
    for (const [place, operation] of operations.entries()) {
      const from = { seed: seed * 1000 + place };
      const asked = [
        ...fc.sample(goodOf(operation), { ...from, numRuns: goodPerOperation }),
        ...fc.sample(spoiltOf(operation), { ...from, numRuns: spoiltPerOperation }),
      ];
      for (const [index, sent] of asked.entries()) await ask(operation, index, sent);
    }
    expect([...faults].join('\n')).toBe('');
    // It got through to all kinds of answers, not to one wall alone.
    expect([...statuses.keys()]).toEqual(
      expect.arrayContaining([200, 201, 202, 401, 403, 404, 422]),
    );
  }, 600_000);
});
