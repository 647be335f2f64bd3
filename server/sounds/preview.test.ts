import {
  appendFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { deflateSync, crc32 } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sineWav } from '../testing/sine-wav.ts';
import { eventually, startTestApp, type TestApp } from '../testing/test-app.ts';
import type { Sound, Waveform } from './contract.ts';
import { finePeaks } from './media.ts';
import { inlineName } from './preview-routes.ts';
import { ffmpeg, tempFolder, tone, type TempFolder } from './testing/audio-files.ts';
import { upload } from './testing/upload.ts';

let app: TestApp;
let token: string;
let bell: Sound;
let folder: TempFolder;
const wav = sineWav(440, 300);

const board = () => join(app.soundsDir, 'originals', 'soundboard');
const cache = () => join(app.dir, 'data', 'cache');
const address = (sound: Sound, what: string) => `${app.url}/api/v1/sounds/${sound.id}/${what}`;
const get = (sound: Sound, what: string, headers: Record<string, string> = {}, method = 'GET') =>
  fetch(address(sound, what), {
    method,
    headers: { Authorization: `Bearer ${token}`, ...headers },
  });
const bytes = async (response: Response) => Buffer.from(await response.arrayBuffer());
const code = async (response: Response) => {
  const { code } = (await response.json()) as { code: string };
  return [response.status, code];
};
const add = async (filename: string, content: Buffer): Promise<Sound> => {
  const answer = await upload(app, token, [{ filename, content }]);
  expect(answer.status).toBe(201);
  return answer.body as unknown as Sound;
};

beforeAll(async () => {
  folder = await tempFolder();
  app = await startTestApp();
  token = (await app.setUp()).body['access_token'] as string;
  bell = await add('Türklingel %221%22.wav', wav);
});
afterAll(async () => {
  await app.stop();
  await folder[Symbol.asyncDispose]();
});

describe('the file', () => {
  it('comes whole, with its type, name and tag', async () => {
    const response = await get(bell, 'audio');
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'audio/wav',
      'content-length': String(wav.length),
      'accept-ranges': 'bytes',
      'cache-control': 'private, no-cache',
      'content-disposition': `inline; filename="T_rklingel _1_.wav"; filename*=UTF-8''T%C3%BCrklingel%20%221%22.wav`,
      etag: `"${bell.hash}"`,
      'x-content-type-options': 'nosniff',
    });
    expect(await bytes(response)).toEqual(wav);
  });

  it.each([
    ['bytes=0-99', 0, 99],
    ['bytes=100-', 100, wav.length - 1],
    ['bytes=-50', wav.length - 50, wav.length - 1],
    ['bytes=0-0', 0, 0],
    ['bytes=5-99999999', 5, wav.length - 1],
    ['bytes=-99999999', 0, wav.length - 1],
  ])('%s is a part of it', async (range, start, end) => {
    const response = await get(bell, 'audio', { Range: range });
    expect([response.status, response.headers.get('Content-Range')]).toEqual([
      206,
      `bytes ${start}-${end}/${wav.length}`,
    ]);
    expect(response.headers.get('Content-Type')).toBe('audio/wav');
    expect(await bytes(response)).toEqual(wav.subarray(start, end + 1));
  });

  it.each(['bytes=0-1,5-6', 'bytes=9-5', 'bytes=-', 'bytes=x', 'lines=1-2', '0-5'])(
    '%s is no single range: it comes whole',
    async (range) => {
      const response = await get(bell, 'audio', { Range: range });
      expect([response.status, (await bytes(response)).length]).toEqual([200, wav.length]);
    },
  );

  it.each([`bytes=${wav.length}-`, 'bytes=-0', 'bytes=99999999-'])(
    '%s lies beyond its end',
    async (range) => {
      const response = await get(bell, 'audio', { Range: range });
      expect(response.headers.get('Content-Range')).toBe(`bytes */${wav.length}`);
      expect(await code(response)).toEqual([416, 'range_not_satisfiable']);
    },
  );

  it('a range counts only for the content it was begun with', async () => {
    const part = (tag: string) =>
      get(bell, 'audio', { Range: 'bytes=0-9', 'If-Range': tag }).then(({ status }) => status);
    expect(await part(`"${bell.hash}"`)).toBe(206);
    expect(await part('"another"')).toBe(200);
    expect(await part(`W/"${bell.hash}"`)).toBe(200);
    expect(await part('Wed, 21 Oct 2015 07:28:00 GMT')).toBe(200);
  });

  it('is not sent again to who has it, and kept for ever under its hash', async () => {
    const known = await get(bell, 'audio', { 'If-None-Match': `"${bell.hash}"` });
    expect([known.status, (await bytes(known)).length]).toEqual([304, 0]);
    const named = await get(bell, `audio?h=${bell.hash}`);
    expect(named.headers.get('Cache-Control')).toBe('private, max-age=31536000, immutable');
    const other = await get(bell, 'audio?h=other');
    expect(other.headers.get('Cache-Control')).toBe('private, no-cache');
    await Promise.all([named.body?.cancel(), other.body?.cancel()]);
  });

  it('HEAD tells about it without sending it', async () => {
    const response = await get(bell, 'audio', { Range: 'bytes=0-9' }, 'HEAD');
    expect([response.status, response.headers.get('Content-Length')]).toEqual([
      200,
      String(wav.length),
    ]);
    expect(response.headers.get('Content-Type')).toBe('audio/wav');
  });

  it('that is gone or changed is refused with words', async () => {
    const sound = await add('Fragile.wav', sineWav(450, 100));
    const path = join(board(), 'Fragile.wav');
    appendFileSync(path, 'more');
    expect(await code(await get(sound, 'audio'))).toEqual([409, 'file_changed']);
    rmSync(path);
    expect(await code(await get(sound, 'audio'))).toEqual([404, 'file_missing']);
  });

  it('is there for guests, and of known sounds only', async () => {
    expect((await fetch(address(bell, 'audio'))).status).toBe(401);
    expect(await code(await get({ ...bell, id: 'none' }, 'audio'))).toEqual([404, 'unknown_sound']);
    expect(await code(await get(bell, 'audio?normalized=true'))).toEqual([409, 'not_normalized']);
  });

  it('stays open for nobody who went away', async () => {
    const long = await add('Long.wav', sineWav(460, 60_000));
    const openFiles = () =>
      readdirSync('/proc/self/fd').filter((fd) => {
        try {
          return readlinkSync(`/proc/self/fd/${fd}`).endsWith('Long.wav');
        } catch {
          return false;
        }
      }).length;
    const request = (method: string) =>
      `${method} /api/v1/sounds/${long.id}/audio HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\n\r\n`;
    const sockets = Array.from({ length: 10 }, () => {
      const socket = connect(Number(new URL(app.url).port), '127.0.0.1');
      socket.on('error', () => undefined);
      socket.write(request('GET'));
      return socket;
    });
    // Nobody reads, so that all of them are under way.
    await eventually(() => (openFiles() === 10 ? true : undefined));
    for (const socket of sockets) socket.destroy();
    await eventually(() => (openFiles() === 0 ? true : undefined));
    for (let count = 0; count < 10; count++) {
      await get(long, 'audio', {}, 'HEAD');
      await get(long, 'audio', { 'If-None-Match': '*' });
    }
    expect(openFiles()).toBe(0);
  });
});

