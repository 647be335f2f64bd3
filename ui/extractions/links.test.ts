import { expect, test } from 'vitest';
import { bookmarklet, linkIn, sharedLink, shortLink } from './links.ts';

const shared = (query: string): string | null =>
  sharedLink(new URL(`http://encore.home/extractions${query}`));

test.each([
  ['https://youtu.be/abc?t=5', 'https://youtu.be/abc?t=5'],
  ['  https://youtu.be/abc\n', 'https://youtu.be/abc'],
  ['Look at this: https://vimeo.com/1, it is good.', 'https://vimeo.com/1'],
  ['(https://vimeo.com/1)', 'https://vimeo.com/1'],
  ['https://en.wikipedia.org/wiki/Horn_(band)', 'https://en.wikipedia.org/wiki/Horn_(band)'],
  ['https://example.org/Yahoo!', 'https://example.org/Yahoo!'],
  [" https://example.org/it's_(a)_'wow'* ", "https://example.org/it's_(a)_'wow'*"],
  ['Did you see https://example.org/Yahoo?', 'https://example.org/Yahoo'],
  ['youtu.be/abc', 'https://youtu.be/abc'],
  ['www.youtube.com/watch?v=abc', 'https://www.youtube.com/watch?v=abc'],
])('the link in %j is found', (text, url) => expect(linkIn(text)).toBe(url));

test.each(['', 'air horn', 'ftp://example.org/a.mp3', 'javascript:alert(1)', 'file:///etc/passwd'])(
  'there is no link in %j',
  (text) => expect(linkIn(text)).toBeNull(),
);

test('what is shared comes as a link, or as a text with one in it', () => {
  expect(shared('?url=https%3A%2F%2Fyoutu.be%2Fabc')).toBe('https://youtu.be/abc');
  expect(shared('?title=Horn&text=Horn%20https%3A%2F%2Fyoutu.be%2Fabc')).toBe(
    'https://youtu.be/abc',
  );
  expect(shared('?title=Horn&text=Horn')).toBeNull();
  expect(shared('')).toBeNull();
});

test('a link is shown without what only programs need', () => {
  expect(shortLink('https://www.youtube.com/watch?v=abc')).toBe('youtube.com/watch?v=abc');
});

test('the bookmarklet brings the address of the page it is pressed on', () => {
  expect(bookmarklet('https://encore.home')).toBe(
    "javascript:void window.open('https://encore.home/extractions?url='+encodeURIComponent(location.href))",
  );
});
