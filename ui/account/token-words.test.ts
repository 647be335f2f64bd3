import { expect, test } from 'vitest';
import { expiryOf, expiryWord, prefixesOf, scopeList, scopesFor } from './token-words.ts';

const now = Date.parse('2026-11-20T12:00:00.000Z');

test('only scopes that the role can use are offered', () => {
  expect(scopesFor('guest')).toEqual(['read', 'play', 'mqtt']);
  expect(scopesFor('user')).toEqual(['read', 'play', 'player', 'library', 'extract', 'mqtt']);
  expect(scopesFor('admin').at(-1)).toBe('admin');
});

test('presets are moments, and never is none', () => {
  expect(expiryOf('30', now)).toBe('2026-12-20T12:00:00.000Z');
  expect(expiryOf('never', now)).toBeUndefined();
});

test('an expiry is told as what will be or was', () => {
  expect(expiryWord(null, now)).toBe('Does not expire');
  expect(expiryWord('2026-12-20T12:00:00.000Z', now)).toBe('Expires 20 Dec 2026');
  expect(expiryWord('2026-11-02T12:00:00.000Z', now)).toBe('Expired 2 Nov 2026');
});

test('prefixes come one a line or with commas, each once', () => {
  expect(prefixesOf('zigbee2mqtt/hall\n shellies/a, shellies/a\n\n')).toEqual([
    'zigbee2mqtt/hall',
    'shellies/a',
  ]);
});

test('scopes are listed in one order', () => {
  expect(scopeList(['mqtt', 'play', 'read'])).toBe('Read, Play, MQTT');
});