describe('the waveform', () => {
  it('is 800 levels, tagged with the hash', async () => {
    const response = await get(bell, 'waveform');
    const { duration, peaks } = (await response.json()) as Waveform;
    expect([duration, peaks.length]).toEqual([300, finePeaks]);
    expect(Math.max(...peaks)).toBe(255);
    const tag = response.headers.get('ETag') as string;
    expect(tag).toContain(bell.hash);
    const again = await get(bell, 'waveform', { 'If-None-Match': tag });
    expect(again.status).toBe(304);
  });

  it('of an unknown sound is 404', async () => {
    expect(await code(await get({ ...bell, id: 'none' }, 'waveform'))).toEqual([
      404,
      'unknown_sound',
    ]);
  });
});

const pngBomb = (side: number): Buffer => {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const [head, tail] = [Buffer.alloc(4), Buffer.alloc(4)];
    head.writeUInt32BE(data.length);
    tail.writeUInt32BE(crc32(body));
    return Buffer.concat([head, body, tail]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header[8] = 1;
  const rows = Buffer.alloc(side * (1 + Math.ceil(side / 8)));
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
};

/** An ID3 tag with this picture, whatever it is, before the sound. */
const withPicture = (mp3: Buffer, type: string, picture: Buffer): Buffer => {
  const content = Buffer.concat([
    Buffer.from([0]),
    Buffer.from(`${type}\0`),
    Buffer.from([3, 0]),
    picture,
  ]);
  const frame = Buffer.alloc(10);
  frame.write('APIC');
  frame.writeUInt32BE(content.length, 4);
  const size = content.length + 10;
  const head = Buffer.from([
    0x49,
    0x44,
    0x33,
    3,
    0,
    0,
    (size >> 21) & 127,
    (size >> 14) & 127,
    (size >> 7) & 127,
    size & 127,
  ]);
  return Buffer.concat([head, frame, content, mp3]);
};

const bare = async (hertz: number) => {
  const path = await tone(join(folder.path, `${hertz}.mp3`), {
    hertz,
    args: ['-write_id3v2', '0', '-map_metadata', '-1'],
  });
  return readFileSync(path);
};

describe('the picture', () => {
  it('of a sound without one is 404', async () => {
    expect(bell.thumbnail).toBeNull();
    expect(await code(await get(bell, 'thumbnail'))).toEqual([404, 'no_thumbnail']);
  });

  it.each([
    ['a hundred and more megapixels', () => pngBomb(12_000), 'image/png', 610],
    ['no picture at all', () => Buffer.from('no picture at all'), 'image/jpeg', 620],
    [
      'a drawing that names a file',
      () =>
        Buffer.from(
          '<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>',
        ),
      'image/svg+xml',
      630,
    ],
  ])('that is %s is none, and the sound is well', async (name, picture, type, hertz) => {
    const sound = await add(`${name}.mp3`, withPicture(await bare(hertz), type, picture()));
    expect(await code(await get(sound, 'thumbnail'))).toEqual([404, 'no_thumbnail']);
    const known = (await app.call('GET', `/sounds/${sound.id}`)).body;
    expect(known['thumbnail']).toBeNull();
    expect((await get(sound, 'waveform')).status).toBe(200);
  });
});

describe('a deleted cache', () => {
  const files = (kind: string) =>
    existsSync(join(cache(), kind))
      ? readdirSync(join(cache(), kind), { recursive: true, encoding: 'utf8' }).filter((name) =>
          /\.(wav|jpg)$/.test(name),
        )
      : [];

  it('is filled again while Encore runs: pictures when asked for, copies after a scan', async () => {
    const jpg = join(folder.path, 'cover.jpg');
    await ffmpeg('-f', 'lavfi', '-i', 'color=blue:s=64x64:d=0.04', '-frames:v', '1', jpg);
    const covered = withPicture(await bare(640), 'image/jpeg', readFileSync(jpg));
    const sound = await add('Covered.mp3', covered);
    const first = await bytes(await get(sound, 'thumbnail'));
    await app.call('POST', '/sounds/scan');
    const listed = (await app.call('GET', '/sounds/?limit=500')).body['items'] as Sound[];
    const short = listed.filter(({ duration }) => duration <= 30_000).map(({ hash }) => hash);
    const lacking = () => short.filter((hash) => !files('wav').some((name) => name.includes(hash)));
    expect(short.length).toBeGreaterThan(1);
    expect(lacking()).toEqual([]);
    expect(files('pictures')).toHaveLength(1);

    rmSync(cache(), { recursive: true });
    expect(lacking()).toEqual(short);
    expect(await bytes(await get(sound, 'thumbnail'))).toEqual(first);
    expect((await get(sound, 'audio')).status).toBe(200);
    await app.call('POST', '/sounds/scan');
    await eventually(() => (lacking().length === 0 ? true : undefined));
  });

  it('gives up a copy and a picture when no sound has the content', async () => {
    const sound = (await app.call('GET', '/sounds/?q=Covered')).body['items'] as Sound[];
    const hash = sound[0]?.hash as string;
    const has = () => [...files('wav'), ...files('pictures')].some((name) => name.includes(hash));
    expect(has()).toBe(true);
    writeFileSync(join(board(), 'Covered.mp3'), await bare(650));
    await app.call('POST', '/sounds/scan');
    expect(has()).toBe(false);
  });

  it('a file that changed under the same size is not taken for what it was', async () => {
    const sound = await add('Swap.wav', sineWav(470, 100));
    rmSync(cache(), { recursive: true });
    renameSync(join(board(), 'Swap.wav'), join(board(), 'Swap.old'));
    writeFileSync(join(board(), 'Swap.wav'), sineWav(480, 100));
    // Playing asks for the copy: nothing may be made under the old hash.
    app.player.connect();
    await app.call('POST', `/sounds/play/${sound.id}`);
    await app.call('POST', '/sounds/scan');
    await eventually(async () => {
      const { body } = await app.call('GET', `/sounds/${sound.id}`);
      return body['hash'] === sound.hash ? undefined : true;
    });
    expect(files('wav').some((name) => name.includes(sound.hash))).toBe(false);
  });
});

it('a name is told to old and new programs', () => {
  expect(inlineName("It's 100% (a)*\n\ud800.mp3")).toBe(
    `inline; filename="It's 100_ (a)*__.mp3"; filename*=UTF-8''It%27s%20100%25%20%28a%29%2A%0A%EF%BF%BD.mp3`,
  );
});
