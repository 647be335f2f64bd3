import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { MediaSource } from '../../extractions/media-source.ts';
import { limits, openLab, openTrap, type Lab } from './testing/lab.ts';

vi.setConfig({ testTimeout: 120_000 });

/** The real yt-dlp, with a YouTube of our own: SponsorBlock is asked for nothing else. */
const ownYoutube = (media: string) => `#!/usr/bin/python3
import yt_dlp
from yt_dlp.extractor.common import InfoExtractor

class YoutubeIE(InfoExtractor):
    _VALID_URL = r'https?://127\\.0\\.0\\.1:\\d+/film/(?P<id>\\w+)'

    def _real_extract(self, url):
        return {'id': self._match_id(url), 'title': 'A film', 'url': '${media}', 'duration': 60}

add = yt_dlp.YoutubeDL.add_default_info_extractors
def add_ours(self):
    add(self)
    self.add_info_extractor(YoutubeIE())
yt_dlp.YoutubeDL.add_default_info_extractors = add_ours
yt_dlp.main()
`;

let lab: Lab;
let tool = '';
beforeAll(async () => {
  lab = await openLab();
  tool = join(lab.folder, 'own-youtube');
  await writeFile(tool, ownYoutube(lab.at('/tone.mp3')));
  await chmod(tool, 0o755);
});
beforeEach(() => void (lab.web.requests.length = 0));
afterAll(() => lab.close());

const ask = (source: MediaSource, sponsorblock: boolean) =>
  source.resolve(lab.at('/film/abc'), {
    sponsorblock,
    limits,
    signal: new AbortController().signal,
  });

it('asks SponsorBlock for its marks where they are wanted, and only there', async () => {
  const mark = { category: 'sponsor', actionType: 'skip', videoDuration: 60, description: '' };
  lab.web.on('/api/skipSegments/ba78', (_url, response) => {
    const segments = [
      { ...mark, segment: [10, 20] },
      { ...mark, segment: [15, 25.5], category: 'selfpromo' },
    ];
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify([{ videoID: 'abc', segments }]));
  });
  const source = await lab.start({ configured: tool, sponsorblockApi: lab.web.url });
  expect(await ask(source, true)).toMatchObject({
    ok: true,
    service: 'youtube',
    service_id: 'abc',
    sponsored: [{ start_ms: 10_000, end_ms: 25_500 }],
  });
  const asked = new URL(lab.web.requests[0] ?? '', lab.web.url).searchParams.get('categories');
  // Python writes them down in any order.
  expect((JSON.parse(asked ?? '[]') as string[]).toSorted()).toEqual([
    'interaction',
    'selfpromo',
    'sponsor',
  ]);
  lab.web.requests.length = 0;
  expect(await ask(source, false)).toMatchObject({ ok: true, sponsored: [] });
  expect(lab.web.requests).toEqual([]);
});

it('goes on without marks where SponsorBlock fails', async () => {
  const source = await lab.start({
    configured: tool,
    sponsorblockApi: lab.at('/status?code=503&'),
  });
  expect(await ask(source, true)).toMatchObject({ ok: true, title: 'A film', sponsored: null });
});

it('asks SponsorBlock through the address guard as well', async () => {
  const { port, seen, close } = await openTrap('127.0.0.2');
  const source = await lab.start({ configured: tool, sponsorblockApi: `http://127.0.0.2:${port}` });
  expect(await ask(source, true)).toMatchObject({ ok: true, sponsored: null });
  close();
  expect(seen.connections).toBe(0);
});
