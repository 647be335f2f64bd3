import fc from 'fast-check';
import { describe, expect, inject, it } from 'vitest';
import { readM3u, writeM3u } from './m3u.ts';
import { anyText } from '../kernel/testing/any-text.ts';

const hash = 'a'.repeat(64);
const sound = {
  id: 's1',
  type: 'SDB' as const,
  name: 'Air\nhorn',
  duration: 1900,
  tags: [],
  missing: false,
};

describe('an M3U list', () => {
  it('is written with titles and lengths, one line each', () => {
    expect(writeM3u('Friday', [{ sound, file: 'memes/Air_horn.mp3', hash }])).toBe(
      [
        '#EXTM3U',
        '#PLAYLIST:Friday',
        `#ENCORE-SHA256:${hash}`,
        '#EXTINF:2,Air horn',
        'memes/Air_horn.mp3',
        '',
      ].join('\n'),
    );
  });

  it('is read back with everything that may name the sound', () => {
    expect(readM3u(writeM3u('Friday', [{ sound, file: 'memes/Air_horn.mp3', hash }]))).toEqual([
      { line: 'memes/Air_horn.mp3', hash, file: 'Air_horn.mp3', title: 'Air horn' },
    ]);
  });

  it('has no file whose name is taken for a comment', () => {
    const text = writeM3u('Friday', [{ sound, file: '#1 hit.mp3', hash }]);
    expect(text).toContain('\n./#1 hit.mp3\n');
    expect(readM3u(text).map(({ file }) => file)).toEqual(['#1 hit.mp3']);
  });

  it('may come from any program', () => {
    const text =
      '\uFEFF#EXTM3U\r\n\r\nC:\\Music\\Horn.mp3\r\n#EXTINF:-1\rfile:///srv/a%20b.flac\nhttp://127.0.0.1/x.mp3?q=1\n%zz.wav';
    expect(readM3u(text).map(({ file }) => file)).toEqual([
      'Horn.mp3',
      'a b.flac',
      'x.mp3',
      '%zz.wav',
    ]);
  });

  it('has a title only for the line that follows it', () => {
    expect(readM3u('#EXTINF:1,One\na.mp3\nb.mp3').map(({ title }) => title)).toEqual([
      'One',
      undefined,
    ]);
  });

  it('reports long lines cut short and takes a wrong hash for none', () => {
    const [mention] = readM3u(`#ENCORE-SHA256:xyz\n${'../'.repeat(1000)}etc/passwd`);
    expect(mention).toMatchObject({ hash: undefined, file: 'passwd' });
    expect(mention?.line).toHaveLength(200);
  });

  it('keeps every sound in its place, whatever names and folders it has', () => {
    const hex = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => bytes.toHex());
    const text = anyText(20);
    const entry = fc.record({ hash: hex, name: text, file: text.map((name) => `a/${name}x.mp3`) });
    fc.assert(
      fc.property(text, fc.array(entry, { maxLength: 6 }), (name, entries) => {
        const list = entries.map(({ hash, file, ...named }) => ({
          sound: { ...sound, ...named },
          hash,
          file,
        }));
        const read = readM3u(writeM3u(name, list));
        expect(read.map(({ hash }) => hash)).toEqual(entries.map(({ hash }) => hash));
      }),
      { numRuns: 100 * inject('effort') },
    );
  });

  it('may be any text at all', () => {
    const line = fc.oneof(
      anyText(20),
      fc.constantFrom('#EXTM3U', '#EXTINF:', '#EXTINF:-1,', '#ENCORE-SHA256:', '\uFEFF', 'a/b\\c'),
      fc.webUrl(),
    );
    fc.assert(
      fc.property(fc.array(line), fc.constantFrom('\n', '\r\n', '\r'), (lines, end) => {
        for (const { line, file } of readM3u(lines.join(end))) {
          expect(line).not.toBe('');
          expect(file).not.toMatch(/[/\\]/);
        }
      }),
      { numRuns: 300 * inject('effort') },
    );
  });
});
