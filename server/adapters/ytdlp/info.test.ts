import { expect, it } from 'vitest';
import { infoLimits, judge } from './info.ts';

const asked = new URL('https://example.com/watch?v=1&utm_source=x');
const limits = { mediaBytesMax: 1, durationMsMax: 600_000, timeoutMs: 1 };
const film = {
  id: 'abc',
  extractor_key: 'Youtube',
  webpage_url: 'https://www.youtube.com/watch?v=abc',
  url: 'https://media.example.com/abc?token=1',
  title: 'A film',
  uploader: 'Somebody',
  duration: 60.4,
};

it('takes what a site says of a film', () => {
  expect(judge(film, asked, limits)).toEqual({
    ok: true,
    service: 'youtube',
    service_id: 'abc',
    webpage_url: 'https://www.youtube.com/watch?v=abc',
    title: 'A film',
    uploader: 'Somebody',
    duration_ms: 60_400,
    chapters: [],
    sponsored: [],
    playlist: null,
  });
});

it('follows lists of lists to their first entry, and tells the outer one', () => {
  const list = {
    _type: 'playlist',
    title: 'A channel',
    playlist_count: 2,
    entries: [{ _type: 'playlist', title: 'Its films', entries: [null, film] }],
  };
  expect(judge(list, asked, limits)).toMatchObject({
    service_id: 'abc',
    playlist: { title: 'A channel', entries: 2 },
  });
});

it('says of an empty list, and of lists without an end, that nothing is in them', () => {
  let endless: object = film;
  for (let at = 0; at < 10; at++) endless = { _type: 'playlist', entries: [endless] };
  for (const answer of [{ _type: 'playlist', entries: [] }, endless, null, 'text', undefined]) {
    expect(judge(answer, asked, limits)).toMatchObject({ ok: false, code: 'unsupported_url' });
  }
});

it.each([{ is_live: true }, { live_status: 'is_live' }, { live_status: 'is_upcoming' }])(
  'refuses what is live: %o',
  (live) => expect(judge({ ...film, ...live }, asked, limits)).toMatchObject({ code: 'live' }),
);

it('refuses what is too long, and takes what does not say', () => {
  expect(judge({ ...film, duration: 601 }, asked, limits)).toMatchObject({
    code: 'too_long',
    message: 'This takes 11 minutes, and at most 10 are fetched.',
  });
  expect(judge({ ...film, duration: null }, asked, limits)).toMatchObject({ duration_ms: null });
});

it('sorts and joins what SponsorBlock marks, within the film', () => {
  const marks = [
    { start_time: 30, end_time: 40, title: 'Sponsor' },
    { start_time: -1, end_time: 5 },
    { start_time: 35, end_time: 45.5 },
    { start_time: 59, end_time: 99 },
    { start_time: 20, end_time: 10 },
    'nonsense',
  ];
  expect(judge({ ...film, sponsorblock_chapters: marks }, asked, limits)).toMatchObject({
    sponsored: [
      { start_ms: 0, end_ms: 5000 },
      { start_ms: 30_000, end_ms: 45_500 },
      { start_ms: 59_000, end_ms: 60_400 },
    ],
  });
});

it('takes chapters in their order, and not without end', () => {
  const chapters = Array.from({ length: 2000 }, (_, at) => ({
    start_time: at / 100,
    end_time: (at + 1) / 100,
    title: `\u0000${at}`,
  })).toReversed();
  const found = judge({ ...film, chapters }, asked, limits);
  expect(found.ok && found.chapters).toHaveLength(infoLimits.chaptersMax);
  expect(found.ok && found.chapters.at(-1)).toEqual({
    title: '1999',
    start_ms: 19_990,
    end_ms: 20_000,
  });
});

it('believes nothing that is no link to be the page', () => {
  for (const webpage_url of ['file:///etc/passwd', 'javascript:1', 7, null, '/relative']) {
    expect(judge({ ...film, webpage_url }, asked, limits)).toMatchObject({
      webpage_url: asked.href,
    });
  }
});

it('knows files without ids by their address, whatever page they are on', () => {
  const id = (more: object) => {
    const found = judge({ ...film, extractor_key: 'Generic', ...more }, asked, limits);
    return found.ok && found.service_id;
  };
  expect(id({})).toMatch(/^[0-9a-f]{64}$/);
  expect(id({ url: `${film.url}#t=5`, webpage_url: 'https://other.example/' })).toBe(id({}));
  expect(id({ extractor_key: 'HTML5MediaEmbed', id: '../../etc' })).toBe(id({}));
  expect(id({ url: 'https://media.example.com/other' })).not.toBe(id({}));
});

it('takes a title for one line of words, and the host where there is none', () => {
  const title = (text: unknown) => {
    const found = judge({ ...film, title: text }, asked, limits);
    return found.ok && found.title;
  };
  expect(title('  a\nb\u202e\u0000c \u{1f468}\u200d\u{1f469} ')).toBe(
    'a b c \u{1f468}\u200d\u{1f469}',
  );
  expect(title('\ud800')).toBe('www.youtube.com');
  expect(title(undefined)).toBe('www.youtube.com');
  expect(title('😀'.repeat(1000))).toBe('😀'.repeat(100));
});
