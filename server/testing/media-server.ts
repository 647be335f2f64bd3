/** A web of media on loopback, good and bad, for whatever fetches from links. Real files, made by ffmpeg. */
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { ffmpeg, tempFolder, tone } from '../sounds/testing/audio-files.ts';

type Reply = (url: URL, response: ServerResponse, request: IncomingMessage) => void;

export type MediaServer = AsyncDisposable & {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly port: number;
  /** Paths that were asked for, with their queries, in order. */
  readonly requests: string[];
  /** Headers of the newest request. */
  headers(): IncomingMessage['headers'];
  /** Requests that are being answered. */
  open(): number;
  /** Answers a path; each test its own. */
  on(path: string, reply: Reply): void;
};

export const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

const types: Record<string, string> = {
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  ogg: 'audio/ogg',
  opus: 'audio/ogg',
  flac: 'audio/flac',
  mp4: 'video/mp4',
  jpg: 'image/jpeg',
  ts: 'video/mp2t',
  m3u8: 'application/vnd.apple.mpegurl',
};

const page = (response: ServerResponse, html: string) => {
  response.setHeader('content-type', 'text/html; charset=utf-8');
  response.end(`<!doctype html><html>${html}</html>`);
};

/** Zeros for as long as somebody takes them. */
const pour = (response: ServerResponse) => {
  const more = () => {
    while (!response.destroyed && response.write(Buffer.alloc(64 * 1024)));
  };
  response.on('drain', more);
  more();
};

/** One byte at a time, so that no idle timeout ever ends it. */
const drip = (response: ServerResponse) => {
  const timer = setInterval(() => response.write('\0'), 200);
  response.on('close', () => clearInterval(timer));
};

const makeFiles = async (folder: string) => {
  const at = (name: string) => join(folder, name);
  await tone(at('tone.mp3'), { seconds: 2 });
  await tone(at('other.mp3'), { seconds: 2, hertz: 660 });
  await tone(at('tone.m4a'), { seconds: 2, args: ['-c:a', 'aac'] });
  await tone(at('tone.opus'), { seconds: 2 });
  const picture = ['-f', 'lavfi', '-i', 'testsrc=size=64x64:rate=5:duration=2'];
  await ffmpeg(...picture, '-frames:v', '1', `file:${at('cover.jpg')}`);
  await ffmpeg(...picture, '-pix_fmt', 'yuv420p', `file:${at('silent.mp4')}`);
  const segments = ['-f', 'hls', '-hls_time', '1', '-hls_playlist_type', 'vod'];
  const pieces = ['-hls_segment_filename', at('part%d.ts'), at('stream.m3u8')];
  await ffmpeg('-i', `file:${at('tone.m4a')}`, '-c:a', 'copy', ...segments, ...pieces);
  const names = await readdir(folder);
  return new Map<string, Buffer>(
    await Promise.all(names.map(async (name) => [`/${name}`, await readFile(at(name))] as const)),
  );
};

/** Extensions say what a path is: `/any/name.mp3?x` is `/tone.mp3` where it is not a file itself. */
export const startMediaServer = async (host = '127.0.0.1'): Promise<MediaServer> => {
  await using folder = await tempFolder();
  const files = await makeFiles(folder.path);
  const requests: string[] = [];
  const own = new Map<string, Reply>();
  let newest: IncomingMessage['headers'] = {};
  let answering = 0;

  const file = (name: string, response: ServerResponse): void => {
    const body = files.get(name);
    if (!body) {
      response.statusCode = 404;
      return void response.end('not here');
    }
    const type = types[name.split('.').at(-1) ?? ''];
    response.writeHead(200, { 'content-type': type, 'content-length': body.length });
    response.end(body);
  };

  const usual: Record<string, Reply> = {
    '/page': (_url, response) =>
      page(
        response,
        '<head><title>A page with a tone</title><meta property="og:image" content="/cover.jpg"></head>' +
          '<body><audio src="/tone.mp3"></audio></body>',
      ),
    '/nothing': (_url, response) => page(response, '<head><title>Words</title></head>No media.'),
    /** `?entries=` many, each `/list/<n>.mp3`. */
    '/list': (url, response) => {
      const entries = Array.from(
        { length: Number(url.searchParams.get('entries')) },
        (_, at) => `<audio src="/list/${at + 1}.mp3"></audio>`,
      );
      page(response, `<head><title>A list of tones</title></head>${entries.join('')}`);
    },
    /** `?to=` where to. */
    '/redirect': (url, response) => {
      response.writeHead(302, { location: url.searchParams.get('to') ?? '/tone.mp3' });
      response.end();
    },
    /** `?code=` which one. */
    '/status': (url, response) => {
      response.statusCode = Number(url.searchParams.get('code'));
      response.end('no');
    },
    /** A playlist whose only piece is at `?piece=`. */
    '/elsewhere.m3u8': (url, response) => {
      response.setHeader('content-type', 'application/vnd.apple.mpegurl');
      const piece = url.searchParams.get('piece') ?? '/part0.ts';
      response.end(`#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n${piece}\n#EXT-X-ENDLIST\n`);
    },
    /** Goes on as if there were no end. */
    '/live.m3u8': (_url, response) => {
      response.setHeader('content-type', 'application/vnd.apple.mpegurl');
      response.end(
        '#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXT-X-MEDIA-SEQUENCE:7\n#EXTINF:1,\npart0.ts\n',
      );
    },
    /** Takes the question and says nothing. */
    '/silent.mp3': () => {},
    '/slow.mp3': (_url, response) => {
      response.writeHead(200, { 'content-type': 'audio/mpeg', 'content-length': 1_000_000 });
      drip(response);
    },
    '/slow': (_url, response) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      drip(response);
    },
    /** Ends in the middle, every time. */
    '/broken.mp3': (_url, response) => {
      response.writeHead(200, { 'content-type': 'audio/mpeg', 'content-length': 1_000_000 });
      response.write(Buffer.alloc(1000), () => response.destroy());
    },
    /** Says that it is huge, and is. */
    '/huge.mp3': (_url, response) => {
      response.writeHead(200, { 'content-type': 'audio/mpeg', 'content-length': 10 ** 10 });
      pour(response);
    },
    /** Says nothing of its size and has no end. */
    '/endless.mp3': (_url, response) => {
      response.writeHead(200, { 'content-type': 'audio/mpeg' });
      pour(response);
    },
    '/endless': (_url, response) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      response.write('<html>');
      pour(response);
    },
  };

  const server = createServer((request, response) => {
    const asked = request.url ?? '/';
    requests.push(asked);
    newest = request.headers;
    answering += 1;
    response.on('close', () => (answering -= 1));
    response.on('error', () => {});
    const url = new URL(asked, 'http://media.test');
    const reply = own.get(url.pathname) ?? usual[url.pathname];
    if (reply) return reply(url, response, request);
    const extension = /\.[a-z0-9]+$/.exec(url.pathname)?.[0] ?? '';
    return file(files.has(url.pathname) ? url.pathname : `/tone${extension}`, response);
  });
  server.listen(0, host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://${host}:${port}`,
    port,
    requests,
    headers: () => newest,
    open: () => answering,
    on: (path, reply) => void own.set(path, reply),
    [Symbol.asyncDispose]: async () => {
      server.close();
      server.closeAllConnections();
      if (server.listening) await once(server, 'close');
    },
  };
};
