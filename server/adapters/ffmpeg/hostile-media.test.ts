import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { put, tempFolder, tone } from '../../sounds/testing/audio-files.ts';
import type { TempFolder } from '../../sounds/testing/audio-files.ts';
import { createMediaTools, createRunChild } from './index.ts';

const media = createMediaTools(undefined, createRunChild([]));
let folder: TempFolder;
let address = '';
let secret = '';
let requests = 0;
const trap = createServer((socket) => {
  requests += 1;
  socket.destroy();
});

beforeAll(async () => {
  folder = await tempFolder();
  await new Promise<void>((listening) => trap.listen(0, '127.0.0.1', listening));
  address = `http://127.0.0.1:${(trap.address() as AddressInfo).port}/sound.mp3`;
  secret = await tone(join(folder.path, 'secret.wav'));
});
afterAll(async () => {
  trap.close();
  await folder[Symbol.asyncDispose]();
});

const hls = (target: string) =>
  `#EXTM3U\n#EXT-X-TARGETDURATION:3\n#EXTINF:3,\n${target}\n#EXT-X-ENDLIST\n`;

const disguises: readonly (readonly [string, (target: string) => string])[] = [
  ['hls', hls],
  ['hls behind blank lines', (target) => `\n\n${hls(target)}`],
  ['hls behind a tag', (target) => `ID3\n${hls(target)}`],
  ['m3u', (target) => `${target}\n`],
  ['pls', (target) => `[playlist]\nFile1=${target}\nNumberOfEntries=1\n`],
  ['concat', (target) => `ffconcat version 1.0\nfile '${target}'\n`],
  [
    'xspf',
    (target) =>
      `<?xml version="1.0"?><playlist><trackList><track><location>${target}</location></track></trackList></playlist>`,
  ],
  ['asx', (target) => `<asx version="3.0"><entry><ref href="${target}"/></entry></asx>`],
  [
    'dash',
    (target) =>
      `<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static"><Period><AdaptationSet><Representation><BaseURL>${target}</BaseURL></Representation></AdaptationSet></Period></MPD>`,
  ],
  [
    'sdp',
    () => 'v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio 9 RTP/AVP 0\n',
  ],
];

it.each(disguises)('%s named .mp3 reads nothing else', async (name, content) => {
  for (const target of [address, secret]) {
    const file = await put(join(folder.path, `${name}.mp3`), content(target));
    expect(await media.probe(file)).toMatchObject({ ok: false });
    // Nor does the guard fall when somebody decodes without having probed.
    expect(
      await media.decodeToWav(file, join(folder.path, 'out.wav'), { channels: 2 }),
    ).toMatchObject({ ok: false });
    expect(await media.peaks(file)).toMatchObject({ ok: false });
    const picture = join(folder.path, 'out.jpg');
    expect(await media.picture(file, picture)).toMatchObject({ ok: false });
  }
  expect(requests).toBe(0);
});
