import { once } from 'node:events';
import { createServer as createHttpServer, request } from 'node:http';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createAddressGuard, type Lookup } from './guard.ts';
import { connectionsPerPassMax, type Pass } from './pass.ts';
import { createFilteringProxy, proxyLimits, type FilteringProxy } from './proxy.ts';

let proxy: FilteringProxy;
let open: Server[] = [];
const names: Record<string, () => readonly string[]> = {};
const lookup: Lookup = async (host) => names[host]?.() ?? [];

beforeEach(async () => {
  const guard = createAddressGuard({ allowedHosts: ['127.0.0.1'], lookup });
  proxy = createFilteringProxy(guard);
  await proxy.start();
});
afterEach(async () => {
  await proxy.stop();
  for (const server of open) server.close();
  open = [];
});

const listen = async (server: Server, host = '127.0.0.1'): Promise<number> => {
  open.push(server);
  server.listen(0, host);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
};

const site = (body = 'music', host?: string) =>
  listen(
    createHttpServer((_request, response) => void response.end(body)),
    host,
  );

/** Somewhere a private address leads to; counts who comes. */
const trap = async (host: string) => {
  const seen = { connections: 0 };
  const port = await listen(
    createServer((socket) => {
      seen.connections += 1;
      socket.destroy();
    }),
    host,
  );
  return { port, seen };
};

const openPass = (bytesMax = 1024 * 1024, onTooMuch = () => {}) =>
  proxy.openPass({ bytesMax, onTooMuch });

const authorization = (pass: Pass) => {
  const { username, password } = new URL(pass.url);
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
};

const portOf = (pass: Pass) => Number(new URL(pass.url).port);

const get = async (pass: Pass, url: string, headers: Record<string, string> = {}) => {
  const sent = request({
    host: '127.0.0.1',
    port: portOf(pass),
    path: url,
    agent: false,
    headers: { 'proxy-authorization': authorization(pass), ...headers },
  });
  sent.end();
  const [response] = await once(sent, 'response');
  return { status: response.statusCode, body: await text(response).catch(() => 'cut') };
};

/** Says it to the proxy and gives back what it answers until it closes, or the first answer. */
const say = async (pass: Pass, words: string): Promise<{ answer: string; socket: Socket }> => {
  const socket = connect(portOf(pass), '127.0.0.1');
  socket.on('error', () => {});
  socket.write(words);
  const [chunk] = await Promise.race([once(socket, 'data'), once(socket, 'close')]);
  return { answer: String(chunk), socket };
};

const tunnelTo = (pass: Pass, target: string) =>
  say(pass, `CONNECT ${target} HTTP/1.1\r\nProxy-Authorization: ${authorization(pass)}\r\n\r\n`);

it('fetches what is allowed', async () => {
  const port = await site();
  const pass = openPass();
  expect(await get(pass, `http://127.0.0.1:${port}/a?b=c`)).toEqual({ status: 200, body: 'music' });
  expect(pass.refused).toEqual([]);
});

it('hands on neither its secret nor what concerns one connection', async () => {
  let heard: Record<string, unknown> = {};
  const port = await listen(
    createHttpServer((asked, response) => {
      heard = asked.headers;
      response.end();
    }),
  );
  await get(openPass(), `http://127.0.0.1:${port}/`, {
    'x-kept': 'yes',
    connection: 'x-dropped',
    'x-dropped': 'no',
  });
  expect(heard).toEqual({ host: `127.0.0.1:${port}`, 'x-kept': 'yes', connection: 'close' });
});

it('opens a tunnel to what is allowed', async () => {
  const port = await listen(createServer((socket) => void socket.end('hello')));
  const { answer, socket } = await tunnelTo(openPass(), `127.0.0.1:${port}`);
  expect(answer).toMatch(/^HTTP\/1.1 200/);
  expect(await text(socket).then((rest) => answer + rest)).toMatch(/hello$/);
});

it.each(['127.0.0.2', '2130706434', '0x7f.2', '[::1]', '[::ffff:7f00:2]', '169.254.169.254'])(
  'refuses %s in a request and in a tunnel, and remembers it',
  async (host) => {
    const { port, seen } = await trap(host === '[::1]' ? '::1' : '127.0.0.2');
    const pass = openPass();
    expect(await get(pass, `http://${host}:${port}/`)).toMatchObject({ status: 403 });
    expect((await tunnelTo(pass, `${host}:${port}`)).answer).toMatch(/^HTTP\/1.1 403/);
    expect(pass.refused).toEqual([new URL(`http://${host}`).hostname]);
    expect(seen.connections).toBe(0);
  },
);

it('connects to the address it checked, whatever the name says the next time', async () => {
  const port = await site('first');
  const { seen } = await trap('127.0.0.2');
  const answers = [['127.0.0.1'], ['127.0.0.2']];
  let asked = 0;
  names['rebinding.example'] = () => answers[asked++] ?? [];
  const pass = openPass();
  expect(await get(pass, `http://rebinding.example:${port}/`)).toEqual({
    status: 200,
    body: 'first',
  });
  expect(asked).toBe(1);
  expect(await get(pass, `http://rebinding.example:${port}/`)).toMatchObject({ status: 403 });
  expect(pass.refused).toEqual(['rebinding.example']);
  expect(seen.connections).toBe(0);
});

