import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { route } from '../../kernel/door.ts';
import { openHttpDoor, type OpenDoor } from '../testing/open-http-door.ts';
import { createNodeServer } from './node-server.ts';
import { openApiDocument } from './openapi.ts';

type Seen = { filename: string; bytes: number };
const access = { role: 'nobody', scope: 'read' } as const;
const boundary = 'b-o-u-n-d';
const formType = `multipart/form-data; boundary=${boundary}`;

let open: OpenDoor;
let failures: unknown[];

const post = route({
  method: 'POST',
  path: '/boxes',
  summary: 'Takes boxes in',
  access,
  form: {
    filesMax: 2,
    fileBytesMax: 1000,
    stallMsMax: 100,
    fields: z.object({ colour: z.enum(['red', 'blue']).optional() }),
  },
  answers: { 200: { description: 'Seen', schema: z.unknown() } },
  async handle({ form }) {
    const seen: Seen[] = [];
    try {
      for await (const { filename, bytes } of form.files) {
        let size = 0;
        for await (const chunk of bytes) size += chunk.length;
        seen.push({ filename, bytes: size });
      }
    } catch (error) {
      failures.push(error);
      throw error;
    }
    return { status: 200, body: { seen, ...form.fields() } };
  },
});

beforeEach(async () => {
  failures = [];
  open = await openHttpDoor([post]);
});
afterEach(() => open.close());

const partOf = (head: string, body: string) =>
  `--${boundary}\r\nContent-Disposition: form-data; ${head}\r\n\r\n${body}\r\n`;
const file = (filename: string, bytes: number) =>
  partOf(`name="f"; filename="${filename}"`, 'x'.repeat(bytes));
const end = `--${boundary}--\r\n`;

const send = async (body: string, type: string | null = formType) => {
  const response = await fetch(`${open.origin}/api/v1/boxes`, {
    method: 'POST',
    headers: type === null ? {} : { 'Content-Type': type },
    body: Buffer.from(body),
  });
  return [response.status, (await response.json()) as Record<string, unknown>] as const;
};

test('files come as they are, fields parsed', async () => {
  const body = partOf('name="colour"', 'red') + file('é %22a%22.bin', 1000) + file('', 0) + end;
  expect(await send(body)).toEqual([
    200,
    {
      seen: [
        { filename: 'é "a".bin', bytes: 1000 },
        { filename: '', bytes: 0 },
      ],
      colour: 'red',
    },
  ]);
});

test.each([
  ['one byte too many', file('big.bin', 1001) + end, 413, 'file_too_large'],
  ['far too many', file('big.bin', 5_000_000) + end, 413, 'file_too_large'],
  ['one file too many', file('1', 1) + file('2', 1) + file('3', 1) + end, 413, 'too_many_files'],
  ['a field that is none', partOf('name="colour"', 'green') + end, 422, 'invalid_fields'],
  ['a field without end', partOf('name="colour"', 'r'.repeat(9000)) + end, 400, 'malformed'],
  ['fields without end', partOf('name="x"', '').repeat(70) + end, 400, 'malformed'],
  ['no end', file('cut.bin', 10), 400, 'malformed'],
  ['an end inside a file', file('cut.bin', 900).slice(0, 500), 400, 'malformed'],
  ['an end inside a head', `--${boundary}\r\nContent-Dispo`, 400, 'malformed'],
  ['nothing', '', 400, 'malformed'],
  ['no form', 'hello', 400, 'malformed'],
])('%s is refused', async (_what, body, status, code) => {
  const answer = await send(body);
  expect([answer[0], answer[1]['code']]).toEqual([status, code]);
});

test.each([
  ['no type', null, 415],
  ['JSON', 'application/json', 415],
  ['a form without files', 'application/x-www-form-urlencoded', 415],
  ['a form without a boundary', 'multipart/form-data', 400],
])('%s is refused', async (_what, type, status) => {
  expect((await send(file('a', 1) + end, type))[0]).toBe(status);
});

test('the refused can read why, although they are still sending', async () => {
  const request = httpRequest(`${open.origin}/api/v1/boxes`, {
    method: 'POST',
    headers: { 'Content-Type': formType },
  });
  request.write(file('big.bin', 50_000));
  const [response] = (await once(request, 'response')) as [NodeJS.ReadableStream];
  let text = '';
  for await (const chunk of response) text += String(chunk);
  expect(text).toContain('file_too_large');
  // What still comes is read off, so that the connection can be used again.
  request.end(end);
  await once(request, 'close');
});

test('a client that stops sending is told, one that is gone leaves no reader behind', async () => {
  const socket = connect(open.port, '127.0.0.1');
  socket.write(
    `POST /api/v1/boxes HTTP/1.1\r\nHost: x\r\nContent-Type: ${formType}\r\nContent-Length: 5000\r\n\r\n${file('slow.bin', 10)}`,
  );
  const [answer] = (await once(socket, 'data')) as [Buffer];
  expect(String(answer)).toMatch(/^HTTP\/1\.1 408 /);
  expect(String(answer)).toContain('"code":"upload_stalled"');
  socket.destroy();
  expect(failures).toMatchObject([{ problem: { code: 'upload_stalled' } }]);

  const leaver = connect(open.port, '127.0.0.1');
  leaver.write(
    `POST /api/v1/boxes HTTP/1.1\r\nHost: x\r\nContent-Type: ${formType}\r\nContent-Length: 5000\r\n\r\n${file('gone.bin', 10)}`,
    () => leaver.destroy(),
  );
  await expect.poll(() => failures.length).toBe(2);
});

test('a body that is not a form has to arrive in time', async () => {
  const node = createNodeServer(
    () => undefined,
    () => 'id',
    { requestTimeoutMs: 50 },
  );
  await node.listen('127.0.0.1', 0);
  const socket = connect((node.server.address() as AddressInfo).port, '127.0.0.1');
  let heard = '';
  socket.on('data', (chunk) => (heard += String(chunk)));
  socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nx');
  await once(socket, 'close');
  expect(heard).toMatch(/^HTTP\/1\.1 408 /);
  expect(heard).toContain('"code":"request_timeout"');
  await node.close();
});

test('the document says what the form holds and how it may be refused', () => {
  const { paths } = openApiDocument([post], { version: '1', accessCookie: 'c' });
  const operation = paths?.['/api/v1/boxes']?.post;
  expect(operation?.requestBody).toMatchObject({
    required: true,
    content: {
      'multipart/form-data': {
        schema: {
          properties: {
            colour: { enum: ['red', 'blue'] },
            files: { type: 'array', minItems: 1, maxItems: 2 },
          },
          required: ['files'],
        },
      },
    },
  });
  expect(Object.keys(operation?.responses ?? {})).toEqual(
    expect.arrayContaining(['200', '400', '408', '413', '415', '422']),
  );
});
