import { expect, test } from 'vitest';
import { wayOf } from './way.ts';

const origin = 'http://encore.home';
const kept = new Set(['/', '/assets/app-1a2b3c4d.js']);
const way = (path: string, request: { method?: string; mode?: string } = {}): string =>
  wayOf({ method: 'GET', mode: 'cors', url: new URL(path, origin).href, ...request }, origin, kept);

test('pages are asked of the server first, whatever their address', () => {
  for (const path of ['/', '/timeline?at=3', '/extractions?url=https%3A%2F%2Fa.b', '/apiary']) {
    expect([path, way(path, { mode: 'navigate' })]).toEqual([path, 'page']);
  }
});

test('files of the build come from what is kept', () => {
  expect(way('/assets/app-1a2b3c4d.js')).toBe('file');
  expect(way('/sw.js')).toBe('pass');
});

test('so do those of an earlier build, for windows that are still open', () => {
  expect(way('/assets/app-5e6f7a8b.js')).toBe('file');
});

test('no answer of the API passes through its hands, nor anything that is sent', () => {
  for (const path of ['/api/v1/sounds/catalogue', '/api/docs', '/api', '/readyz', '/metrics']) {
    expect([path, way(path), way(path, { mode: 'navigate' })]).toEqual([path, 'pass', 'pass']);
  }
  expect(way('/', { method: 'POST', mode: 'navigate' })).toBe('pass');
});

test('other origins are none of its business', () => {
  expect(way('https://elsewhere.example/', { mode: 'navigate' })).toBe('pass');
});