it('is of no use without the secret of an open pass', async () => {
  const { port, seen } = await trap('127.0.0.1');
  const pass = openPass();
  const url = `http://127.0.0.1:${port}/`;
  const wrong = `Basic ${Buffer.from(`${new URL(pass.url).username}:guessed`).toString('base64')}`;
  expect(await get(pass, url, { 'proxy-authorization': wrong })).toMatchObject({ status: 407 });
  expect(await get(pass, url, { 'proxy-authorization': '' })).toMatchObject({ status: 407 });
  const unnamed = await say(pass, `CONNECT 127.0.0.1:${port} HTTP/1.1\r\n\r\n`);
  expect(unnamed.answer).toMatch(/^HTTP\/1.1 407/);
  pass.close();
  expect(await get(pass, url)).toMatchObject({ status: 407 });
  expect(seen.connections).toBe(0);
});

it.each(['ftp://127.0.0.1/', 'https://127.0.0.1/', '/only/a/path', 'file:///etc/passwd'])(
  'refuses to fetch %s',
  async (url) => expect(await get(openPass(), url)).toMatchObject({ status: 400 }),
);

it('says of hosts which do not answer that they do not', async () => {
  const port = await site();
  open.pop()?.close();
  const pass = openPass();
  expect(await get(pass, `http://127.0.0.1:${port}/`)).toMatchObject({ status: 502 });
  expect(await get(pass, 'http://nowhere.example/')).toMatchObject({ status: 502 });
  expect(pass.unreached).toEqual(['127.0.0.1', 'nowhere.example']);
});

it('says the same of a host that speaks something else', async () => {
  const port = await listen(createServer((socket) => void socket.end('SSH-2.0\r\n')));
  const pass = openPass();
  expect(await get(pass, `http://127.0.0.1:${port}/`)).toMatchObject({ status: 502 });
  expect(pass.unreached).toEqual(['127.0.0.1']);
});

it('cuts a body without an end where the job has had its bytes', async () => {
  const port = await listen(
    createHttpServer((_request, response) => {
      const more = () => {
        while (response.write(Buffer.alloc(64 * 1024)));
      };
      response.on('drain', more);
      more();
    }),
  );
  const tooMuch = vi.fn();
  const pass = openPass(1024 * 1024, tooMuch);
  expect((await get(pass, `http://127.0.0.1:${port}/`)).body).toBe('cut');
  expect(tooMuch).toHaveBeenCalledOnce();
});

it('counts what goes through tunnels', async () => {
  const port = await listen(
    createServer((socket) => {
      socket.on('error', () => {});
      const more = () => {
        while (socket.write(Buffer.alloc(64 * 1024)));
      };
      socket.on('drain', more);
      more();
    }),
  );
  const tooMuch = vi.fn();
  const { socket } = await tunnelTo(openPass(1024 * 1024, tooMuch), `127.0.0.1:${port}`);
  await text(socket).catch(() => 'cut');
  expect(tooMuch).toHaveBeenCalledOnce();
});

it('gives a job no more connections than it needs', async () => {
  const port = await listen(createServer(() => {}));
  const pass = openPass();
  const sockets: Socket[] = [];
  for (let at = 0; at < connectionsPerPassMax / 2; at++) {
    const { answer, socket } = await tunnelTo(pass, `127.0.0.1:${port}`);
    expect(answer).toMatch(/^HTTP\/1.1 200/);
    sockets.push(socket);
  }
  expect((await tunnelTo(pass, `127.0.0.1:${port}`)).answer).toMatch(/^HTTP\/1.1 503/);
  expect((await tunnelTo(openPass(), `127.0.0.1:${port}`)).answer).toMatch(/^HTTP\/1.1 200/);
  for (const socket of sockets) socket.destroy();
});

it('closes the connections of a pass with it', async () => {
  let far: Socket | undefined;
  const port = await listen(createServer((socket) => void (far = socket)));
  const pass = openPass();
  const { socket } = await tunnelTo(pass, `127.0.0.1:${port}`);
  const gone = Promise.all([once(socket, 'close'), once(far as Socket, 'close')]);
  far?.resume();
  pass.close();
  await gone;
});

it('refuses headers that are too long, of jobs and of sites', async () => {
  const pass = openPass();
  const long = 'x'.repeat(proxyLimits.headerBytesMax);
  const port = await listen(
    createServer((socket) => void socket.end(`HTTP/1.1 200 OK\r\nx: ${long}\r\n\r\n`)),
  );
  expect(await get(pass, `http://127.0.0.1:${port}/`)).toMatchObject({ status: 502 });
  const { answer } = await say(pass, `GET http://127.0.0.1/ HTTP/1.1\r\nx: ${long}\r\n\r\n`);
  expect(answer).toMatch(/^HTTP\/1.1 431/);
});
